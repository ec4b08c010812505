// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

using namespace Mingle;

// How changes of one transaction become one each.
class TestTransaction : public QObject
{
    Q_OBJECT
private:
    static Message message(qint64 row, const QString &body)
    {
        Message message;
        message.row = row;
        message.body = body;
        return message;
    }
    static Chat chat(const ChatId &id, int unread)
    {
        Chat chat;
        chat.id = id;
        chat.unread = unread;
        return chat;
    }
    static QList<Change> merged(const QList<Change> &changes)
    {
        Profile profile;
        got(profile.open());
        QList<Change> merged;
        profile.write([&](Transaction &tx) -> Outcome {
            for (const Change &change : changes)
                tx.note(change);
            merged = tx.takeChanges();
            return {};
        });
        return merged;
    }
    const ChatId one{Jid::trusted(u"me@a.test"), Jid::trusted(u"one@a.test")};
    const ChatId two{Jid::trusted(u"me@a.test"), Jid::trusted(u"two@a.test")};

private Q_SLOTS:
    void keepsTheLastOfAMessage()
    {
        const auto changes = merged({MessageChanged{message(1, u"a"_s)}, MessageChanged{message(2, u"x"_s)},
                                     MessageChanged{message(1, u"b"_s)}});
        QCOMPARE(changes.size(), 2);
        QCOMPARE(std::get<MessageChanged>(changes.at(0)).message.row, 2);
        QCOMPARE(std::get<MessageChanged>(changes.at(1)).message.body, u"b"_s);
    }

    void addedThenChangedIsAdded()
    {
        const auto changes = merged({MessageAdded{message(1, u"a"_s)}, MessageChanged{message(1, u"b"_s)},
                                     MessageChanged{message(1, u"c"_s)}});
        QCOMPARE(changes.size(), 1);
        QCOMPARE(std::get<MessageAdded>(changes.at(0)).message.body, u"c"_s);
    }

    void addedThenRemovedIsNothing()
    {
        QVERIFY(merged({MessageAdded{message(1, u"a"_s)}, MessageChanged{message(1, u"b"_s)},
                        MessageRemoved{one, 1}})
                    .isEmpty());
    }

    void changedThenRemovedIsRemoved()
    {
        const auto changes = merged({MessageChanged{message(1, u"b"_s)}, MessageRemoved{one, 1}});
        QCOMPARE(changes.size(), 1);
        QCOMPARE(std::get<MessageRemoved>(changes.at(0)).row, 1);
    }

    void keepsTheLastOfAChat()
    {
        const auto changes = merged({ChatChanged{chat(one, 1)}, ChatRemoved{two}, ChatChanged{chat(one, 2)},
                                     ChatChanged{chat(two, 3)}, ChatRemoved{one}});
        QCOMPARE(changes.size(), 2);
        QCOMPARE(std::get<ChatChanged>(changes.at(0)).chat.unread, 3);
        QCOMPARE(std::get<ChatRemoved>(changes.at(1)).chat, one);
    }

    void keepsOneOfEachKind()
    {
        const auto changes =
            merged({ParticipantsChanged{one}, HistoryChanged{one}, ParticipantsChanged{one},
                    ParticipantsChanged{two}, HistoryChanged{one}, ChatChanged{chat(one, 0)}});
        QCOMPARE(changes.size(), 4);
    }
};

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
