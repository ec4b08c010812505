// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakepeople.h"

#include "fakes/fakeconnection.h"

namespace Mingle {

namespace {
void put(FakeServer &server, const Contact &contact)
{
    server.roster.removeIf([&](const Contact &known) { return known.address == contact.address; });
    server.roster.append(contact);
    Q_EMIT server.connection->contactChanged(contact);
}

Contact find(const FakeServer &server, const Jid &person)
{
    for (const Contact &contact : server.roster)
        if (contact.address == person) return contact;
    Contact contact;
    contact.address = person;
    return contact;
}
} // namespace

Outcome FakePeople::say(const QString &what, const Jid &person)
{
    if (m_server.connection->state() != Connection::State::Live) return Error::Kind::ConnectionLost;
    m_server.said.append(what + person.toString());
    return {};
}

QFuture<Outcome> FakePeople::putContact(const Jid &person, const QString &name)
{
    auto said = say(QStringLiteral("put ") + name + u' ', person);
    if (!said) return answered(said);
    Contact contact = find(m_server, person);
    contact.name = name;
    put(m_server, contact);
    return answered(Outcome());
}

QFuture<Outcome> FakePeople::removeContact(const Jid &person)
{
    auto said = say(QStringLiteral("remove "), person);
    if (!said) return answered(said);
    m_server.roster.removeIf([&](const Contact &known) { return known.address == person; });
    Q_EMIT m_server.connection->contactRemoved(person);
    return answered(Outcome());
}

Outcome FakePeople::letSee(const Jid &person)
{
    auto said = say(QStringLiteral("subscribed "), person);
    if (!said) return said;
    Contact contact = find(m_server, person);
    contact.seesMe = true;
    put(m_server, contact);
    return {};
}

Outcome FakePeople::stopShowing(const Jid &person)
{
    auto said = say(QStringLiteral("unsubscribed "), person);
    if (!said) return said;
    Contact contact = find(m_server, person);
    if (std::exchange(contact.seesMe, false)) put(m_server, contact);
    return {};
}

QFuture<Result<BlockedPeople>> FakeBlocks::blockedPeople()
{
    m_server.said.append(QStringLiteral("blocklist"));
    if (m_server.refuseBlocking) return answered(Result<BlockedPeople>(m_server.refuseBlocking));
    return answered(Result(m_server.blocked));
}

QFuture<Outcome> FakeBlocks::block(const Jid &address, const std::optional<Report> &report)
{
    if (m_server.refuseBlocking) return answered(Outcome(m_server.refuseBlocking));
    QString words = QStringLiteral("block ") + address.toString();
    if (report) {
        const bool spam = report->words.reason == AbuseReport::Reason::Spam;
        words += (spam ? u" spam " : u" abuse ") + report->archiveIds.join(u',');
    }
    m_server.said.append(words);
    m_server.blocked.addresses.append(address);
    Q_EMIT blocked({address});
    return answered(Outcome());
}

QFuture<Outcome> FakeBlocks::unblock(const Jid &address)
{
    if (m_server.refuseBlocking) return answered(Outcome(m_server.refuseBlocking));
    m_server.said.append(QStringLiteral("unblock ") + address.toString());
    m_server.blocked.addresses.removeAll(address);
    Q_EMIT unblocked({address});
    return answered(Outcome());
}

} // namespace Mingle
