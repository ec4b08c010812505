// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/blocklist.h"
#include "xmpp/contactlist.h"

namespace Mingle {

class FakeServer;

/// Notes what is asked, and does to FakeServer::roster what a server would.
class FakePeople : public ContactList
{
    Q_OBJECT
public:
    FakePeople(FakeServer &server, QObject *parent)
        : ContactList(parent)
        , m_server(server)
    {}
    QFuture<Outcome> putContact(const Jid &person, const QString &name) override;
    QFuture<Outcome> removeContact(const Jid &person) override;
    Outcome askToSee(const Jid &person) override { return say(QStringLiteral("subscribe "), person); }
    Outcome letSee(const Jid &person) override;
    Outcome stopShowing(const Jid &person) override;

private:
    Outcome say(const QString &what, const Jid &person);

    FakeServer &m_server;
};

class FakeBlocks : public BlockList
{
    Q_OBJECT
public:
    FakeBlocks(FakeServer &server, QObject *parent)
        : BlockList(parent)
        , m_server(server)
    {}
    QFuture<Result<BlockedPeople>> blockedPeople() override;
    QFuture<Outcome> block(const Jid &address, const std::optional<Report> &report) override;
    QFuture<Outcome> unblock(const Jid &address) override;

private:
    FakeServer &m_server;
};

} // namespace Mingle
