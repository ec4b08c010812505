// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/roomlistmodel.h"
#include "unit/models/listsfake.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;

namespace {

const Jid me = Jid::trusted(u"me@example.org");

ChatId idOf(const QString &name)
{
    return {me, Jid::trusted(QString(name + QStringLiteral("@example.org")))};
}

Chat chatOf(const QString &name, ChatKind kind, int minutesAgo)
{
    Chat chat;
    chat.id = idOf(name);
    chat.kind = kind;
    chat.name = name;
    if (minutesAgo >= 0)
        chat.lastTime = QDateTime::fromString(QStringLiteral("2026-03-02T10:00:00Z"), Qt::ISODate)
                            .addSecs(-60 * minutesAgo);
    return chat;
}

/// Titles from above to below; headings in brackets.
QStringList shown(const RoomListModel &model)
{
    static const QStringList headings{QStringLiteral("[needs]"), QStringLiteral("[requests]"),
                                      QStringLiteral("[favourites]"), QStringLiteral("[rooms]"),
                                      QStringLiteral("[people]")};
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex at = model.index(row);
        if (at.data(RoomListModel::HeadingRole).toBool()) {
            result.append(
                headings.at(int(at.data(RoomListModel::SectionRole).value<RoomListModel::Section>())));
        } else {
            result.append(at.data(RoomListModel::ChatRole).value<Chat>().name);
        }
    }
    return result;
}

QStringList list(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

class TestRoomListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void ordersBySectionAndTime();
    void movesWhatChanges();
    void keepsTheChosenOneInItsSection();
    void pinsAChatChosenBeforeLoading();
    void favouritesStayInTheirPlace();
    void whatIsQuietNeedsNobody();
    void takesDrops();
    void filters();
    void removes();
    void takesStates();
    void countsWhatNeedsThePerson();
    void findsNeighbours();
    void survivesManyRandomChanges();
    void saysWhenItCannotRead();

private:
    void commit(const QList<Change> &changes)
    {
        Q_EMIT m_feed->changed(changes);
        QTest::qWait(150); // changes are taken over together, at most every 100 ms
    }

    Test::ListsFake m_history;
    std::unique_ptr<ChangeFeed> m_feed;
    std::unique_ptr<RoomListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestRoomListModel::init()
{
    m_history.failure = {};
    m_history.storedChats = {chatOf(QStringLiteral("garden"), ChatKind::Mix, 30),
                             chatOf(QStringLiteral("books"), ChatKind::Muc, 10),
                             chatOf(QStringLiteral("grace"), ChatKind::Person, 20),
                             chatOf(QStringLiteral("ada"), ChatKind::Person, -1)};
    m_feed = std::make_unique<ChangeFeed>();
    m_model = std::make_unique<RoomListModel>(m_history, *m_feed);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy loaded(m_model.get(), &RoomListModel::loaded);
    m_model->load();
    QVERIFY(!loaded.isEmpty() || loaded.wait());
}

void TestRoomListModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_feed.reset();
}

void TestRoomListModel::ordersBySectionAndTime()
{
    QCOMPARE(shown(*m_model), list("[rooms] books garden [people] grace ada"));
    QVERIFY(!(m_model->index(0).flags() & Qt::ItemIsSelectable));
    QCOMPARE(m_model->index(0).data(RoomListModel::CountRole).toInt(), 2);
}

void TestRoomListModel::movesWhatChanges()
{
    Chat garden = chatOf(QStringLiteral("garden"), ChatKind::Mix, 1);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    commit({ChatChanged{garden}});
    QCOMPARE(shown(*m_model), list("[rooms] garden books [people] grace ada"));
    garden.unread = 3;
    garden.mentions = 1;
    commit({ChatChanged{garden}});
    QCOMPARE(shown(*m_model), list("[needs] garden [rooms] books [people] grace ada"));
    Chat grace = chatOf(QStringLiteral("grace"), ChatKind::Person, 0);
    grace.unread = 1;
    commit({ChatChanged{grace}});
    QCOMPARE(shown(*m_model), list("[needs] grace garden [rooms] books [people] ada"));
    QCOMPARE(reset.count(), 0); // a reset would lose the place of who scrolls
}

void TestRoomListModel::keepsTheChosenOneInItsSection()
{
    Chat garden = chatOf(QStringLiteral("garden"), ChatKind::Mix, 1);
    garden.unread = garden.mentions = 1;
    commit({ChatChanged{garden}});
    m_model->setCurrent(garden.id);
    garden.unread = garden.mentions = 0; // read
    commit({ChatChanged{garden}});
    QCOMPARE(shown(*m_model), list("[needs] garden [rooms] books [people] grace ada"));
    m_model->setCurrent(idOf(QStringLiteral("books")));
    QCOMPARE(shown(*m_model), list("[rooms] garden books [people] grace ada"));
}

void TestRoomListModel::pinsAChatChosenBeforeLoading()
{
    RoomListModel model(m_history, *m_feed);
    model.setCurrent(idOf(QStringLiteral("garden")));
    QSignalSpy loaded(&model, &RoomListModel::loaded);
    model.load();
    QVERIFY(!loaded.isEmpty() || loaded.wait());
    QCOMPARE(shown(model), list("[rooms] books garden [people] grace ada"));
}

void TestRoomListModel::favouritesStayInTheirPlace()
{
    const auto pinned = [](Chat chat, int rank) {
        chat.pinned = true;
        chat.rank = rank;
        return chat;
    };
    const Chat garden = pinned(chatOf(QStringLiteral("garden"), ChatKind::Mix, 30), 2);
    Chat grace = pinned(chatOf(QStringLiteral("grace"), ChatKind::Person, 20), 1);
    const Chat ada = pinned(chatOf(QStringLiteral("ada"), ChatKind::Person, -1), 0); // by another client
    m_model->setCurrent(garden.id); // also what is in front moves there, and away again
    commit({ChatChanged{garden}, ChatChanged{grace}, ChatChanged{ada}});
    QCOMPARE(shown(*m_model), list("[favourites] grace garden ada [rooms] books"));
    grace.unread = 5;
    commit({ChatChanged{grace}});
    QCOMPARE(shown(*m_model), list("[favourites] grace garden ada [rooms] books"));
    QCOMPARE(m_model->needsYou(), 1);
    m_model->setFilter(QStringLiteral("garden"));
    QCOMPARE(shown(*m_model), list("[favourites] garden"));
    QCOMPARE(m_model->favourites().size(), 3);
    m_model->setFilter({});
    commit({ChatChanged{chatOf(QStringLiteral("garden"), ChatKind::Mix, 30)}});
    QCOMPARE(shown(*m_model), list("[favourites] grace ada [rooms] books garden"));
}

void TestRoomListModel::whatIsQuietNeedsNobody()
{
    Chat grace = chatOf(QStringLiteral("grace"), ChatKind::Person, 0);
    grace.unread = grace.mentions = 2;
    grace.notify = NotifyWhen::Never;
    Chat books = chatOf(QStringLiteral("books"), ChatKind::Muc, 0);
    books.unread = 3;
    books.notify = NotifyWhen::Always;
    commit({ChatChanged{grace}, ChatChanged{books}});
    QCOMPARE(shown(*m_model), list("[needs] books [rooms] garden [people] grace ada"));
    QCOMPARE(m_model->needsYou(), 1);
    QCOMPARE(m_model->unread(), 3);
    books.notify = NotifyWhen::OnMention;
    books.properties = RoomProperty::MembersOnly;
    commit({ChatChanged{books}});
    QCOMPARE(m_model->needsYou(), 0);
    books.notify = NotifyWhen::Usual; // told of each message, but it is no place for a debt
    commit({ChatChanged{books}});
    QCOMPARE(m_model->needsYou(), 0);
    books.mentions = 1;
    commit({ChatChanged{books}});
    QCOMPARE(m_model->needsYou(), 1);
}

void TestRoomListModel::takesDrops()
{
    Chat garden = chatOf(QStringLiteral("garden"), ChatKind::Mix, 30);
    Chat grace = chatOf(QStringLiteral("grace"), ChatKind::Person, 20);
    garden.pinned = grace.pinned = true;
    garden.rank = 1;
    grace.rank = 2;
    commit({ChatChanged{garden}, ChatChanged{grace}});
    QCOMPARE(shown(*m_model), list("[favourites] garden grace [rooms] books [people] ada"));
    QSignalSpy dropped(m_model.get(), &RoomListModel::favouriteDropped);
    // At this row: rows are counted with headings. Hands back the place among the favourites, -1: refused.
    const auto drop = [&](const QString &name, int row) -> int {
        const std::unique_ptr<QMimeData> data(m_model->mimeData({m_model->indexOf(idOf(name))}));
        dropped.clear();
        const bool can = m_model->canDropMimeData(data.get(), Qt::MoveAction, row, 0, {});
        m_model->dropMimeData(data.get(), Qt::MoveAction, row, 0, {});
        if (can != !dropped.isEmpty()) return -2;
        return can && dropped.first().first().value<ChatId>() == idOf(name) ? dropped.first().last().toInt()
                                                                            : -1;
    };
    QCOMPARE(drop(QStringLiteral("grace"), 1), 0); // above garden
    QCOMPARE(drop(QStringLiteral("garden"), 3), 1); // below grace
    QCOMPARE(drop(QStringLiteral("garden"), 2), 0); // where it is
    QCOMPARE(drop(QStringLiteral("books"), 2), 1); // between the two
    QCOMPARE(drop(QStringLiteral("books"), 3), 2);
    for (const int row : {-1, 0, 5, 6, 99})
        QCOMPARE(drop(QStringLiteral("ada"), row), -1);
    QVERIFY(!m_model->mimeData({m_model->index(0)})); // a heading
    QVERIFY(!m_model->mimeData({}));
    QMimeData foreign;
    for (const QByteArray &bytes :
         {QByteArray(), QByteArray("x"), QByteArray("a@b\nc@d"), QByteArray(100'000, '\n')}) {
        foreign.setData(m_model->mimeTypes().first(), bytes);
        QVERIFY(!m_model->canDropMimeData(&foreign, Qt::MoveAction, 1, 0, {}));
    }
}

void TestRoomListModel::filters()
{
    m_model->setFilter(QStringLiteral("G"));
    QCOMPARE(shown(*m_model), list("[rooms] books garden [people] grace ada")); // "g" is in every address
    m_model->setFilter(QStringLiteral("gr"));
    QCOMPARE(shown(*m_model), list("[people] grace"));
    m_model->setFilter(QStringLiteral("org ARDEN"));
    QCOMPARE(shown(*m_model), list("[rooms] garden"));
    m_model->setFilter(QStringLiteral("nobody"));
    QCOMPARE(m_model->rowCount(), 0);
    m_model->setFilter({});
    QCOMPARE(shown(*m_model), list("[rooms] books garden [people] grace ada"));
}

void TestRoomListModel::removes()
{
    QSignalSpy removed(m_model.get(), &RoomListModel::chatRemoved);
    commit({ChatRemoved{idOf(QStringLiteral("books"))}, ChatRemoved{idOf(QStringLiteral("garden"))}});
    QCOMPARE(shown(*m_model), list("[people] grace ada"));
    QCOMPARE(removed.count(), 2);
    QVERIFY(!m_model->contains(idOf(QStringLiteral("books"))));
}

void TestRoomListModel::takesStates()
{
    const ChatId books = idOf(QStringLiteral("books"));
    QSignalSpy changed(m_model.get(), &RoomListModel::chatChanged);
    ChatState state;
    state.membership = Membership::Failed;
    state.failure = {Error::Kind::Refused, QStringLiteral("registration-required"), {}};
    m_model->setState(books, state);
    m_model->setState(books, state);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_model->indexOf(books).data(RoomListModel::StateRole).value<ChatState>(), state);
}

void TestRoomListModel::countsWhatNeedsThePerson()
{
    QSignalSpy totals(m_model.get(), &RoomListModel::totalsChanged);
    Chat books = chatOf(QStringLiteral("books"), ChatKind::Muc, 0);
    books.unread = 7;
    Chat grace = chatOf(QStringLiteral("grace"), ChatKind::Person, 0);
    grace.unread = 2;
    commit({ChatChanged{books}, ChatChanged{grace}});
    QCOMPARE(m_model->unread(), 9);
    QCOMPARE(m_model->needsYou(), 1);
    QCOMPARE(totals.count(), 1);
}

void TestRoomListModel::findsNeighbours()
{
    const auto named = [this](const QString &from, int step, bool unread = false) {
        return m_model->neighbour(from.isEmpty() ? ChatId{} : idOf(from), step, unread).address.local();
    };
    QCOMPARE(named({}, 1), QStringLiteral("books"));
    QCOMPARE(named(QStringLiteral("books"), 1), QStringLiteral("garden"));
    QCOMPARE(named(QStringLiteral("garden"), 1), QStringLiteral("grace"));
    QCOMPARE(named(QStringLiteral("ada"), 1), QString());
    QCOMPARE(named(QStringLiteral("books"), -1), QString());
    QCOMPARE(named(QStringLiteral("books"), 1, true), QString());
    Chat ada = chatOf(QStringLiteral("ada"), ChatKind::Person, -1);
    ada.unread = 1;
    m_model->setCurrent(ada.id);
    commit({ChatChanged{ada}});
    QCOMPARE(named(QStringLiteral("books"), 1, true), QStringLiteral("ada"));
    QCOMPARE(named(QStringLiteral("books"), -1, true), QStringLiteral("ada"));
    QCOMPARE(named(QStringLiteral("ada"), 1, true), QString());
}

void TestRoomListModel::survivesManyRandomChanges()
{
    // The model tester looks at every step; the order at the end must be that of a model that starts afresh.
    std::srand(7);
    QHash<ChatId, Chat> all;
    for (const Chat &chat : std::as_const(m_history.storedChats))
        all.insert(chat.id, chat);
    for (int round = 0; round < 12; ++round) {
        QList<Change> changes;
        for (int i = 0; i < 30; ++i) {
            Chat chat = chatOf(QStringLiteral("c%1").arg(std::rand() % 40),
                               std::rand() % 2 ? ChatKind::Muc : ChatKind::Person, std::rand() % 1000 - 1);
            chat.unread = std::rand() % 3;
            chat.mentions = chat.unread ? std::rand() % 2 : 0;
            chat.pinned = std::rand() % 4 == 0;
            chat.rank = chat.pinned ? std::rand() % 5 : 0;
            if (std::rand() % 5 == 0) {
                changes.append(ChatRemoved{chat.id});
                all.remove(chat.id);
            } else {
                changes.append(ChatChanged{chat});
                all.insert(chat.id, chat);
            }
        }
        commit(changes);
        if (round % 4 == 3) m_model->setFilter(round % 8 == 3 ? QStringLiteral("1") : QString());
    }
    m_model->setFilter({});
    m_history.storedChats = all.values();
    RoomListModel fresh(m_history, *m_feed);
    QSignalSpy loaded(&fresh, &RoomListModel::loaded);
    fresh.load();
    QVERIFY(!loaded.isEmpty() || loaded.wait());
    QCOMPARE(shown(*m_model), shown(fresh));
}

void TestRoomListModel::saysWhenItCannotRead()
{
    m_history.failure = {Error::Kind::Storage, {}, QStringLiteral("disk I/O error")};
    RoomListModel model(m_history, *m_feed);
    QSignalSpy failed(&model, &RoomListModel::loadFailed);
    model.load();
    QVERIFY(!failed.isEmpty() || failed.wait()); // at once, where the answer is there
}

QTEST_GUILESS_MAIN(TestRoomListModel)
#include "tst_roomlistmodel.moc"
