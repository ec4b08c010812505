// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fakeconnection.h"
#include "fakes/fakeports.h"
#include "session/pipeline.h"
#include "storage/accountstore.h"
#include "storage/database.h"
#include "storage/transaction.h"

#include <QTemporaryDir>
#include <QTest>

namespace Mingle {

/// What one part of a session works with, in the thread of the test, logged in.
struct SessionParts {
    SessionParts()
    {
        account.address = Jid::trusted(u"alice@chat.test");
        if (!database.open().result()) qFatal("no database");
        const auto put = [this](Transaction &tx) { return AccountStore(tx).put(account); };
        if (!database.write(put).result()) qFatal("no account");
        connection.open(account, {"secret", {}, {}});
    }
    bool waitUntilLive()
    {
        return QTest::qWaitFor([this] { return connection.state() == Connection::State::Live; });
    }

    Account account;
    QTemporaryDir folder;
    Database database{folder.filePath(QStringLiteral("parts.sqlite"))};
    ManualClock clock;
    FakeServer server;
    FakeConnection connection{server};
    const SessionContext context{Jid::trusted(u"alice@chat.test"), database, clock, connection};
    const ChatId room{context.account, Jid::trusted(u"design@conference.chat.test")};
};

} // namespace Mingle
