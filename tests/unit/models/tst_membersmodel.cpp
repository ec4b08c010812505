// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/membersmodel.h"
#include "unit/models/listsfake.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;

namespace {

const ChatId room{Jid::trusted(u"me@example.org"), Jid::trusted(u"garden@rooms.example.org")};

Participant personOf(const QString &nick, Standing standing = Standing::Member, bool present = true)
{
    Participant person;
    person.key = QStringLiteral("key-") + nick;
    person.nick = nick;
    person.standing = standing;
    person.present = present;
    return person;
}

QStringList shown(const MembersModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex at = model.index(row);
        if (at.data(MembersModel::HeadingRole).toBool()) {
            result.append(QStringLiteral("[%1:%2]")
                              .arg(int(at.data(MembersModel::StandingRole).value<Standing>()))
                              .arg(at.data(MembersModel::CountRole).toInt()));
        } else {
            result.append(at.data(MembersModel::ParticipantRole).value<Participant>().nick);
        }
    }
    return result;
}

QStringList list(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

class TestMembersModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void groupsByStanding();
    void followsChangesInSteps();
    void ignoresOtherRooms();
    void filters();
    void forgetsTheRoomLeft();
    void bearsTenThousand();
    void saysWhenItCannotRead();

private:
    void openRoom()
    {
        QSignalSpy loaded(m_model.get(), &MembersModel::loaded);
        m_model->setChat(room);
        QVERIFY(!loaded.isEmpty() || loaded.wait());
    }
    void change()
    {
        QSignalSpy loaded(m_model.get(), &MembersModel::loaded);
        Q_EMIT m_feed->changed({ParticipantsChanged{room}});
        QVERIFY(!loaded.isEmpty() || loaded.wait());
    }

    Test::ListsFake m_history;
    std::unique_ptr<ChangeFeed> m_feed;
    std::unique_ptr<MembersModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestMembersModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_feed = std::make_unique<ChangeFeed>();
    m_history.failure = {};
    m_history.people = {personOf(QStringLiteral("zoe")), personOf(QStringLiteral("Ada"), Standing::Owner),
                        personOf(QStringLiteral("bea"), Standing::Member, false),
                        personOf(QStringLiteral("Ann")), personOf(QStringLiteral("guest"), Standing::Guest)};
    m_model = std::make_unique<MembersModel>(m_history, *m_feed);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestMembersModel::groupsByStanding()
{
    openRoom();
    QCOMPARE(shown(*m_model), list("[0:1] Ada [2:3] Ann zoe bea [3:1] guest"));
    QCOMPARE(m_model->total(), 5);
    QCOMPARE(m_model->present(), 4);
    QVERIFY(!(m_model->index(0).flags() & Qt::ItemIsSelectable));
}

void TestMembersModel::followsChangesInSteps()
{
    openRoom();
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_history.people[2].present = true; // bea is back
    m_history.people[0].nick = QStringLiteral("aa-zoe"); // same person, other name
    m_history.people.append(personOf(QStringLiteral("muted"), Standing::Muted));
    m_history.people.removeIf(
        [](const Participant &person) { return person.nick == QLatin1String("guest"); });
    change();
    QCOMPARE(shown(*m_model), list("[0:1] Ada [2:3] aa-zoe Ann bea [4:1] muted"));
    QCOMPARE(reset.count(), 0);
}

void TestMembersModel::ignoresOtherRooms()
{
    openRoom();
    const int reads = m_history.peopleReads;
    Q_EMIT m_feed->changed({ParticipantsChanged{{room.account, Jid::trusted(u"other@rooms.example.org")}}});
    QTest::qWait(50);
    QCOMPARE(m_history.peopleReads, reads);
}

void TestMembersModel::filters()
{
    m_history.people[0].address = Jid::trusted(u"someone@far.example");
    openRoom();
    m_model->setFilter(QStringLiteral("AN"));
    QCOMPARE(shown(*m_model), list("[2:1] Ann"));
    m_model->setFilter(QStringLiteral("far."));
    QCOMPARE(shown(*m_model), list("[2:1] zoe"));
    m_model->setFilter(QStringLiteral("nobody"));
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->total(), 5);
}

void TestMembersModel::forgetsTheRoomLeft()
{
    m_model->setChat(room);
    m_model->setChat({}); // before the answer came
    QTest::qWait(50);
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(!m_model->isLoaded());
}

void TestMembersModel::bearsTenThousand()
{
    m_tester.reset(); // it would look at every row at every step
    m_history.people.clear();
    for (int i = 0; i < 10000; ++i)
        m_history.people.append(
            personOf(QStringLiteral("nick%1").arg(i, 5, 10, QLatin1Char('0')), Standing(i % 5), i % 3 != 0));
    openRoom();
    QCOMPARE(m_model->rowCount(), 10005);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_history.people.removeLast();
    m_history.people[5].present = !m_history.people[5].present;
    change();
    QCOMPARE(m_model->rowCount(), 10004);
    QCOMPARE(reset.count(), 0); // small changes are applied as such
    for (Participant &person : m_history.people)
        person.standing = Standing::Muted;
    change();
    QCOMPARE(reset.count(), 1);
    QCOMPARE(m_model->rowCount(), 10000);
}

void TestMembersModel::saysWhenItCannotRead()
{
    m_history.failure = {Error::Kind::Storage, {}, {}};
    QSignalSpy failed(m_model.get(), &MembersModel::loadFailed);
    m_model->setChat(room);
    QVERIFY(!failed.isEmpty() || failed.wait()); // at once, where the answer is there
}

QTEST_GUILESS_MAIN(TestMembersModel)
#include "tst_membersmodel.moc"
