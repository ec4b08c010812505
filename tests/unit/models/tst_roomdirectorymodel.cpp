// SPDX-License-Identifier: GPL-3.0-or-later
#include "directoryfake.h"
#include "models/roomdirectorymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;
using State = RoomDirectoryModel::State;
using Told = RoomDirectoryModel::Told;

namespace {
const Jid server = Jid::trusted(u"chat.test");

RoomCard card(const QString &local, const QString &name = {}, int people = -1)
{
    RoomCard room;
    room.address = *Jid::parse(local, u"muc.chat.test");
    room.name = name;
    room.people = people;
    return room;
}

RoomsPage page(const QList<RoomCard> &rooms, const QString &next = {}, int expected = -1)
{
    return {rooms, expected, next, false, {}};
}
} // namespace

class TestRoomDirectoryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_unique<DirectoryFake>();
        m_model = std::make_unique<RoomDirectoryModel>(m_fake->commands());
        m_model->setAccount(Jid::trusted(u"me@chat.test"));
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_fake.reset();
    }

    void fillsPageByPage()
    {
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        QCOMPARE(m_model->state(), State::Looking);
        m_fake->answerPage(page({card(u"b"_s, u"Bees"_s, 2), card(u"c"_s, u"cats"_s, 9)}, u"x"_s, 5));
        QCOMPARE(m_model->state(), State::More);
        QCOMPARE(m_fake->pages.last().query.next, u"x"_s);
        QCOMPARE(names(), (QStringList{u"cats"_s, u"Bees"_s}));
        QCOMPARE(m_model->expected(), 5);
        m_fake->answerPage(page({card(u"b"_s, u"Again"_s), card(u"a"_s, u"Ants"_s, 9), card(u"n"_s)}));
        QCOMPARE(m_model->state(), State::Done);
        QCOMPARE(names(), (QStringList{u"Ants"_s, u"cats"_s, u"Bees"_s, u"n"_s})); // people, then names
    }

    void staysStillUnderAHand()
    {
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        m_fake->answerPage(page({card(u"b"_s, u"Bees"_s)}, u"x"_s));
        const QPersistentModelIndex bees(m_model->index(0));
        m_model->setHeld(true);
        m_fake->answerPage(page({card(u"a"_s, u"Ants"_s)}, u"y"_s));
        QCOMPARE(names(), (QStringList{u"Bees"_s, u"Ants"_s}));
        m_model->setHeld(false);
        m_fake->answerPage(page({card(u"0"_s, u"0"_s)}));
        QCOMPARE(names(), (QStringList{u"0"_s, u"Ants"_s, u"Bees"_s}));
        QCOMPARE(bees.row(), 2); // the chosen row is the same room
    }

    void detailsMoveNothing()
    {
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        m_fake->answerPage(page({card(u"a"_s, u"Ants"_s), card(u"b"_s, u"Bees"_s)}));
        m_model->setOnScreen(0, 1);
        QCOMPARE(m_fake->details.size(), 2);
        QSignalSpy moved(m_model.get(), &QAbstractItemModel::layoutChanged);
        QSignalSpy changed(m_model.get(), &RoomDirectoryModel::roomChanged);
        RoomCard bees = card(u"b"_s, {}, 500);
        bees.description = u"All about honey"_s;
        DirectoryFake::answer<RoomCard>(m_fake->details[1].promise, bees);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(names(), (QStringList{u"Ants"_s, u"Bees"_s})); // also the name of the list stays
        QCOMPARE(m_model->cardAt(1).people, 500);
        QVERIFY(moved.isEmpty());
        QCOMPARE(m_model->toldAt(1), Told::All);
        DirectoryFake::answer<RoomCard>(m_fake->details[0].promise, Error{Error::Kind::Refused, {}, {}});
        QCOMPARE(m_model->toldAt(0), Told::Refused);
        QCOMPARE(m_model->refusalAt(0).kind, Error::Kind::Refused);
        m_model->setFilter(u"HONÉY all"_s); // in the description, whatever the accent
        QCOMPARE(names(), QStringList{u"Bees"_s});
        m_model->setFilter({});
        QCOMPARE(names(), (QStringList{u"Bees"_s, u"Ants"_s})); // the person did something: now it may move
        m_model->setOnScreen(0, 1);
        QCOMPARE(m_fake->details.size(), 2); // nobody is asked twice
    }

    void asksForWhatIsOnTheScreenOnly()
    {
        QList<RoomCard> all;
        for (int i = 0; i < 1000; ++i)
            all.append(card(u"r%1"_s.arg(10'000 + i)));
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        m_fake->answerPage(page(all));
        QVERIFY(m_fake->details.isEmpty());
        m_model->setOnScreen(0, 9);
        QCOMPARE(m_fake->details.size(), 10);
        m_model->setOnScreen(5, 14);
        QVERIFY(m_fake->details[0].asker.expired()); // has scrolled away
        QCOMPARE(m_fake->details.size(), 20); // with those that are still there, for another asker
        QVERIFY(!m_fake->details.last().asker.expired());
        for (int i = 0; i < 10; ++i)
            DirectoryFake::answer<RoomCard>(m_fake->details[i].promise,
                                            Error{Error::Kind::Cancelled, {}, {}});
        QCOMPARE(m_model->toldAt(0), Told::Nothing);
        QCOMPARE(m_model->toldAt(7), Told::Asked);
        m_model->setOnScreen(-100, 100'000'000);
        QVERIFY(m_fake->details.size() < 150);
        m_model->clear();
        for (const auto &asked : std::as_const(m_fake->details))
            QVERIFY(asked.asker.expired());
    }

    void dropsWhatIsNotWantedAnyMore()
    {
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        const auto old = m_fake->pages.last().promise;
        m_model->look({RoomQuery::Kind::List, Jid::trusted(u"other.test"), {}, {}});
        DirectoryFake::answer<RoomsPage>(old, page({card(u"old"_s)}, u"more"_s));
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_fake->pages.size(), 2);
        m_fake->answerPage(page({card(u"new"_s)}, u"more"_s));
        m_model->stop();
        QCOMPARE(m_model->state(), State::Done);
        m_fake->answerPage(page({card(u"late"_s)}, u"more"_s));
        QCOMPARE(names(), QStringList{u"new"_s});
        QCOMPARE(m_fake->pages.size(), 3);
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        m_model->stop();
        QCOMPARE(m_model->state(), State::Idle); // nothing is known, least of all that there is nothing
    }

    void saysWhatFailed()
    {
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        m_fake->answerPage(Error{Error::Kind::Timeout, {}, {}});
        QCOMPARE(m_model->state(), State::Failed);
        QCOMPARE(m_model->error().kind, Error::Kind::Timeout);
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        QCOMPARE(m_model->error(), Error());
        RoomsPage part = page({card(u"a"_s)});
        part.missing = {Error::Kind::Refused, {}, {}};
        part.capped = true;
        m_fake->answerPage(part);
        QCOMPARE(m_model->state(), State::Done);
        QCOMPARE(m_model->missing().kind, Error::Kind::Refused);
        QVERIFY(m_model->isCapped());
    }

    void aSearchGoesOnWhenSomebodyLooks()
    {
        m_model->look({RoomQuery::Kind::Search, server, u"tea"_s, {}});
        m_fake->answerPage(page({card(u"z"_s, u"Z"_s, 1), card(u"a"_s, u"A"_s, 5)}, u"x"_s));
        QCOMPARE(m_model->state(), State::Done);
        QCOMPARE(names(), (QStringList{u"A"_s, u"Z"_s}));
        m_model->setOnScreen(0, 1);
        QVERIFY(m_fake->details.isEmpty()); // nobody chose these servers
        m_model->askRow(1);
        QCOMPARE(m_fake->details.size(), 1);
        QVERIFY(m_model->canFetchMore({}));
        m_model->fetchMore({});
        QCOMPARE(m_fake->pages.last().query.next, u"x"_s);
        QVERIFY(!m_model->canFetchMore({}));
        m_fake->answerPage(page({card(u"z"_s, u"Z"_s, 1)}, u"y"_s)); // nothing new: it would not end
        QVERIFY(!m_model->canFetchMore({}));
        QCOMPARE(m_model->rowCount(), 2);
    }

    void showsTheRoomAtAnAddress()
    {
        m_model->setFilter(u"nothing like it"_s);
        m_model->lookAt(Jid::trusted(u"tea@muc.chat.test/nick"));
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->toldAt(0), Told::Asked);
        QVERIFY(m_fake->details.last().anew);
        DirectoryFake::answer<RoomCard>(m_fake->details.last().promise, card(u"tea"_s, u"Tea"_s, 3));
        QCOMPARE(m_model->cardAt(0).name, u"Tea"_s);
        m_model->lookAt(Jid::trusted(u"no@muc.chat.test"));
        DirectoryFake::answer<RoomCard>(m_fake->details.last().promise, Error{Error::Kind::NotFound, {}, {}});
        QCOMPARE(m_model->refusalAt(0).kind, Error::Kind::NotFound);
    }

    void knowsWhereIAm()
    {
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        m_fake->answerPage(page({card(u"a"_s)}));
        QVERIFY(!m_model->index(0).data(RoomDirectoryModel::JoinedRole).toBool());
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setJoined({card(u"a"_s).address});
        QCOMPARE(changed.size(), 1);
        QVERIFY(m_model->index(0).data(RoomDirectoryModel::JoinedRole).toBool());
    }

    void takesNoMoreThanFiftyThousand()
    {
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        QList<RoomCard> all;
        for (int i = 0; i < 60'000; ++i)
            all.append(card(u"r%1"_s.arg(i)));
        m_fake->answerPage(page(all, u"more"_s));
        QCOMPARE(m_model->rowCount(), 50'000);
        QVERIFY(m_model->isCapped());
        QCOMPARE(m_model->state(), State::Done);
    }

    void filtersTenThousand()
    {
        QList<RoomCard> all;
        for (int i = 0; i < 10'000; ++i)
            all.append(card(u"r%1"_s.arg(i), u"Room number %1 of many"_s.arg(i), i % 50));
        m_model->look({RoomQuery::Kind::List, server, {}, {}});
        m_fake->answerPage(page(all));
        m_tester.reset();
        QBENCHMARK
        {
            m_model->setFilter(u"number 77"_s);
            m_model->setFilter(u"number"_s);
        }
        QCOMPARE(m_model->rowCount(), 10'000);
    }

private:
    QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all.append(m_model->index(row).data().toString());
        return all;
    }

    std::unique_ptr<DirectoryFake> m_fake;
    std::unique_ptr<RoomDirectoryModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestRoomDirectoryModel)
#include "tst_roomdirectorymodel.moc"
