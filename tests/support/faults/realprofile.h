// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fakeports.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "xmpp/streamoptions.h"

#include <QTemporaryDir>

namespace Mingle {

/// One person's Mingle without a window on a temporary profile: real stores, a real session, real streams.
class RealProfile
{
public:
    explicit RealProfile(StreamOptions options = {});
    ~RealProfile() { stop(); }

    /// Opens the profile; the constructor has done so once.
    void start();
    /// As somebody closing the window does.
    void stop();
    QString databasePath() const { return m_folder.filePath(QStringLiteral("mingle.sqlite")); }

    QList<Chat> chats(const Jid &account) const { return history->chats(account).result().value(); }
    ConnectionStatus status(const Jid &account) const { return accounts->statuses().result().value(account); }
    bool isJoined(const ChatId &room) const
    {
        return accounts->chatStates().result().value(room).membership == Membership::Joined;
    }

    std::unique_ptr<Database> database;
    std::unique_ptr<HistoryReader> history;
    std::unique_ptr<Accounts> accounts;

private:
    QTemporaryDir m_folder;
    FakeSecrets m_secrets;
    SystemClock m_clock;
    StreamOptions m_options;
};

} // namespace Mingle
