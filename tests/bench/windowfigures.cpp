// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "program.h"

#include "platform/profilefolder.h"
#include "storage/archivestore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"

#include <QCoreApplication>
#include <QProcess>

namespace Mingle::Bench {

namespace {
constexpr int rooms = 20;
constexpr int inOneRoom = 81'000; // and 1,000 in each of the others
constexpr int inOthers = 1'000;

Outcome talk(Transaction &tx, const ChatId &chat)
{
    ArchiveStore archive(tx, {chat.account, chat.address});
    MessageStore messages(tx);
    const QDateTime start = QDateTime::fromString(QStringLiteral("2026-01-05T08:00:00Z"), Qt::ISODate);
    for (int i = 0; i < inOthers; ++i) {
        const auto order = archive.nextOrder();
        if (!order) return order.error();
        Message message;
        message.chat = chat;
        message.order = *order;
        const QString nick = QStringLiteral("member %1").arg((i / 3) % 52);
        message.author = {QStringLiteral("id-%1").arg((i / 3) % 52), nick, {}, true, false};
        message.body = QStringLiteral("said here for the %1th time, with a link: https://example.org/%1 ")
                           .arg(i)
                           .repeated(1 + i % 4);
        message.time = start.addSecs(i * 40);
        message.archiveId = QStringLiteral("%1-%2").arg(chat.address.local()).arg(i);
        message.originId = message.stanzaId = QStringLiteral("o-%1").arg(message.archiveId);
        if (auto added = messages.add(message); !added) return added.error();
    }
    return {};
}

void fillOthers(const QString &profile)
{
    const auto folder = ProfileFolder::open(profile);
    Database database(folder->database());
    (void)database.open().result();
    for (int i = 1; i < rooms; ++i) {
        const ChatId chat{Jid::trusted(Profile::account),
                          Jid::trusted(QString(QStringLiteral("room%1@conference.chat.test").arg(i)))};
        const auto written = database.write([chat](Transaction &tx) { return talk(tx, chat); }).result();
        if (!written) qFatal("cannot fill the profile: %s", qPrintable(written.error().text));
    }
}

// The window is driven in a process of its own: this one has no window system.
void measureWindow()
{
    const Display display;
    if (display.name().isEmpty()) return giveUp(QStringLiteral("switch"), QStringLiteral("no Xvfb"));
    Profile profile;
    profile.fill(inOneRoom, rooms);
    fillOthers(profile.path());
    QProcess driver;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), display.name());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    driver.setProcessEnvironment(environment);
    driver.setProcessChannelMode(QProcess::ForwardedChannels);
    driver.start(QCoreApplication::applicationFilePath(),
                 {QStringLiteral("--window-driver"), profile.path(), QString::number(rooms)});
    if (!driver.waitForFinished(300'000) || driver.exitCode() != 0)
        giveUp(QStringLiteral("switch"), QStringLiteral("the window did not answer"));
}
} // namespace

QList<Group> windowFigures()
{
    return {{{QStringLiteral("switch.room_ms"), QStringLiteral("scroll.longest_frame_ms"),
              QStringLiteral("burst.longest_frame_ms"), QStringLiteral("join.people_shown_ms"),
              QStringLiteral("members.longest_frame_ms"), QStringLiteral("storm.longest_frame_ms"),
              QStringLiteral("a11y.unnamed_nodes")},
             measureWindow}};
}

} // namespace Mingle::Bench
