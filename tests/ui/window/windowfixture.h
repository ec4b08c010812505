// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fakeconnection.h"
#include "fakes/fakeports.h"
#include "models/roomlistmodel.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "shell/appearance.h"
#include "shell/calmstyle.h"
#include "shell/chatpane.h"
#include "shell/panes.h"
#include "shell/program.h"
#include "shell/window.h"
#include "shell/windowactions.h"
#include "views/roomlistview.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace Mingle::Test {

/// For a person to look at: where MINGLE_SHOTS names a folder.
inline void shot(QWidget *widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("MINGLE_SHOTS");
    if (!folder.isEmpty()) widget->grab().save(folder + u'/' + name + u".png");
}

/// The real program with its window, on a temporary profile and a server in memory.
struct WindowFixture {
    WindowFixture()
    {
        server.password = "secret";
        // For a person to look at, with MINGLE_SHOTS: "dark".
        if (const QString look = qEnvironmentVariable("MINGLE_LOOK"); !look.isEmpty()) {
            QApplication::setStyle(new CalmStyle);
            Appearance().choose(Appearance::choiceOf(look));
        }
        addRoom(garden, QStringLiteral("Garden plans"), ChatKind::Mix);
        addRoom(books, QStringLiteral("Books"), ChatKind::Muc);
    }
    ~WindowFixture() { program.reset(); }

    void addRoom(const Jid &address, const QString &name, ChatKind kind)
    {
        RoomCard info;
        info.address = address;
        info.kind = kind;
        info.name = name;
        info.properties = RoomProperty::Archived;
        server.rooms.insert(address, info);
        for (const auto *nick : {u"Ada", u"Grace", u"Linus"}) {
            Participant person;
            person.nick = QString(nick);
            person.key = QStringLiteral("key-") + person.nick;
            person.standing = person.nick == QLatin1String("Ada") ? Standing::Owner : Standing::Member;
            person.present = true;
            server.members[address].append(person);
        }
    }

    /// Starts the program and waits for its window.
    void start(const QByteArray &password = {}, const QStringList &links = {})
    {
        program.reset();
        program =
            std::make_unique<Program>(ProgramParts{dir.filePath(QStringLiteral("mingle.sqlite")), secrets,
                                                   clock, settings, notifier, server.factory()});
        QSignalSpy shown(program.get(), &Program::shown);
        program->start(password, links);
        QVERIFY(!shown.isEmpty() || shown.wait());
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    /// Starts with an account that is logged in.
    void startSignedIn()
    {
        start();
        QTRY_VERIFY(named<QLineEdit>(QStringLiteral("Address"))); // the accounts were read: there is none
        Account account;
        account.address = me;
        const auto added = program->accounts().add(account, "secret");
        QTRY_VERIFY(added.isFinished());
        QTRY_VERIFY(window().roomList()->isVisible());
        // For a person to look at, with MINGLE_SHOTS: in pixels.
        if (const int width = qEnvironmentVariableIntValue("MINGLE_WIDTH"); width > 0)
            window().resize(width, 700);
    }

    void join(const Jid &room)
    {
        const auto joined = program->accounts().joinRoom(me, room);
        QTRY_VERIFY(joined.isFinished());
        QVERIFY(joined.result().ok());
        QTRY_VERIFY(program->rooms().contains(id(room)));
    }

    void say(const Jid &room, const QString &nick, const QString &body, bool mention = false)
    {
        IncomingMessage message;
        message.chat = room;
        message.kind = server.rooms.value(room).kind;
        message.author.key = QStringLiteral("key-") + nick;
        message.author.nick = nick;
        message.from = room.withResource(nick);
        message.time = QDateTime::currentDateTimeUtc();
        message.body = mention ? QStringLiteral("romeo: ") + body : body;
        server.deliver(message);
    }

    ChatId id(const Jid &address) const { return {me, address}; }
    Window &window() { return program->window(); }
    /// The visible widget with this accessible name.
    template<typename Kind = QWidget>
    Kind *named(const QString &name, QWidget *below = nullptr)
    {
        for (Kind *widget : (below ? below : &window())->template findChildren<Kind *>()) {
            if (widget->isVisible() && widget->accessibleName() == name) return widget;
        }
        return nullptr;
    }
    QDialog *dialog() { return qobject_cast<QDialog *>(QApplication::activeModalWidget()); }

    const Jid me = Jid::trusted(u"romeo@example.org");
    const Jid garden = Jid::trusted(u"garden@mix.example.org");
    const Jid books = Jid::trusted(u"books@rooms.example.org");
    QTemporaryDir dir;
    FakeServer server;
    FakeSecrets secrets;
    SystemClock clock;
    FakeSettings settings;
    FakeNotifier notifier;
    std::unique_ptr<Program> program;
};

} // namespace Mingle::Test
