// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/headless.h"

#include "core/futures.h"
#include "models/chatexport.h"
#include "platform/keychain.h"
#include "platform/profilefolder.h"
#include "platform/singleinstance.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "views/errortext.h"
#include "xmpp/connectionfactory.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>

#include <cstdio>

namespace Mingle {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::Headless)
};

/// Lets the event loop run until the answer is there.
template<typename T>
Result<T> waitFor(QFuture<Result<T>> future)
{
    QEventLoop loop;
    std::optional<Result<T>> answer;
    whenDone(future, &loop, [&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    });
    if (!answer) loop.exec(); // it may have been there at once, and quit() before exec() is lost
    return *std::move(answer);
}

ExitStatus statusOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::None:
    case Error::Kind::NoKeychain: // the account was added all the same
        return ExitStatus::Done;
    case Error::Kind::NoNetwork:
    case Error::Kind::UnknownServer:
    case Error::Kind::Timeout:
    case Error::Kind::ConnectionLost:
    case Error::Kind::ServerShutdown:
        return ExitStatus::Unreachable;
    case Error::Kind::CertificateInvalid:
    case Error::Kind::TlsUnavailable:
    case Error::Kind::WeakLogin:
    case Error::Kind::ServerNotGenuine:
    case Error::Kind::ProtocolViolation:
    case Error::Kind::Redirected:
        return ExitStatus::NotSafe;
    case Error::Kind::Storage:
        return ExitStatus::Profile;
    case Error::Kind::Internal:
        return error.condition == u"qxmpp-internals" ? ExitStatus::NotSafe : ExitStatus::Refused;
    default:
        return ExitStatus::Refused;
    }
}

ExitStatus complainOf(const Error &error)
{
    complain(errorText(error, Attempt::Connect).plain());
    return statusOf(error);
}

/// Every chat with this address: more than one account may be in the room.
ExitStatus exportChat(const LocalHistory &history, const ChatId &chat, QFile &out)
{
    Chat plain;
    plain.id = chat;
    ExportWriter writer(ExportFormat::JsonLines, plain);
    const Outcome outcome = writeExport(history, chat, writer, out);
    if (outcome.error().kind == Error::Kind::TooLarge)
        return ExitStatus::Profile; // standard output is closed
    return outcome ? ExitStatus::Done : complainOf(outcome.error());
}

} // namespace

void complain(const QString &sentence)
{
    std::fprintf(stderr, "mingle: %s\n", sentence.toLocal8Bit().constData());
}

QByteArray passwordFromStdin()
{
    QFile in;
    if (!in.open(stdin, QIODevice::ReadOnly)) return {};
    QByteArray line = in.readLine(4096);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line;
}

ExitStatus runAddAccount(const CommandLine &line, const ProfileFolder &profile)
{
    SingleInstance instance(profile.lock(), profile.socket());
    if (!instance.claim()) {
        complain(Words::tr("Mingle is running with this profile: add the account in its window."));
        return ExitStatus::Running;
    }
    const QByteArray password = passwordFromStdin();
    if (password.isEmpty()) {
        complain(Words::tr("There is no password on standard input."));
        return ExitStatus::Usage;
    }
    Database database(profile.database());
    if (const auto opened = waitFor(database.open()); !opened) return complainOf(opened.error());
    Keychain keychain(profile.keychainService());
    SystemClock clock;
    Accounts accounts({database, keychain, clock, qxmppConnections()});
    const Outcome outcome = waitFor(accounts.add(line.account, password));
    return outcome ? ExitStatus::Done : complainOf(outcome.error());
}

ExitStatus runExport(const CommandLine &line, const ProfileFolder &profile)
{
    if (!QFile::exists(profile.database())) {
        complain(Words::tr("There is nothing in this profile yet."));
        return ExitStatus::NoSuchRoom;
    }
    Database database(profile.database());
    if (const auto opened = waitFor(database.open()); !opened) return complainOf(opened.error());
    const HistoryReader history(database);
    const auto chats = waitFor(history.chats({}));
    if (!chats) return complainOf(chats.error());
    QFile out;
    if (!out.open(stdout, QIODevice::WriteOnly)) return ExitStatus::Profile;
    bool found = false;
    for (const Chat &chat : *chats) {
        if (chat.id.address != line.room) continue;
        found = true;
        if (const ExitStatus status = exportChat(history, chat.id, out); status != ExitStatus::Done)
            return status;
    }
    if (found) return ExitStatus::Done;
    complain(Words::tr("There is no room %1 in this profile.").arg(line.room.toString()));
    return ExitStatus::NoSuchRoom;
}

} // namespace Mingle
