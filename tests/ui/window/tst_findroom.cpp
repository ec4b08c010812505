// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and joining a room in the real window, by keyboard alone.
#include "ui/window/windowfixture.h"

#include "views/errorview.h"
#include "views/findroomdialog.h"
#include "views/roomcardview.h"
#include "windows/unnamednodes.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>

using namespace Mingle;
using Mingle::Test::unnamedIn;
using namespace Qt::StringLiterals;

namespace {

const Jid server = Jid::trusted(u"example.org");
const Jid searchService = Jid::trusted(u"search.example.net");

struct Fixture : Test::WindowFixture {
    Fixture()
    {
        QList<RoomCard> rooms;
        for (const auto &[local, name, people] :
             {std::tuple(u"tulips", u"Tulips", 12), std::tuple(u"roses", u"Roses", 3),
              std::tuple(u"bees", u"Bees and honey", 40)})
            rooms.append(add(*Jid::parse(local, u"rooms.example.org"), QString(name), people));
        QList<RoomCard> listed = rooms;
        for (RoomCard &room : listed) {
            room.description.clear(); // a list has no more than names
            room.told = {};
        }
        this->server.places.rooms.insert(::server, listed);
        this->server.places.services.insert(::server,
                                            {{Jid::trusted(u"rooms.example.org")}, {searchService}});
        this->server.places.rooms.insert(searchService, rooms);
    }

    RoomCard add(const Jid &address, const QString &name, int people)
    {
        RoomCard room = publicRoom(address, ChatKind::Muc, name);
        room.people = people;
        room.description = u"All about %1"_s.arg(name);
        server.rooms.insert(address, room);
        return room;
    }

    FindRoomDialog *open()
    {
        window().windowActions()->join->trigger();
        if (!QTest::qWaitFor([this] { return qobject_cast<FindRoomDialog *>(dialog()); })) return nullptr;
        return qobject_cast<FindRoomDialog *>(dialog());
    }
    QLineEdit *line() { return named<QLineEdit>(u"Words, an address or a link"_s, dialog()); }
    QAbstractItemView *list() { return dialog()->findChild<QListView *>(); }
    QAbstractButton *button() { return dialog()->findChild<QDialogButtonBox *>()->buttons().first(); }
    /// All that the card says.
    QString card()
    {
        QStringList texts;
        for (const QLabel *label : dialog()->findChild<RoomCardView *>()->findChildren<QLabel *>())
            if (label->isVisible()) texts.append(label->text());
        return texts.join(u'\n');
    }
    QString all()
    {
        QStringList texts;
        for (const QLabel *label : dialog()->findChildren<QLabel *>())
            if (label->isVisible()) texts.append(label->text());
        return texts.join(u'\n');
    }
    void press(Qt::Key key) { QTest::keyClick(dialog()->focusWidget(), key); }
    QString text(int row) { return list()->model()->index(row, 0).data().toString(); }
    void choosePlace(const QString &named)
    {
        for (QComboBox *box : dialog()->findChildren<QComboBox *>()) {
            if (box->accessibleName() != u"Where to look"_s) continue;
            const int at = box->findText(named, Qt::MatchContains);
            QVERIFY2(at >= 0, qPrintable(named));
            box->setCurrentIndex(at);
            Q_EMIT box->activated(at);
        }
    }
};

} // namespace

class TestFindRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }

    void joinsByKeyboardAlone()
    {
        Fixture f;
        f.startSignedIn();
        QVERIFY(f.open());
        QTRY_COMPARE(f.list()->model()->rowCount(), 3);
        QCOMPARE(f.text(0), u"Bees and honey"_s); // most people first
        QCOMPARE(f.dialog()->focusWidget(), f.line());
        QTest::keyClicks(f.line(), u"rose"_s);
        QTRY_COMPARE(f.list()->model()->rowCount(), 1);
        QVERIFY(!f.button()->isEnabled());
        f.press(Qt::Key_Down);
        QTRY_VERIFY2(f.card().contains(u"All about Roses"_s), qPrintable(f.card()));
        for (const char *words : {"Anybody may enter", "3 person(s) in it now",
                                  "Only those who look after it", "Earlier messages are kept"})
            QVERIFY2(f.card().contains(QLatin1StringView(words)), qPrintable(f.card()));
        QVERIFY(!f.card().contains(u"MUC"));
        QCOMPARE(unnamedIn(f.dialog()), QStringList());
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.window().chat(), f.id(Jid::trusted(u"roses@rooms.example.org")));
        QTRY_VERIFY(!f.dialog());
    }

    void anEnterShowsAndAnotherJoins()
    {
        Fixture f;
        f.startSignedIn();
        QVERIFY(f.open());
        f.line()->setText(u"xmpp:books@rooms.example.org?join"_s);
        f.press(Qt::Key_Return);
        QTRY_VERIFY2(f.card().contains(u"Books"_s), qPrintable(f.card()));
        QVERIFY(f.server.joins.isEmpty());
        QTRY_VERIFY(f.button()->isEnabled());
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.window().chat(), f.id(f.books));
    }

    void opensWhatIsJoined()
    {
        Fixture f;
        f.startSignedIn();
        f.join(f.books);
        QVERIFY(f.open());
        const qsizetype before = f.server.joins.size();
        f.line()->setText(f.books.toString());
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.button()->text(), u"Open"_s);
        QVERIFY(f.card().contains(u"You are in this room"_s));
        f.press(Qt::Key_Return);
        QTRY_COMPARE(f.window().chat(), f.id(f.books));
        QCOMPARE(f.server.joins.size(), before);
    }

    void asksForAPasswordOnlyWhereOneIsNeeded()
    {
        Fixture f;
        f.server.rooms[f.books].properties.setFlag(RoomProperty::PasswordNeeded);
        f.startSignedIn();
        QVERIFY(f.open());
        QVERIFY(!f.named<QLineEdit>(u"Password of the room"_s, f.dialog()));
        f.line()->setText(f.garden.toString());
        f.press(Qt::Key_Return);
        QTRY_VERIFY(f.card().contains(u"Garden plans"_s));
        QVERIFY(!f.named<QLineEdit>(u"Password of the room"_s, f.dialog()));
        f.line()->setText(f.books.toString());
        f.press(Qt::Key_Return);
        QTRY_VERIFY(f.named<QLineEdit>(u"Password of the room"_s, f.dialog()));
        QVERIFY(f.card().contains(u"It asks for a password"_s));
        // Refused for want of one: the field is there, and everything typed.
        f.line()->setText(f.garden.toString());
        f.press(Qt::Key_Return);
        QTRY_VERIFY(f.card().contains(u"Garden plans"_s));
        f.server.refuseJoin = {Error::Kind::Refused, u"not-authorized"_s, {}};
        f.press(Qt::Key_Return);
        QTRY_VERIFY(f.named<QLineEdit>(u"Password of the room"_s, f.dialog()));
        QTRY_COMPARE(f.dialog()->focusWidget(), f.named<QLineEdit>(u"Password of the room"_s, f.dialog()));
        QVERIFY(f.dialog()->findChild<ErrorView *>()->isVisible());
        QCOMPARE(f.line()->text(), f.garden.toString());
    }

    void saysWhatIsNotThere_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << Error() << u"There are no public rooms here"_s;
        QTest::newRow("no rooms") << Error{Error::Kind::NotFound, u"no-rooms"_s, {}} << u"has no rooms"_s;
        QTest::newRow("refused") << Error{Error::Kind::Refused, u"forbidden"_s, {}}
                                 << u"does not show its rooms"_s;
        QTest::newRow("silent") << Error{Error::Kind::Timeout, {}, {}} << u"does not answer"_s;
        QTest::newRow("offline") << Error{Error::Kind::ConnectionLost, {}, {}} << u"You are not connected"_s;
        QTest::newRow("nowhere") << Error{Error::Kind::NotFound, u"remote-server-not-found"_s, {}}
                                 << u"was not found"_s;
    }
    void saysWhatIsNotThere()
    {
        QFETCH(Error, error);
        QFETCH(QString, words);
        Fixture f;
        f.server.places.refuse.insert(server, error);
        f.server.places.rooms[server].clear();
        f.startSignedIn();
        QVERIFY(f.open());
        QTRY_VERIFY2(f.all().contains(words), qPrintable(f.all()));
        QVERIFY(!f.button()->isEnabled());
        QCOMPARE(unnamedIn(f.dialog()), QStringList());
        // The next step: an address works all the same.
        f.line()->setText(f.books.toString());
        f.press(Qt::Key_Return);
        QTRY_VERIFY(f.card().contains(u"Books"_s));
        f.line()->setText(u"nothing@rooms.example.org"_s);
        f.press(Qt::Key_Return);
        QTRY_VERIFY2(f.card().contains(u"There is no room at this address"_s), qPrintable(f.card()));
    }

    void showsThatItLooksAndStops()
    {
        Fixture f;
        f.server.places.hold = true;
        f.startSignedIn();
        QVERIFY(f.open());
        QTRY_VERIFY(f.all().contains(u"Looking for rooms"_s));
        QPushButton *stop = nullptr;
        for (auto *button : f.dialog()->findChildren<QPushButton *>())
            if (button->text() == u"Stop"_s) stop = button;
        QVERIFY(stop && stop->isVisible());
        stop->click();
        QTRY_VERIFY(!stop->isVisible());
        QVERIFY(f.all().contains(u"Stopped"_s));
        f.server.run([&f] { f.server.places.letGo(); });
        QTest::qWait(20);
        QCOMPARE(f.list()->model()->rowCount(), 0);
    }

    void asksNobodyWhoWasNotChosen()
    {
        Fixture f;
        f.startSignedIn();
        QVERIFY(f.open());
        QTRY_COMPARE(f.list()->model()->rowCount(), 3);
        for (const RoomQuery &query : std::as_const(f.server.places.asked))
            QCOMPARE(query.place, server);
        f.choosePlace(u"Search the network"_s);
        QTRY_COMPARE(f.server.places.asked.last().place, searchService);
        QTRY_COMPARE(f.list()->model()->rowCount(), 3);
        QTest::keyClicks(f.line(), u"tul"_s);
        f.press(Qt::Key_Return); // not at every letter
        QTRY_COMPARE(f.server.places.asked.last().words, u"tul"_s);
        QTRY_COMPARE(f.list()->model()->rowCount(), 1);
        f.server.places.refuse.insert(searchService, {Error::Kind::ServiceFull, u"rate-limit"_s, u"30"_s});
        f.line()->setText(u"bees"_s);
        f.press(Qt::Key_Return);
        QTRY_VERIFY2(f.all().contains(u"Try again in 30 second"_s), qPrintable(f.all()));
    }

    void remembersAServerThatAnswered()
    {
        Fixture f;
        const Jid other = Jid::trusted(u"other.example");
        f.server.places.rooms.insert(other,
                                     {f.add(Jid::trusted(u"far@muc.other.example"), u"Far away"_s, 2)});
        f.startSignedIn();
        for (const bool answers : {false, true}) {
            QVERIFY(f.open());
            f.choosePlace(u"Another server"_s);
            auto *address = f.named<QLineEdit>(u"Address of the server"_s, f.dialog());
            QVERIFY(address);
            QCOMPARE(f.dialog()->focusWidget(), address);
            QTest::keyClicks(address, answers ? u"other.example"_s : u"typo.example"_s);
            f.press(Qt::Key_Return);
            QTRY_COMPARE(f.server.places.asked.last().place,
                         Jid::trusted(answers ? u"other.example" : u"typo.example"));
            if (answers) QTRY_COMPARE(f.text(0), u"Far away"_s);
            QTRY_VERIFY(answers || f.all().contains(u"typo.example has no rooms"_s));
            f.dialog()->reject();
            QTRY_VERIFY(!f.dialog());
        }
        QCOMPARE(f.settings.value(u"find/places"_s).toStringList(), QStringList{u"list other.example"_s});
        QVERIFY(f.open());
        f.choosePlace(u"other.example"_s);
        QTRY_COMPARE(f.text(0), u"Far away"_s);
    }

    void hostileRoomsStayText()
    {
        Fixture f;
        const QString evil =
            u"<img src=\"file:///etc/passwd\"><b>x</b> & y"_s + QChar(0x202e) + QString(500, QChar(0x0301));
        RoomCard room = f.add(Jid::trusted(u"evil@rooms.example.org"), evil, 7);
        room.description = room.subject = evil;
        room.language = u"xx-evil"_s;
        f.server.rooms.insert(room.address, room);
        f.server.places.rooms.insert(server, {room});
        f.startSignedIn();
        QVERIFY(f.open());
        QTRY_COMPARE(f.list()->model()->rowCount(), 1);
        f.press(Qt::Key_Down);
        QTRY_VERIFY(f.card().contains(u"<b>x</b>"_s));
        f.dialog()->grab();
        for (const QLabel *label : f.dialog()->findChildren<QLabel *>()) {
            QVERIFY2(label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text()),
                     qPrintable(label->text()));
            QVERIFY(!label->text().contains(QChar(0x202e)));
        }
        const QString spoken = f.list()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY(!spoken.contains(QChar(0x202e)) && spoken.size() < 1000);
    }

    void fitsIntoNarrowWindowsAndBigText()
    {
        const QFont before = QApplication::font();
        QFont big = before;
        big.setPixelSize(QFontInfo(before).pixelSize() * 2);
        for (const QFont &font : {before, big}) {
            QApplication::setFont(font);
            Fixture f;
            f.startSignedIn();
            f.window().resize(480, 800);
            QVERIFY(f.open());
            QTRY_COMPARE(f.list()->model()->rowCount(), 3);
            f.press(Qt::Key_Down);
            QTRY_VERIFY(f.card().contains(u"All about"_s));
            QTest::qWait(50);
            QVERIFY2(f.dialog()->width() <= 500, qPrintable(QString::number(f.dialog()->width())));
            QVERIFY(f.list()->height() >= f.list()->sizeHintForRow(0));
        }
        QApplication::setFont(before);
    }
};

QTEST_MAIN(TestFindRoom)
#include "tst_findroom.moc"
