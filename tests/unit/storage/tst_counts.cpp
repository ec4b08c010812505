// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

#include <QRandomGenerator>

#include <array>
#include <map>

using namespace Mingle;

// The room list against the simplest model there is, after random work.
class TestCounts : public QObject
{
    Q_OBJECT
private:
    struct Model {
        std::map<qint64, Message> messages; ///< by row
        QHash<ChatId, qint64> readOrder;

        QList<Message> inOrder(const ChatId &chat) const
        {
            QList<Message> list;
            for (const auto &[row, message] : messages) {
                if (message.chat == chat) list.append(message);
            }
            std::sort(list.begin(), list.end(), [](const Message &a, const Message &b) {
                return std::pair(a.order, a.row) < std::pair(b.order, b.row);
            });
            return list;
        }
        bool isRead(const Message &message) const
        {
            return readOrder.contains(message.chat) && message.order <= readOrder.value(message.chat);
        }
        void compare(const Chat &chat) const
        {
            int unread = 0;
            int mentions = 0;
            qint64 readUpTo = 0;
            const Message *last = nullptr;
            const QList<Message> list = inOrder(chat.id);
            for (const Message &message : list) {
                if (isRead(message)) readUpTo = message.row;
                if (!message.retracted) last = &message;
                if (message.delivery != Delivery::Received || isRead(message)) continue;
                ++unread;
                if (message.mentionsMe) ++mentions;
            }
            QCOMPARE(chat.unread, unread);
            QCOMPARE(chat.mentions, mentions);
            QCOMPARE(chat.readUpTo, readUpTo);
            QCOMPARE(chat.lastText, last ? last->body : QString());
            QCOMPARE(chat.lastTime, last ? last->time : QDateTime());
            QCOMPARE(chat.lastAuthor, last && !last->author.isMe ? last->author.nick : QString());
        }
    };

    QRandomGenerator random{4711};
    int below(int bound) { return random.bounded(bound); }

    // Most places are near the end, often twice the same.
    Message anyMessage(const Profile &profile, const Model &model)
    {
        static const std::array chats{&Profile::room, &Profile::grace, &Profile::ada};
        const int order = int(model.messages.size()) + below(60);
        const ChatId &chat = profile.*chats.at(size_t(below(3)));
        Message message =
            below(4) == 0 ? profile.mine(chat, order, Delivery(1 + below(4))) : profile.message(chat, order);
        message.body = u"body "_s + QString::number(below(1000000));
        message.author.nick = u"nick"_s + QString::number(below(5));
        message.mentionsMe = below(3) == 0;
        message.retracted = below(8) == 0;
        return message;
    }

    // One random operation on both.
    Outcome step(Profile &profile, Model &model, Transaction &tx)
    {
        MessageStore messages(tx);
        const int kind = below(10);
        if (kind < 5 || model.messages.empty()) {
            const auto added = messages.add(anyMessage(profile, model));
            if (!added) return added.error();
            model.messages[added->row] = *added;
            return {};
        }
        const auto chosen = std::next(model.messages.begin(), below(int(model.messages.size())));
        const Message before = chosen->second;
        if (kind < 7) {
            Message changed = anyMessage(profile, model);
            changed.row = before.row;
            changed.chat = before.chat;
            chosen->second = changed;
            return messages.update(changed);
        }
        if (kind == 7) {
            model.messages.erase(chosen);
            return messages.remove(before.row);
        }
        qint64 order = before.order;
        if (kind == 8 && below(2) == 0) order = model.inOrder(before.chat).last().order;
        const bool newest = kind == 8 && order != before.order;
        if (!model.readOrder.contains(before.chat) || model.readOrder.value(before.chat) < order)
            model.readOrder[before.chat] = order;
        return ChatStore(tx).markRead(before.chat, newest ? 0 : before.row);
    }

private Q_SLOTS:
    void agreeWithANaiveModel()
    {
        Profile profile;
        profile.fill();
        QHash<ChatId, Chat> list; // as a view would keep it
        QObject::connect(
            &profile.db->changes(), &ChangeFeed::changed, &profile.db->changes(),
            [&](const QList<Change> &changes) {
                for (const Change &change : changes) {
                    if (const auto *chat = std::get_if<ChatChanged>(&change))
                        list.insert(chat->chat.id, chat->chat);
                }
            },
            Qt::DirectConnection);
        Model model;
        for (int round = 0; round < 150; ++round) {
            const bool fails = below(6) == 0;
            Model attempt = model;
            const auto done = profile.tryWrite([&](Transaction &tx) -> Outcome {
                for (int i = below(30); i >= 0; --i) {
                    if (auto one = step(profile, attempt, tx); !one) return one;
                    if (below(5) != 0) continue;
                    const auto seen = ChatStore(tx).find(profile.room); // in the middle of it
                    if (!seen) return seen.error();
                    attempt.compare(**seen);
                }
                return fails ? Outcome(Error{Error::Kind::Cancelled, {}, {}}) : Outcome();
            });
            QCOMPARE(done.ok(), !fails);
            if (!fails) model = attempt;
            for (const Chat &chat : got(wait(profile.reader().chats(profile.me)))) {
                model.compare(chat);
                if (list.contains(chat.id)) QCOMPARE(list.value(chat.id), chat);
            }
            if (QTest::currentTestFailed()) {
                qWarning("in round %d", round);
                return;
            }
        }
        QVERIFY(model.messages.size() > 200);
    }
};

QTEST_GUILESS_MAIN(TestCounts)
#include "tst_counts.moc"
