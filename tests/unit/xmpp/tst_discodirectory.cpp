// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/discodirectory.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;
using Kind = RoomQuery::Kind;
using Freshness = RoomDirectory::Freshness;

namespace {
QString info(const QString &inside)
{
    return u"<query xmlns='http://jabber.org/protocol/disco#info'>%1</query>"_s.arg(inside);
}
QString items(const QString &inside)
{
    return u"<query xmlns='http://jabber.org/protocol/disco#items'>%1</query>"_s.arg(inside);
}
QString feature(const QString &var)
{
    return u"<feature var='%1'/>"_s.arg(var);
}
QString identity(const QString &type, const QString &name = {})
{
    return u"<identity category='conference' type='%1' name='%2'/>"_s.arg(type, name);
}
QString error(const QString &condition, const QString &more = {})
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>%2</error>"_s.arg(
        condition, more);
}
QString form(const QString &type, const QString &field, const QString &value)
{
    return u"<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' "
           u"type='hidden'><value>%1</value></field>"
           "<field var='%2'><value>%3</value></field></x>"_s.arg(type, field, value);
}
QString set(const QString &first, const QString &last, int count)
{
    return u"<set xmlns='http://jabber.org/protocol/rsm'><first index='0'>%1</first><last>%2</last>"
           "<count>%3</count></set>"_s.arg(first, last)
               .arg(count);
}

const QString muc = identity(u"text"_s) + feature(u"http://jabber.org/protocol/muc"_s);
const QString mix = identity(u"mix"_s) + feature(u"urn:xmpp:mix:core:1"_s);

QStringList addresses(const RoomsPage &page)
{
    QStringList all;
    for (const RoomCard &room : page.rooms)
        all.append(room.address.toString());
    return all;
}

/// A server whose answers a test writes down by address: "info x", "items x", "info x mix".
struct Fixture {
    Fixture()
        : disco(wire, nullptr)
        , directory(wire, disco, [this] { return now; }, nullptr)
    {
        wire.onRequest = [this](const QDomElement &iq) -> QString {
            const QDomElement payload = iq.firstChildElement();
            const QString space = payload.namespaceURI();
            const QString what = space.section(u'#', 1);
            QString key = (what.isEmpty() ? payload.tagName() : what) + u' ' + iq.attribute(u"to"_s);
            if (payload.hasAttribute(u"node"_s)) key += u' ' + payload.attribute(u"node"_s);
            asked.append(key);
            if (make) {
                if (const QString made = make(key, iq); !made.isEmpty()) return made;
            }
            return answers.value(key, quiet ? QString() : error(u"service-unavailable"_s));
        };
        wire.goLive();
        answers.insert(u"info example.org"_s, info({}));
    }

    Result<RoomsPage> list(const QString &server = u"example.org"_s, const QString &next = {})
    {
        return directory.page({Kind::List, Jid::trusted(server), {}, next}).result();
    }
    Result<RoomsPage> search(const QString &words, const QString &next = {})
    {
        return directory.page({Kind::Search, Jid::trusted(u"search.service.example"), words, next}).result();
    }
    qsizetype count(const QString &key) const { return asked.count(key); }

    FakeWire wire;
    qint64 now = 1000;
    DiscoClient disco;
    DiscoDirectory directory;
    QHash<QString, QString> answers;
    std::function<QString(const QString &, const QDomElement &)> make;
    QStringList asked;
    bool quiet = false; ///< what is not written down is not answered yet
};
} // namespace

class TestDiscoDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // XEP-0045 examples 1 to 6.
    void listsARoomServiceLetterForLetter()
    {
        Fixture f;
        f.answers = {
            {u"info shakespeare.lit"_s, info({})},
            {u"items shakespeare.lit"_s,
             items(u"<item jid='chat.shakespeare.lit' name='Chatroom Service'/>"_s)},
            {u"info chat.shakespeare.lit"_s,
             info(u"<identity category='conference' name='Shakespearean Chat Service' type='text'/>"
                  "<feature var='http://jabber.org/protocol/muc'/>"_s)},
            {u"items chat.shakespeare.lit"_s,
             items(u"<item jid='heath@chat.shakespeare.lit' name='A Lonely Heath'/>"
                   "<item jid='coven@chat.shakespeare.lit' name='A Dark Cave'/>"
                   "<item jid='forres@chat.shakespeare.lit' name='The Palace'/>"
                   "<item jid='inverness@chat.shakespeare.lit' name='Macbeth&apos;s Castle'/>"_s)},
        };
        const auto services = f.directory.services(Jid::trusted(u"shakespeare.lit")).result();
        QVERIFY(services.ok());
        QCOMPARE(services->rooms, QList{Jid::trusted(u"chat.shakespeare.lit")});
        const auto page = f.list(u"shakespeare.lit"_s);
        QVERIFY(page.ok());
        QCOMPARE(page->rooms.size(), 4);
        QCOMPARE(page->rooms[3].name, u"Macbeth's Castle"_s);
        QCOMPARE(page->rooms[3].kind, ChatKind::Muc);
        QVERIFY(page->next.isEmpty() && !page->capped && !page->missing);
        QCOMPARE(f.count(u"info chat.shakespeare.lit"_s), 1); // the server's services are remembered
    }

    // XEP-0369 examples 4 to 6, 11.
    void listsAChannelServiceLetterForLetter()
    {
        Fixture f;
        f.answers = {
            {u"info shakespeare.example"_s, info({})},
            {u"items shakespeare.example"_s,
             items(u"<item jid='mix.shakespeare.example' name='Shakespearean Chat Service'/>"
                   "<item jid='mix2.shakespeare.example' name='Another Shakespearean Chat Service'/>"_s)},
            {u"info mix.shakespeare.example"_s,
             info(u"<identity category='conference' name='Shakespearean Chat Service' type='mix'/>"
                  "<feature var='http://jabber.org/protocol/disco#info'/><feature var='urn:xmpp:mix:core:1'/>"
                  "<feature var='urn:xmpp:mix:core:1#searchable'/>"_s)},
            {u"items mix.shakespeare.example"_s,
             items(
                 u"<item jid='coven@mix.shakespeare.example' /><item jid='spells@mix.shakespeare.example' />"
                 "<item jid='wizards@mix.shakespeare.example' />"_s)},
            {u"info coven@mix.shakespeare.example"_s,
             info(u"<identity category='conference' name='A Dark Cave' type='mix'/>"
                  "<feature var='http://jabber.org/protocol/disco#info'/><feature var='urn:xmpp:mix:core:1'/>"
                  "<feature var='urn:xmpp:mam:2'/>"_s)},
            {u"pubsub coven@mix.shakespeare.example"_s,
             u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:mix:nodes:info'>"
             "<item id='2016-05-30T09:00:00'><x xmlns='jabber:x:data' type='result'>"
             "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mix:core:1</value></field>"
             "<field var='Name'><value>Witches Coven</value></field><field var='Description'>"
             "<value>A location not far from the blasted heath where\n                   the three witches "
             "meet</value></field><field var='Contact'><value>greymalkin@shakespeare.example</value></field>"
             "</x></item></items></pubsub>"_s},
        };
        const auto page = f.list(u"shakespeare.example"_s);
        QVERIFY(page.ok());
        QCOMPARE(addresses(*page),
                 (QStringList{u"coven@mix.shakespeare.example"_s, u"spells@mix.shakespeare.example"_s,
                              u"wizards@mix.shakespeare.example"_s}));
        QCOMPARE(page->rooms[0].kind, ChatKind::Mix);
        const Asker me = std::make_shared<int>();
        const auto card = f.directory.details(page->rooms[0].address, me, Freshness::Kept).result();
        QVERIFY(card.ok());
        QCOMPARE(card->name, u"Witches Coven"_s);
        QCOMPARE(card->description,
                 u"A location not far from the blasted heath where the three witches meet"_s);
        QCOMPARE(card->properties, RoomProperties(RoomProperty::Archived));
    }

    // XEP-0045 example 8 with 10.
    void tellsWhatARoomIsLetterForLetter()
    {
        Fixture f;
        f.answers = {
            {u"info coven@chat.shakespeare.lit"_s,
             info(u"<identity category='conference' name='A Dark Cave' type='text'/>"
                  "<feature var='http://jabber.org/protocol/muc'/><feature var='muc_passwordprotected'/>"
                  "<feature var='muc_hidden'/><feature var='muc_temporary'/><feature var='muc_open'/>"
                  "<feature var='muc_unmoderated'/><feature var='muc_nonanonymous'/>"
                  "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'>"
                  "<value>http://jabber.org/protocol/muc#roominfo</value></field>"
                  "<field var='muc#roominfo_description' label='Description'>"
                  "<value>The place for all good witches!</value></field>"
                  "<field var='muc#roominfo_subject' label='Current Discussion Topic'>"
                  "<value>Spells</value></field>"
                  "<field var='muc#roominfo_occupants' label='Number of occupants'><value>3</value></field>"
                  "<field var='muc#roominfo_lang' label='Language of discussion'><value>en</value></field>"
                  "</x>"_s)}};
        const Asker me = std::make_shared<int>();
        const auto card =
            f.directory.details(Jid::trusted(u"coven@chat.shakespeare.lit"), me, Freshness::Kept).result();
        QVERIFY(card.ok());
        QCOMPARE(card->name, u"A Dark Cave"_s);
        QCOMPARE(card->description, u"The place for all good witches!"_s);
        QCOMPARE(card->subject, u"Spells"_s);
        QCOMPARE(card->language, u"en"_s);
        QCOMPARE(card->people, 3);
        QCOMPARE(card->properties, RoomProperty::PasswordNeeded | RoomProperty::Hidden
                                       | RoomProperty::Temporary | RoomProperty::AddressesVisible);
        // Remembered, unless it is asked anew; forgotten with the session.
        QVERIFY(f.directory.details(card->address, me, Freshness::Kept).result().ok());
        QCOMPARE(f.asked.size(), 1);
        QVERIFY(f.directory.details(card->address, me, Freshness::New).result().ok());
        QCOMPARE(f.asked.size(), 2);
        f.wire.end();
        f.wire.goLive();
        QVERIFY(f.directory.details(card->address, me, Freshness::Kept).result().ok());
        QCOMPARE(f.asked.size(), 3);
    }

    void believesNoAbsurdNumberOrLanguage_data()
    {
        QTest::addColumn<QString>("people");
        for (const char *text :
             {"-1", "99999999999999999999", "2147483647", "3e9", "0x10", "", "many", "4.5"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void believesNoAbsurdNumberOrLanguage()
    {
        QFETCH(QString, people);
        QCOMPARE(readPeople(people), -1);
        QCOMPARE(readLanguage(u"<b>en</b>"_s), QString());
        QCOMPARE(readLanguage(QString(36, u'a')), QString());
        QCOMPARE(readLanguage(u" zh-Hant-TW "_s), u"zh-Hant-TW"_s);
    }

    void goesThroughPages()
    {
        Fixture f;
        withMuc(f);
        f.make = [](const QString &key, const QDomElement &iq) -> QString {
            if (key != u"items muc.example.org") return {};
            const QDomElement rsm = iq.firstChildElement().firstChildElement();
            const QString after = rsm.firstChildElement(u"after"_s).text();
            const int from = after.isEmpty() ? 0 : after.mid(1).section(u'@', 0, 0).toInt() + 1;
            QString all;
            for (int i = from; i < std::min(from + 100, 600); ++i)
                all += u"<item jid='r%1@muc.example.org' name='Room %1'/>"_s.arg(i);
            const int last = std::min(from + 100, 600) - 1;
            return items(all
                         + set(u"r%1@muc.example.org"_s.arg(from), u"r%1@muc.example.org"_s.arg(last), 600));
        };
        auto page = f.list();
        QVERIFY(page.ok());
        QCOMPARE(page->rooms.size(), 100);
        QCOMPARE(page->expected, 600);
        qsizetype all = page->rooms.size();
        const QString first = page->next;
        for (int pages = 1; !page->next.isEmpty(); ++pages) {
            QVERIFY(pages < 6);
            page = f.list(u"example.org"_s, page->next);
            QVERIFY(page.ok());
            all += page->rooms.size();
        }
        QCOMPARE(all, 600);
        QCOMPARE(f.count(u"items muc.example.org"_s), 6);
        QCOMPARE(f.list(u"example.org"_s, first).error().condition, u"begin-anew"_s); // it is over
    }

    // As ejabberd does with pages longer than it likes: it gives out the end of them.
    void missesNothingWherePagesAreCut()
    {
        Fixture f;
        withMuc(f);
        f.make = [](const QString &key, const QDomElement &iq) -> QString {
            if (key != u"items muc.example.org") return {};
            const QDomElement rsm = iq.firstChildElement().firstChildElement();
            const QString after = rsm.firstChildElement(u"after"_s).text();
            const int begin = after.isEmpty() ? 0 : after.mid(1).toInt() + 1;
            const int end = std::min(begin + rsm.firstChildElement(u"max"_s).text().toInt(), 70);
            QString all;
            for (int i = std::max(begin, end - 20); i < end; ++i)
                all += u"<item jid='r%1@muc.example.org'/>"_s.arg(i);
            return items(
                all + (end < 70 || begin + 20 < end ? set(u"x"_s, u"r%1"_s.arg(end - 1), 70) : QString()));
        };
        qsizetype all = 0;
        for (auto page = f.list(); page.ok(); page = f.list(u"example.org"_s, page->next)) {
            all += page->rooms.size();
            if (page->next.isEmpty()) break;
        }
        QCOMPARE(all, 70);
    }

    void nobodyIsAskedForWhatNobodyWants()
    {
        Fixture f;
        withMuc(f);
        f.make = [](const QString &key, const QDomElement &) -> QString {
            return key == u"items muc.example.org"
                       ? items(u"<item jid='a@muc.example.org'/>"_s + set(u"a"_s, u"a"_s, 5))
                       : QString();
        };
        QVERIFY(f.list().ok());
        QCOMPARE(f.count(u"items muc.example.org"_s), 2); // the next page comes when somebody asks
    }

    void leavesOutWhatIsNotOfTheService()
    {
        Fixture f;
        withMuc(f);
        f.answers.insert(
            u"items muc.example.org"_s,
            items(u"<item jid='good@muc.example.org' name='Good'/><item jid='GOOD@muc.example.org'/>"
                  "<item jid='bank@evil.example'/><item jid='@@'/><item/><item jid='muc.example.org'/>"
                  "<item jid='good@muc.example.org/nick'/><item jid='x@muc.example.org' node='y'/>"
                  "<other jid='z@muc.example.org'/>"_s));
        QCOMPARE(addresses(*f.list()), QStringList{u"good@muc.example.org"_s});
    }

    void endsPagingWithoutAnEnd_data()
    {
        QTest::addColumn<bool>("anew");
        QTest::newRow("the same page for ever") << false;
        QTest::newRow("a new end of the same page each time") << true;
    }
    void endsPagingWithoutAnEnd()
    {
        QFETCH(bool, anew);
        Fixture f;
        withMuc(f);
        int pages = 0;
        f.make = [&pages, anew](const QString &key, const QDomElement &) -> QString {
            if (key != u"items muc.example.org") return {};
            ++pages;
            return items(u"<item jid='a@muc.example.org'/>"_s
                         + set(u"a"_s, anew ? QString::number(pages) : u"a"_s, 1'000'000));
        };
        auto page = f.list();
        for (int round = 0; round < 10 && page.ok() && !page->next.isEmpty(); ++round)
            page = f.list(u"example.org"_s, page->next);
        QVERIFY(page.ok() && page->next.isEmpty());
        QVERIFY(pages <= 3);
        QVERIFY(page->expected <= 50'000);
    }

    void stopsAtFiftyThousand()
    {
        Fixture f;
        withMuc(f);
        int page = 0;
        f.make = [&page](const QString &key, const QDomElement &) -> QString {
            if (key != u"items muc.example.org") return {};
            QString all;
            for (int i = 0; i < 8000; ++i)
                all += u"<item jid='r%1-%2@muc.example.org'/>"_s.arg(page).arg(i);
            ++page;
            return items(all + set(u"a"_s, QString::number(page), 2'000'000'000));
        };
        auto answer = f.list();
        qsizetype all = answer->rooms.size();
        while (answer.ok() && !answer->next.isEmpty()) {
            answer = f.list(u"example.org"_s, answer->next);
            all += answer->rooms.size();
        }
        QVERIFY(answer.ok() && answer->capped);
        QCOMPARE(all, 50'000);
    }

    void readsNumbersBehindNames()
    {
        Fixture f;
        withMuc(f);
        f.answers.insert(u"items muc.example.org"_s,
                         items(u"<item jid='a@muc.example.org' name='Tea (3)'/>"
                               "<item jid='b@muc.example.org' name='Class of (2024) (0)'/>"_s));
        auto page = f.list();
        QCOMPARE(page->rooms[0].name, u"Tea"_s);
        QCOMPARE(page->rooms[0].people, 3);
        QCOMPARE(page->rooms[1].name, u"Class of (2024)"_s);
        f.answers.insert(u"items muc.example.org"_s,
                         items(u"<item jid='a@muc.example.org' name='Tea'/>"
                               "<item jid='b@muc.example.org' name='Class of (2024)'/>"_s));
        page = f.list();
        QCOMPARE(page->rooms[1].name, u"Class of (2024)"_s); // not all have one: it is the name
        QCOMPARE(page->rooms[1].people, -1);
    }

    void asksAgainWithoutPagesWhereTheyAreUnknown()
    {
        Fixture f;
        withMuc(f);
        f.make = [](const QString &key, const QDomElement &iq) -> QString {
            if (key != u"items muc.example.org") return {};
            return iq.firstChildElement().firstChildElement().isNull()
                       ? items(u"<item jid='a@muc.example.org'/>"_s)
                       : error(u"feature-not-implemented"_s);
        };
        QCOMPARE(addresses(*f.list()), QStringList{u"a@muc.example.org"_s});
    }

    void saysWhatDidNotAnswer()
    {
        Fixture f;
        withMuc(f);
        withMix(f);
        f.answers.insert(u"items muc.example.org"_s, error(u"forbidden"_s));
        f.answers.insert(u"items mix.example.org"_s, items(u"<item jid='c@mix.example.org'/>"_s));
        const auto part = f.list();
        QCOMPARE(addresses(*part), QStringList{u"c@mix.example.org"_s});
        auto end = part;
        if (!part->next.isEmpty()) end = f.list(u"example.org"_s, part->next);
        QCOMPARE(end->missing.kind, Error::Kind::Refused);
        f.answers.insert(u"items mix.example.org"_s, error(u"remote-server-timeout"_s));
        QCOMPARE(f.list().error().kind, Error::Kind::Refused);
        Fixture none;
        none.answers.insert(u"items example.org"_s, items(u""_s));
        QCOMPARE(none.list().error().condition, u"no-rooms"_s);
        QCOMPARE(none.list(u"nowhere.example"_s).error().kind, Error::Kind::Unsupported);
        none.wire.end();
        QCOMPARE(none.list().error().kind, Error::Kind::ConnectionLost);
    }

    void aServiceCanBeNamedItself()
    {
        Fixture f;
        f.answers.insert(u"info rooms.other.example"_s, info(muc));
        f.answers.insert(u"items rooms.other.example"_s, items(u"<item jid='a@rooms.other.example'/>"_s));
        QCOMPARE(addresses(*f.list(u"rooms.other.example"_s)), QStringList{u"a@rooms.other.example"_s});
    }

    // XEP-0408 2.
    void mirroredRoomsAreOneRow_data()
    {
        QTest::addColumn<bool>("pam");
        QTest::addColumn<bool>("mutual");
        QTest::newRow("my server joins channels") << true << true;
        QTest::newRow("it does not") << false << true;
        QTest::newRow("only one says so") << true << false;
    }
    void mirroredRoomsAreOneRow()
    {
        QFETCH(bool, pam);
        QFETCH(bool, mutual);
        Fixture f;
        const QString rooms = u"<item jid='tea@%1.example.org'/><item jid='jam@%1.example.org'/>"_s;
        f.answers.insert(u"items example.org"_s,
                         items(u"<item jid='muc.example.org'/><item jid='mix.example.org'/>"_s));
        f.answers.insert(u"info me@example.org"_s, info(pam ? feature(u"urn:xmpp:mix:pam:2"_s) : QString()));
        f.answers.insert(
            u"info muc.example.org"_s,
            info(muc
                 + (mutual ? form(u"urn:xmpp:mix:muc:0#mix-mirror"_s, u"mix-mirror"_s, u"mix.example.org"_s)
                           : QString())));
        f.answers.insert(
            u"info mix.example.org"_s,
            info(mix + form(u"urn:xmpp:mix:muc:0#muc-mirror"_s, u"muc-mirror"_s, u"muc.example.org"_s)));
        f.answers.insert(u"items muc.example.org"_s, items(rooms.arg(u"muc"_s)));
        f.answers.insert(u"items mix.example.org"_s, items(rooms.arg(u"mix"_s)));
        QList<RoomCard> all;
        for (auto page = f.list(); page.ok();) {
            all += page->rooms;
            if (page->next.isEmpty()) break;
            page = f.list(u"example.org"_s, page->next);
        }
        QCOMPARE(all.size(), mutual ? 2 : 4);
        if (!mutual) {
            for (const RoomCard &room : all)
                QVERIFY(room.twin.isEmpty());
            return;
        }
        QCOMPARE(all[0].address, Jid::trusted(pam ? u"tea@mix.example.org" : u"tea@muc.example.org"));
        QCOMPARE(all[0].twin, Jid::trusted(pam ? u"tea@muc.example.org" : u"tea@mix.example.org"));
        QCOMPARE(all[0].kind, pam ? ChatKind::Mix : ChatKind::Muc);
    }

    void aServiceOfBothIsJoinedAsFits_data()
    {
        QTest::addColumn<bool>("pam");
        QTest::newRow("my server joins channels") << true;
        QTest::newRow("it does not") << false;
    }
    void aServiceOfBothIsJoinedAsFits()
    {
        QFETCH(bool, pam);
        Fixture f;
        const Jid tea = Jid::trusted(u"tea@mix.shakespeare.example");
        // XEP-0408 example 1.
        f.answers.insert(
            u"info mix.shakespeare.example"_s,
            info(u"<identity category='conference' name='Shakespearean Chat Service' type='text'/>"
                 "<feature var='urn:xmpp:mix:core:1'/><feature var='http://jabber.org/protocol/muc'/>"
                 "<feature var='urn:xmpp:mix:core:1#searchable'/>"_s));
        f.answers.insert(u"items mix.shakespeare.example"_s,
                         items(u"<item jid='tea@mix.shakespeare.example'/>"_s));
        f.answers.insert(u"info example.org"_s, info(pam ? feature(u"urn:xmpp:mix:pam:2"_s) : QString()));
        f.answers.insert(u"info "_s + tea.toString(), info(muc + feature(u"muc_membersonly"_s)));
        f.answers.insert(u"info "_s + tea.toString() + u" mix"_s, info(mix));
        const ChatKind kind = pam ? ChatKind::Mix : ChatKind::Muc;
        const auto page = f.list(u"mix.shakespeare.example"_s);
        QCOMPARE(page->rooms.size(), 1);
        QCOMPARE(page->rooms[0].kind, kind);
        QCOMPARE(page->rooms[0].twin, tea);
        const auto card = f.disco.discoverRoom(tea).result();
        QCOMPARE(card->kind, kind);
        QCOMPARE(card->twin, tea);
        QVERIFY(card->properties.testFlag(RoomProperty::MembersOnly));
    }

    void asksEightAtATimeAndOnlyWhomSomebodyWants()
    {
        Fixture f;
        f.quiet = true;
        Asker me = std::make_shared<int>();
        const Asker other = std::make_shared<int>();
        QList<QFuture<Result<RoomCard>>> mine;
        for (int i = 0; i < 20; ++i)
            mine.append(
                f.directory.details(Jid::trusted(u"r%1@muc.example.org"_s.arg(i)), me, Freshness::Kept));
        const auto theirs =
            f.directory.details(Jid::trusted(u"last@muc.example.org"), other, Freshness::Kept);
        QCOMPARE(f.asked.size(), 8);
        f.wire.answer(0, info(muc));
        QCOMPARE(f.asked.size(), 9);
        QVERIFY(mine[0].result().ok());
        me.reset();
        f.wire.answer(1, info(muc));
        // Those behind are not asked any more; the one of somebody else is.
        QCOMPARE(f.asked.size(), 10);
        QCOMPARE(f.asked.last(), u"info last@muc.example.org"_s);
        QCOMPARE(mine[19].result().error().kind, Error::Kind::Cancelled);
        QVERIFY(!theirs.isFinished());
        f.wire.end(); // no question is left without an answer
        for (const auto &question : std::as_const(mine))
            QVERIFY(question.isFinished());
        QVERIFY(theirs.isFinished());
    }

    // XEP-0433 examples 1, 4 and 5.
    void searchesLetterForLetter()
    {
        Fixture f;
        f.answers.insert(u"info search.service.example"_s,
                         info(u"<feature var='urn:xmpp:channel-search:0:search'/>"_s));
        QCOMPARE(f.directory.services(Jid::trusted(u"search.service.example")).result()->search,
                 QList{Jid::trusted(u"search.service.example")});
        f.answers.insert(
            u"search search.service.example"_s,
            u"<result xmlns='urn:xmpp:channel-search:0:search'><item address='commteam@muc.xmpp.org'>"
            "<name>commteam</name><nusers>10</nusers><is-open/></item><!-- three more items -->"
            "<item address='operators@muc.xmpp.org'><name>XMPP Service Operators</name>"
            "<description>Discussion venue for operators of federated XMPP services</description>"
            "<nusers>43</nusers><is-open/></item><set xmlns='http://jabber.org/protocol/rsm'>"
            "<first>opaque-string-1</first><last>opaque-string-2</last><max>5</max></set></result>"_s);
        const auto page = f.search(u"xmpp.org"_s);
        QVERIFY(page.ok());
        QCOMPARE(addresses(*page), (QStringList{u"commteam@muc.xmpp.org"_s, u"operators@muc.xmpp.org"_s}));
        QCOMPARE(page->rooms[1].name, u"XMPP Service Operators"_s);
        QCOMPARE(page->rooms[1].description, u"Discussion venue for operators of federated XMPP services"_s);
        QCOMPARE(page->rooms[1].people, 43);
        QCOMPARE(page->next, u"opaque-string-2"_s);
        const QString sent = FakeWire::toText(f.wire.requests.last().iq);
        for (const char *part : {">xmpp.org<", ">urn:xmpp:channel-search:0:search-params<", ">xep-0045<",
                                 ">xep-0369<", ">{urn:xmpp:channel-search:0:order}nusers<", "<max "})
            QVERIFY2(sent.contains(QLatin1StringView(part)), qPrintable(sent));
        QVERIFY(!sent.contains(u"\"all\"")); // XEP-0433 3.2.2.6: never beside words
        QVERIFY(f.search(u"xmpp.org"_s, page->next)->next.isEmpty()); // the same end again: no end otherwise
        QVERIFY(FakeWire::toText(f.wire.requests.last().iq).contains(u">opaque-string-2</after>"));
    }

    void readsAllThatASearchTells()
    {
        const auto read = [](const QString &inside) {
            return readFoundChannels(FakeWire::parse(
                u"<result xmlns='urn:xmpp:channel-search:0:search'>%1</result>"_s.arg(inside).toUtf8()));
        };
        const auto rooms =
            read(u"<item address='c@mix.example'><service-type>xep-0369</service-type><language>de</language>"
                 "<anonymity-mode>{urn:xmpp:channel-search:0:anonymity}none</anonymity-mode>"
                 "<nusers>99999999999</nusers><name xmlns='urn:other'>no</name><new xmlns='urn:x'/></item>"
                 "<item address='@@'/><item address='muc.example'/><item address='a@b/c'/>"
                 "<item xmlns='urn:other' address='a@b'/>"_s);
        QCOMPARE(rooms.size(), 1);
        QCOMPARE(rooms[0].kind, ChatKind::Mix);
        QCOMPARE(rooms[0].language, u"de"_s);
        QCOMPARE(rooms[0].people, -1);
        QVERIFY(rooms[0].name.isEmpty());
        QVERIFY(rooms[0].properties.testFlag(RoomProperty::AddressesVisible));
        QVERIFY(!read(u"<item address='a@b'><anonymity-mode>muc_semianonymous</anonymity-mode></item>"_s)[0]
                     .properties.testFlag(RoomProperty::AddressesVisible));
        QCOMPARE(read(u"<item address='a@b'/>"_s.repeated(1000)).size(), 500);
    }

    // XEP-0433 examples 7 and 9.
    void saysWhySearchingFailed()
    {
        Fixture f;
        const QString at = u"search search.service.example"_s;
        f.answers.insert(at,
                         error(u"bad-request"_s,
                               u"<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Search terms must have at "
                               "least three characters.</text><invalid-search-terms "
                               "xmlns='urn:xmpp:channel-search:0:error'/>"_s));
        QCOMPARE(f.search(u"a"_s).error(), (Error{Error::Kind::Refused, u"invalid-search-terms"_s,
                                                  u"Search terms must have at least three characters."_s}));
        f.answers.insert(at,
                         error(u"not-allowed"_s,
                               u"<full-set-retrieval-rejected xmlns='urn:xmpp:channel-search:0:error'/>"_s));
        QCOMPARE(f.search({}).error().condition, u"full-set-retrieval-rejected"_s);
        QVERIFY(FakeWire::toText(f.wire.requests.last().iq).contains(u"\"all\""));
        f.answers.insert(at, u"<query/>"_s);
        QCOMPARE(f.search(u"tea"_s).error().kind, Error::Kind::Unsupported);
    }

    // XEP-0433 example 8 and its business rules.
    void leavesABusySearchAlone()
    {
        Fixture f;
        const QString at = u"search search.service.example"_s;
        f.answers.insert(at,
                         error(u"resource-constraint"_s,
                               u"<rate-limit xmlns='urn:xmpp:channel-search:0:error' retry-after='30'/>"_s));
        QCOMPARE(f.search(u"tea"_s).error(), (Error{Error::Kind::ServiceFull, u"rate-limit"_s, u"30"_s}));
        f.now += 10'000;
        QCOMPARE(f.search(u"jam"_s).error().text, u"20"_s);
        QCOMPARE(f.asked.size(), 1); // not asked again
        f.now += 20'000;
        // Without a time of its own: longer each time.
        const QString bare =
            error(u"resource-constraint"_s, u"<rate-limit xmlns='urn:xmpp:channel-search:0:error'/>"_s);
        f.answers.insert(at, bare);
        const int second = f.search(u"tea"_s).error().text.toInt();
        f.now += second * 1000;
        QVERIFY(f.search(u"tea"_s).error().text.toInt() >= 2 * second);
        QCOMPARE(f.asked.size(), 3);
        f.now += 10'000'000;
        f.answers.insert(at, error(u"resource-constraint"_s,
                                   u"<rate-limit xmlns='urn:xmpp:channel-search:0:error' "
                                   "retry-after='99999999999'/>"_s));
        QVERIFY(f.search(u"tea"_s).error().text.toInt() <= 3600); // nobody shuts us out for ever
    }

private:
    static void withMuc(Fixture &f) { with(f, u"muc.example.org"_s, muc); }
    static void withMix(Fixture &f) { with(f, u"mix.example.org"_s, mix); }
    static void with(Fixture &f, const QString &service, const QString &is)
    {
        QString &all = f.answers[u"items example.org"_s];
        all = items(all.section(u'>', 1).section(u"</query>"_s, 0, 0) + u"<item jid='%1'/>"_s.arg(service));
        f.answers.insert(u"info "_s + service, info(is));
    }
};

QTEST_GUILESS_MAIN(TestDiscoDirectory)
#include "tst_discodirectory.moc"
