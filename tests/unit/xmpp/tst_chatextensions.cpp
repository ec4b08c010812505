// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/chatextensions.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
QDomElement container(const QString &inside)
{
    return FakeWire::parse(
        u"<extensions xmlns='urn:xmpp:bookmarks:1'>%1</extensions>"_s.arg(inside).toUtf8());
}

QString notify(const QString &inside)
{
    return u"<notify xmlns='urn:xmpp:notification-settings:1'>%1</notify>"_s.arg(inside);
}

QDomElement written(const QDomElement &former, const ChatPreference &wanted, PreferenceParts parts,
                    NotifyWhen usual = NotifyWhen::OnMention)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.writeStartElement(u"extensions");
    xml.writeDefaultNamespace(u"urn:xmpp:bookmarks:1");
    ChatExtensions::write(xml, former, wanted, parts, usual);
    xml.writeEndElement();
    return FakeWire::parse(bytes);
}

QString text(const QDomElement &e)
{
    return FakeWire::toText(e).remove(u" xmlns=\"urn:xmpp:notification-settings:1\""_s);
}

const QString advanced =
    u"<advanced><when xmlns='custom:ns' day='monday'><p:q xmlns:p='urn:p'>x</p:q></when></advanced>"_s;
} // namespace

/// Levels and favourites inside what others write into as well (XEP-0492, XEP-0469).
class TestChatExtensions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheMostSpecificLevel_data()
    {
        QTest::addColumn<QString>("inside");
        QTest::addColumn<NotifyWhen>("level");
        const auto add = [](const char *name, const QString &inside, NotifyWhen level) {
            QTest::newRow(name) << inside << level;
        };
        // The examples of XEP-0492.
        add("most basic", u"<never />"_s, NotifyWhen::Never);
        add("by identity",
            u"<never identity-category='client' identity-type='pc'/>"
            "<on-mention identity-category='client' identity-type='phone'/>"
            "<on-mention identity-category='gateway'/><always/>"_s,
            NotifyWhen::Never);
        add("by category", u"<always/><on-mention identity-category='client'/>"_s, NotifyWhen::OnMention);
        add("phone only", u"<always/><never identity-category='client' identity-type='phone'/>"_s,
            NotifyWhen::Always);
        add("nothing for us", u"<never identity-category='client' identity-type='phone'/>"_s,
            NotifyWhen::Usual);
        add("with advanced", u"<never>%1</never>"_s.arg(advanced), NotifyWhen::Never);
        add("twice", u"<on-mention/><never/>"_s, NotifyWhen::OnMention);
        add("type without category", u"<never identity-type='pc'/>"_s, NotifyWhen::Usual);
        add("unknown", u"<sometimes/><x xmlns='urn:x'/>"_s, NotifyWhen::Usual);
        add("foreign namespace", u"<never xmlns='urn:x'/>"_s, NotifyWhen::Usual);
        add("empty", QString(), NotifyWhen::Usual);
    }
    void readsTheMostSpecificLevel()
    {
        QFETCH(QString, inside);
        QFETCH(NotifyWhen, level);
        QCOMPARE(ChatExtensions::read(container(notify(inside))).notify, level);
    }

    void readsFavourites_data()
    {
        QTest::addColumn<QString>("inside");
        QTest::addColumn<bool>("pinned");
        QTest::addColumn<int>("rank");
        const QString pinned = u"<pinned xmlns='urn:xmpp:bookmarks-pinning:0'/>"_s;
        const QString order = u"<order xmlns='https://github.com/mingle-im/mingle/chats:0' rank='%1'/>"_s;
        QTest::newRow("none") << QString() << false << 0;
        QTest::newRow("by another client") << pinned << true << 0;
        QTest::newRow("with an order") << pinned + order.arg(70) << true << 70;
        QTest::newRow("unpinned by another client") << order.arg(70) << false << 0;
        QTest::newRow("other namespace") << u"<pinned xmlns='urn:x'/>"_s << false << 0;
        for (const auto *bad :
             {u"0", u"-5", u"1073741825", u"99999999999999999999", u"1e3", u"", u"7x", u"0x10"})
            QTest::newRow(qPrintable(u"rank "_s + bad)) << pinned + order.arg(QString(bad)) << true << 0;
        QTest::newRow("twice") << pinned + pinned + order.arg(3) + order.arg(4) << true << 3;
    }
    void readsFavourites()
    {
        QFETCH(QString, inside);
        const auto found = ChatExtensions::read(container(inside));
        QTEST(found.pinned, "pinned");
        QTEST(found.rank, "rank");
    }

    void addsWhatIsMissing()
    {
        const auto e = written({}, {NotifyWhen::Never, true, 5}, allPreferences);
        QCOMPARE(ChatExtensions::read(e), ChatPreference(NotifyWhen::Never, true, 5));
        QCOMPARE(text(e).count(u"never"), 1); // the fallback, for everybody
        QVERIFY(!text(e).contains(u"identity"));
    }

    void tellsWhatItContinues()
    {
        const Jid room = Jid::trusted(u"old@rooms.test");
        const auto e = written({}, {NotifyWhen::Usual, false, 0, {}, room}, allPreferences);
        QCOMPARE(ChatExtensions::read(e).former, room);
        const auto same = written(e, {NotifyWhen::Never, false, 0}, allPreferences);
        QCOMPARE(ChatExtensions::read(same), ChatPreference(NotifyWhen::Never, false, 0, {}, room));
        const auto other = written(e, {NotifyWhen::Usual, false, 0, {}, Jid::trusted(u"older@rooms.test")},
                                   PreferencePart::Former);
        QCOMPARE(text(other).count(u"continues"), 1);
        QCOMPARE(ChatExtensions::read(other).former, Jid::trusted(u"older@rooms.test"));
        for (const char *wrong : {"rooms.test", "old@rooms.test/nick", "@", ""}) {
            const auto jid = QString::fromLatin1(wrong);
            const auto none = container(u"<continues xmlns='%1' jid='%2'/>"_s.arg(Ns::chats, jid));
            QVERIFY2(ChatExtensions::read(none).former.isEmpty(), wrong);
        }
    }

    void changesOnlyItsParts()
    {
        const auto before = container(
            notify(u"<never/>"_s)
            + u"<pinned xmlns='urn:xmpp:bookmarks-pinning:0'/><state xmlns='urn:other' a='1'>x<b xmlns=''/></state>"_s);
        auto e = written(before, {NotifyWhen::Always, false, 0}, PreferencePart::Notify);
        QCOMPARE(ChatExtensions::read(e), ChatPreference(NotifyWhen::Always, true, 0));
        QVERIFY(text(e).contains(u"urn:other") && text(e).contains(u"a=\"1\""));
        e = written(before, {NotifyWhen::Always, false, 0}, PreferencePart::Favourite);
        QCOMPARE(ChatExtensions::read(e), ChatPreference(NotifyWhen::Never, false, 0));
        QVERIFY(!text(e).contains(u"pinned"));
        e = written(e, {NotifyWhen::Usual, true, 9}, allPreferences);
        QCOMPARE(ChatExtensions::read(e), ChatPreference(NotifyWhen::Usual, true, 9));
        QVERIFY(!text(e).contains(u"notify"));
    }

    void keepsWhatIsForOthers()
    {
        const QString phone =
            u"<on-mention identity-category='client' identity-type='phone'>%1</on-mention>"_s.arg(advanced);
        const QString gateway = u"<never identity-category='gateway'/>"_s;
        auto e = written(container(notify(phone + gateway)), {NotifyWhen::Never, false, 0},
                         PreferencePart::Notify);
        QCOMPARE(ChatExtensions::read(e).notify, NotifyWhen::Never);
        QVERIFY(text(e).contains(u"phone") && text(e).contains(u"monday") && text(e).contains(u"gateway"));
        QVERIFY(text(e).contains(u"<never/>")); // XEP-0492: a fallback SHOULD be added
        e = written(e, {NotifyWhen::Usual, false, 0}, PreferencePart::Notify);
        QCOMPARE(ChatExtensions::read(e).notify, NotifyWhen::Usual);
        QVERIFY(text(e).contains(u"phone") && text(e).contains(u"monday") && text(e).contains(u"gateway"));
    }

    void changesTheRuleThatCounts()
    {
        // What is for all clients stays for all clients.
        auto e = written(container(notify(u"<always/><never identity-category='client'/>"_s)),
                         {NotifyWhen::OnMention, false, 0}, PreferencePart::Notify);
        QVERIFY(text(e).contains(u"<always/>"));
        QVERIFY(text(e).contains(u"<on-mention identity-category=\"client\"/>"));
        QVERIFY(!text(e).contains(u"never"));
        e = written(container(notify(u"<never/>"_s)), {NotifyWhen::Always, false, 0}, PreferencePart::Notify);
        QCOMPARE(text(e).count(u"<always/>"), 1);
        QVERIFY(!text(e).contains(u"never"));
    }

    void neverTouchesAdvancedSettings()
    {
        const auto before = container(notify(u"<never>%1</never>"_s.arg(advanced)));
        const QDomElement kept = before.firstChildElement().firstChildElement().firstChildElement();
        for (const NotifyWhen when : {NotifyWhen::Always, NotifyWhen::Never, NotifyWhen::Usual}) {
            const auto e = written(before, {when, false, 0}, PreferencePart::Notify);
            const QDomElement now = e.firstChildElement().firstChildElement().firstChildElement();
            QVERIFY2(Dom::isSame(kept, now), qPrintable(text(e)));
            // "As usual" is no setting, and this one has to stay: it says what usual means here.
            QCOMPARE(ChatExtensions::read(e).notify,
                     when == NotifyWhen::Usual ? NotifyWhen::OnMention : when);
        }
    }

    void makesNoTwoOfAKind()
    {
        const auto e = written(
            container(notify(u"<never/><always/><always/><on-mention>%1</on-mention>"_s.arg(advanced))),
            {NotifyWhen::OnMention, false, 0}, PreferencePart::Notify);
        QCOMPARE(text(e).count(u"<on-mention"), 1);
        QVERIFY(text(e).contains(u"monday") && !text(e).contains(u"always") && !text(e).contains(u"never"));
    }
};

QTEST_GUILESS_MAIN(TestChatExtensions)
#include "tst_chatextensions.moc"
