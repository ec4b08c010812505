// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/roommenu.h"
#include "ui/window/windowfixture.h"
#include "views/picturedialog.h"
#include "views/timelineview.h"
#include "widgets/avatarpictures.h"

#include <QAction>
#include <QBuffer>
#include <QListView>
#include <QPainter>
#include <QPushButton>

#include <QtEndian>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

/// Pictures of people and rooms where they are shown, and setting them.
class TestAvatars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areShownEverywhere();
    void nonsenseIsNotDecoded();
    void mineIsSet();
    void aRoomsIsSet();

private:
    // A face that is recognised: two colours, no letter.
    static QByteArray picture(const QColor &from, const QColor &to, QSize size = {200, 120},
                              const char *format = "PNG")
    {
        QImage image(size, QImage::Format_RGB32);
        QPainter painter(&image);
        QLinearGradient gradient(0, 0, 0, size.height());
        gradient.setColorAt(0, from);
        gradient.setColorAt(1, to);
        painter.fillRect(image.rect(), gradient);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(255, 224, 189));
        const QPointF middle = QRectF(image.rect()).center();
        painter.drawEllipse(middle, size.height() * 0.3, size.height() * 0.36);
        painter.end();
        QByteArray data;
        QBuffer buffer(&data);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format);
        return data;
    }
    static bool has(QWidget *widget, const QColor &colour)
    {
        const QImage shown = widget->grab().toImage();
        for (int y = 0; y < shown.height(); ++y)
            for (int x = 0; x < shown.width(); ++x)
                if (shown.pixelColor(x, y) == colour) return true;
        return false;
    }
    static const inline QColor skin{255, 224, 189};
    static const inline Jid grace = Jid::trusted(u"grace@example.org");
};

void TestAvatars::areShownEverywhere()
{
    WindowFixture f;
    const QString graces = f.server.avatars.put(grace, picture(Qt::darkBlue, Qt::cyan));
    const QString adas =
        f.server.avatars.put(f.books.withResource(u"Ada"_s), picture(Qt::darkGreen, Qt::green));
    const QString rooms = f.server.avatars.put(f.books, picture(Qt::darkRed, Qt::yellow, {120, 120}, "JPEG"));
    for (Participant &person : f.server.members[f.books])
        if (person.nick == u"Ada") person.avatar = adas;
    f.startSignedIn();
    Contact contact;
    contact.address = grace;
    contact.name = u"Grace"_s;
    f.server.run([&] {
        f.server.roster.append(contact);
        Q_EMIT f.server.connection->contactChanged(contact);
    });
    f.join(f.books);
    QTRY_VERIFY(f.program->rooms().chat(f.id(grace)).ties.testFlag(Tie::Contact));
    QListView *list = f.window().roomList()->list();
    QVERIFY(!has(list, skin));
    f.server.run(
        [&] { Q_EMIT f.server.connection->avatars()->changed(grace.withResource(u"phone"_s), graces); });
    QTRY_VERIFY(has(list, skin));
    f.server.run([&] { Q_EMIT f.server.connection->avatars()->changed(f.books, rooms); });
    f.window().openChat(f.id(f.books), true);
    f.say(f.books, u"Ada"_s, u"Has anybody read the second volume yet?"_s);
    f.say(f.books, u"Linus"_s, u"Not yet. Is it any good?"_s);
    QTRY_VERIFY(has(f.window().chatPane()->timeline(), skin));
    f.window().windowActions()->members->trigger();
    QTRY_VERIFY(f.program->rooms().chat(f.id(f.books)).avatar == rooms);
    QTest::qWait(300);
    shot(&f.window(), u"avatars-room"_s);
    const auto asked = f.server.avatars.asked.size();
    f.window().openChat(f.id(grace), true);
    f.window().openChat(f.id(f.books), true);
    QTest::qWait(50);
    QVERIFY(f.server.avatars.asked.size()
            <= asked + 1); // all are here; only Grace's is asked after, if at all
}

void TestAvatars::nonsenseIsNotDecoded()
{
    QVERIFY(!avatarImage(picture(Qt::red, Qt::blue), 40, AvatarShape::Person).isNull());
    QCOMPARE(avatarImage(picture(Qt::red, Qt::blue), 40, AvatarShape::Room).size(), QSize(40, 40));
    QCOMPARE(avatarImage(picture(Qt::red, Qt::blue, {10, 3}), 40, AvatarShape::Room).size(), QSize(40, 40));
    QVERIFY(
        avatarImage("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", 40, AvatarShape::Room)
            .isNull());
    QVERIFY(avatarImage({}, 40, AvatarShape::Room).isNull());
    QVERIFY(avatarImage(QByteArray(100'000, '\xff'), 40, AvatarShape::Room).isNull());
    QByteArray bomb = picture(Qt::red, Qt::blue);
    QVERIFY(avatarImage(bomb.first(60), 40, AvatarShape::Room).isNull()); // cut off
    // Says to be 30,000 pixels wide and high: 3.6 GB.
    qToBigEndian<quint32>(30'000, bomb.data() + 16);
    qToBigEndian<quint32>(30'000, bomb.data() + 20);
    QVERIFY(avatarImage(bomb, 40, AvatarShape::Room).isNull());
}

void TestAvatars::mineIsSet()
{
    WindowFixture f;
    f.startSignedIn();
    f.window().windowActions()->ownPicture->trigger();
    auto *dialog = f.window().findChild<PictureDialog *>();
    QTRY_VERIFY(dialog && dialog->isVisible());
    QFile file(f.dir.filePath(u"text.png"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no picture") > 0);
    file.close();
    dialog->choose(file.fileName());
    const auto complains = [dialog] {
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(u"not a picture")) return true;
        return false;
    };
    QTRY_VERIFY(complains());
    QFile good(f.dir.filePath(u"good.jpg"_s));
    QVERIFY(good.open(QIODevice::WriteOnly) && good.write(picture(Qt::darkBlue, Qt::cyan, {2000, 1500})) > 0);
    good.close();
    dialog->choose(good.fileName());
    QTRY_VERIFY(has(dialog, skin));
    shot(dialog, u"avatars-own"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(!f.server.avatars.published.data.isEmpty());
    QCOMPARE(f.server.avatars.published.width, 256);
    QVERIFY(f.server.avatars.published.data.size() < 60 * 1024);
    QTRY_VERIFY(!f.window().findChild<PictureDialog *>());
    QTRY_VERIFY(has(f.window().roomList(), skin)); // beside my name
    shot(&f.window(), u"avatars-mine"_s);
}

void TestAvatars::aRoomsIsSet()
{
    WindowFixture f;
    f.startSignedIn();
    f.join(f.books);
    f.window().openChat(f.id(f.books), true);
    QAction *action = f.window().roomMenu()->action(RoomMenu::Wish::Picture);
    QVERIFY(!action->isVisible());
    f.server.grant(f.books, ChatKind::Muc, Capability::Members | Capability::Send | Capability::Picture);
    QTRY_VERIFY(action->isVisible());
    action->trigger();
    auto *dialog = f.window().findChild<PictureDialog *>();
    QTRY_VERIFY(dialog && dialog->isVisible());
    QFile good(f.dir.filePath(u"good.png"_s));
    QVERIFY(good.open(QIODevice::WriteOnly) && good.write(picture(Qt::darkRed, Qt::yellow)) > 0);
    good.close();
    dialog->choose(good.fileName());
    QTRY_VERIFY(has(dialog, skin));
    shot(dialog, u"avatars-roompicture"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(!f.window().findChild<PictureDialog *>());
}

QTEST_MAIN(TestAvatars)
#include "tst_avatars.moc"
