// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

using namespace Mingle;

class TestAccountStore : public QObject
{
    Q_OBJECT
private:
    static Account full()
    {
        Account account;
        account.address = Jid::trusted(u"ada@mingle.test");
        account.host = u"xmpp.mingle.test"_s;
        account.port = 5223;
        account.tls = Account::Tls::Direct;
        account.caFile = u"/etc/ca.pem"_s;
        account.resource = u"mingle-1"_s;
        account.enabled = false;
        account.allowPlain = true;
        return account;
    }

private Q_SLOTS:
    void keepsEveryField()
    {
        Profile profile;
        got(profile.open());
        Account plain;
        plain.address = Jid::trusted(u"b@mingle.test");
        profile.write([&](Transaction &tx) -> Outcome {
            if (auto done = AccountStore(tx).put(full()); !done) return done;
            return AccountStore(tx).put(plain);
        });
        const auto all = [](Transaction &tx) { return AccountStore(tx).all(); };
        QCOMPARE(profile.write(all), QList<Account>({full(), plain}));
        profile.close();
        got(profile.open());
        QCOMPARE(profile.write(all), QList<Account>({full(), plain}));

        Account changed = full();
        changed.host.clear();
        changed.enabled = true;
        profile.write([&](Transaction &tx) { return AccountStore(tx).put(changed); });
        QCOMPARE(profile.write(all), QList<Account>({changed, plain}));
    }

    void keepsWhatTheServerOffers()
    {
        Profile profile;
        got(profile.open());
        const auto known = [](Transaction &tx) { return AccountStore(tx).features(full().address); };
        const auto set = [](Transaction &tx) {
            return AccountStore(tx).setFeatures(full().address, "<features/>");
        };
        profile.write(set); // before the account is stored: as if nothing had been said
        QVERIFY(profile.write(known).isEmpty());
        profile.write([](Transaction &tx) { return AccountStore(tx).put(full()); });
        QVERIFY(profile.write(known).isEmpty());
        profile.write(set);
        profile.write([](Transaction &tx) { return AccountStore(tx).put(full()); });
        QCOMPARE(profile.write(known), QByteArray("<features/>"));
    }

    void keepsTheRoster()
    {
        Profile profile;
        got(profile.open());
        const auto known = [](Transaction &tx) { return AccountStore(tx).roster(full().address); };
        profile.write([](Transaction &tx) { return AccountStore(tx).put(full()); });
        QVERIFY(profile.write(known).isEmpty());
        profile.write([](Transaction &tx) { return AccountStore(tx).setRoster(full().address, "packed"); });
        profile.write([](Transaction &tx) { return AccountStore(tx).put(full()); });
        QCOMPARE(profile.write(known), QByteArray("packed"));
    }

    void changingAnAccountKeepsItsChats()
    {
        Profile profile;
        profile.fill();
        Account account;
        account.address = profile.me;
        account.port = 1;
        profile.write([&](Transaction &tx) { return AccountStore(tx).put(account); });
        QCOMPARE(got(wait(profile.reader().chats(profile.me))).size(), 3);
    }

    void refuses()
    {
        Profile profile;
        got(profile.open());
        QCOMPARE(profile.tryWrite([](Transaction &tx) { return AccountStore(tx).put({}); }).error().kind,
                 Error::Kind::InvalidAddress);
        QCOMPARE(profile.tryWrite([](Transaction &tx) { return AccountStore(tx).remove(full().address); })
                     .error()
                     .kind,
                 Error::Kind::NotFound);
        const auto made = profile.tryWrite(
            [&](Transaction &tx) { return ChatStore(tx).ensure(profile.room, ChatKind::Muc); });
        QCOMPARE(made.error().condition, u"no-account"_s);
    }

    void removesEverything()
    {
        Profile profile;
        profile.fill();
        Account other;
        other.address = Jid::trusted(u"other@mingle.test");
        const ChatId kept{other.address, profile.room.address};
        QList<Change> heard;
        profile.write([&](Transaction &tx) -> Outcome {
            if (auto done = AccountStore(tx).put(other); !done) return done;
            if (auto made = ChatStore(tx).ensure(kept, ChatKind::Mix); !made) return made.error();
            if (auto added = MessageStore(tx).add(profile.message(kept, 1)); !added) return added.error();
            Message failed = profile.mine(profile.room, 1, Delivery::Failed);
            failed.failure = {Error::Kind::Refused, u"forbidden"_s, {}};
            if (auto added = MessageStore(tx).add(failed); !added) return added.error();
            if (auto done = ChatStore(tx).setDraft(profile.room, u"draft"_s); !done) return done;
            if (auto done = ChatStore(tx).putParticipant(profile.room, {u"k"_s, u"n"_s, {}}); !done)
                return done;
            const auto put =
                ArchiveStore(tx, {profile.me, profile.room.address}).put({0, u"a"_s, u"b"_s, 1, 2, true});
            return put.ok() ? Outcome() : Outcome(put.error());
        });
        QObject::connect(
            &profile.db->changes(), &ChangeFeed::changed, &profile.db->changes(),
            [&](const QList<Change> &changes) { heard += changes; }, Qt::DirectConnection);
        profile.write([&](Transaction &tx) -> Outcome {
            // Something still in the ledger of the same transaction.
            if (auto added = MessageStore(tx).add(profile.message(profile.room, 9)); !added)
                return added.error();
            return AccountStore(tx).remove(profile.me);
        });
        int removed = 0;
        for (const Change &change : std::as_const(heard)) {
            if (std::holds_alternative<ChatRemoved>(change)) ++removed;
            QVERIFY(!std::holds_alternative<ChatChanged>(change));
        }
        QCOMPARE(removed, 3);
        for (const auto &[table, rows] :
             {std::pair(u"accounts"_s, 1), std::pair(u"archives"_s, 1), std::pair(u"chats"_s, 1),
              std::pair(u"messages"_s, 1), std::pair(u"authors"_s, 1), std::pair(u"failures"_s, 0),
              std::pair(u"drafts"_s, 0), std::pair(u"participants"_s, 0), std::pair(u"intervals"_s, 0)})
            QCOMPARE(profile.number(u"SELECT count(*) FROM "_s + table), rows);
        QCOMPARE(profile.chat(kept).unread, 1);
    }
};

QTEST_GUILESS_MAIN(TestAccountStore)
#include "tst_accountstore.moc"
