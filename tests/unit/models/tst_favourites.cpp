// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/favourites.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Mingle;

namespace {
Chat chatOf(int number, int rank = 0)
{
    Chat chat;
    chat.id.account = Jid::trusted(u"me@example.org");
    chat.id.address = Jid::trusted(QStringLiteral("c%1@example.org").arg(number, 4, 10, QLatin1Char('0')));
    chat.pinned = true;
    chat.rank = rank;
    return chat;
}

QList<Chat> sorted(QList<Chat> chats)
{
    std::ranges::sort(chats, Favourites::isAbove);
    return chats;
}

void give(QList<Chat> &chats, const Favourites::Ranks &ranks)
{
    for (const auto &[id, rank] : ranks) {
        const auto found = std::ranges::find(chats, id, &Chat::id);
        if (found != chats.end())
            found->rank = rank;
        else
            chats.append(chatOf(id.address.local().mid(1).toInt(), rank));
    }
    chats = sorted(chats);
}
} // namespace

class TestFavourites : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesOneNumberWhileThereIsRoom()
    {
        QList<Chat> chats;
        for (int i = 0; i < 5; ++i) {
            const auto ranks = Favourites::placed(chats, chatOf(i).id, i);
            QCOMPARE(ranks.size(), 1);
            give(chats, ranks);
            QCOMPARE(chats.last().id, chatOf(i).id);
        }
        const auto ranks = Favourites::placed(chats, chatOf(4).id, 1);
        QCOMPARE(ranks.size(), 1);
        give(chats, ranks);
        QCOMPARE(chats.at(1).id, chatOf(4).id);
    }

    void whatOthersPinnedHasNoNumber()
    {
        QList<Chat> chats{chatOf(0), chatOf(1), chatOf(2)};
        give(chats, Favourites::placed(chats, chatOf(2).id, 1));
        QCOMPARE(chats.at(0).id, chatOf(0).id);
        QCOMPARE(chats.at(1).id, chatOf(2).id);
        QCOMPARE(chats.at(2).id, chatOf(1).id);
        chats = {chatOf(0), chatOf(1)};
        give(chats, Favourites::placed(chats, chatOf(2).id, 0)); // above all: they need none for that
        QCOMPARE(chats.first().id, chatOf(2).id);
    }

    void noRoomLeft_data()
    {
        QTest::addColumn<QList<int>>("ranks");
        QTest::newRow("next to each other") << QList<int>{1, 2, 3, 4};
        QTest::newRow("the same") << QList<int>{5, 5, 5, 5};
        QTest::newRow("at the end") << QList<int>{maxRank - 2, maxRank - 1, maxRank, maxRank};
        QTest::newRow("some without") << QList<int>{1, 0, 0, 0};
    }
    void noRoomLeft()
    {
        QFETCH(QList<int>, ranks);
        for (int to = 0; to <= 4; ++to) {
            QList<Chat> chats;
            for (int i = 0; i < 4; ++i)
                chats.append(chatOf(i, ranks.at(i)));
            chats = sorted(chats);
            give(chats, Favourites::placed(chats, chatOf(9).id, to));
            QCOMPARE(chats.at(to).id, chatOf(9).id);
            for (const Chat &chat : std::as_const(chats))
                QVERIFY(chat.rank >= 0 && chat.rank <= maxRank);
        }
    }

    void anyMoveEndsWhereItWasPut()
    {
        QRandomGenerator random(3);
        QList<Chat> chats;
        for (int i = 0; i < 300; ++i)
            chats.append(chatOf(i, int(random.bounded(4u)) ? int(random.bounded(40u)) : 0));
        chats = sorted(chats);
        for (int step = 0; step < 2000; ++step) {
            QList<ChatId> wanted;
            for (const Chat &chat : std::as_const(chats))
                wanted.append(chat.id);
            const ChatId moved = wanted.at(random.bounded(int(wanted.size())));
            const int to = random.bounded(int(wanted.size()));
            wanted.removeOne(moved);
            wanted.insert(to, moved);
            give(chats, Favourites::placed(chats, moved, to));
            for (qsizetype i = 0; i < wanted.size(); ++i)
                QCOMPARE(chats.at(i).id, wanted.at(i));
        }
    }
};

QTEST_GUILESS_MAIN(TestFavourites)
#include "tst_favourites.moc"
