// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/codepoints.h"
#include "xmpp/dom.h"
#include "xmpp/messagecodec.h"

#include <QTest>
#include <QTimeZone>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
MessageParts read(const QString &children, const QString &attributes = {})
{
    return readMessage(FakeWire::parse(u"<message %1>%2</message>"_s.arg(attributes, children).toUtf8()));
}

QString reply(const QString &body, const QString &ranges)
{
    return u"<body>%1</body><reply xmlns='urn:xmpp:reply:0' id='r1'/>"
           "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>%2</fallback>"_s.arg(body, ranges);
}

OutgoingMessage toRoom(const QString &body)
{
    OutgoingMessage message;
    message.to = Jid::trusted(u"room@muc.example.org");
    message.kind = ChatKind::Muc;
    message.id = u"id1"_s;
    message.body = body;
    return message;
}

MessageParts roundTrip(const OutgoingMessage &message)
{
    return readMessage(FakeWire::parse(writeMessage(message)));
}
} // namespace

class TestMessageCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAMessageSays()
    {
        const auto parts =
            read(u"<body>hello</body><thread>t1</thread><origin-id xmlns='urn:xmpp:sid:0' id='o1'/>"
                 "<stanza-id xmlns='urn:xmpp:sid:0' by='a@b' id='s1'/><stanza-id xmlns='urn:xmpp:sid:0' "
                 "by='c@d' id='s2'/>"
                 "<replace xmlns='urn:xmpp:message-correct:0' id='c1'/>"
                 "<delay xmlns='urn:xmpp:delay' from='b' stamp='2026-11-22T13:33:48.931806Z'/>"
                 "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='first'/>"
                 "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='last'/>"_s,
                 u"type='groupchat' id='i1'"_s);
        QCOMPARE(parts.type, MessageParts::Type::Groupchat);
        QCOMPARE(parts.id, u"i1"_s);
        QCOMPARE(parts.body, u"hello"_s);
        QCOMPARE(parts.threadId, u"t1"_s);
        QCOMPARE(parts.originId, u"o1"_s);
        QCOMPARE(parts.replaces, u"c1"_s);
        QCOMPARE(parts.occupantId, u"last"_s);
        QCOMPARE(parts.stanzaIds.size(), 2);
        QCOMPARE(parts.stanzaIds[1].by, u"c@d"_s);
        QCOMPARE(parts.delays.first().stamp,
                 QDateTime(QDate(2026, 11, 22), QTime(13, 33, 48, 932), QTimeZone::UTC));
    }

    void takesTheBodyWithoutALanguage()
    {
        QCOMPARE(read(u"<body xml:lang='de'>hallo</body><body>hello</body><body>again</body>"_s).body,
                 u"hello"_s);
        QCOMPARE(read(u"<body xml:lang='de'>hallo</body><body xml:lang='fr'>salut</body>"_s).body,
                 u"hallo"_s);
    }

    void looksAtNamespaces()
    {
        const auto parts =
            read(u"<body xmlns='urn:other'>no</body><stanza-id xmlns='urn:other' by='a@b' id='x'/>"_s);
        QVERIFY(parts.body.isEmpty());
        QVERIFY(parts.stanzaIds.isEmpty());
    }

    void neverLooksIntoForwarded()
    {
        const auto parts = read(
            u"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'><body>no</body></message></forwarded>"_s);
        QVERIFY(parts.body.isEmpty());
        QVERIFY(parts.carbon.isNull());
    }

    void cutsWhatIsTooLong()
    {
        // Four bytes each: a cut in the middle of a pair would leave half a character.
        const auto parts = read(u"<body>%1</body><subject>%2</subject><thread>%3</thread>"_s.arg(
            QString(Dom::maxBodyBytes / 4 + 10, u'x').replace(u'x', u"😀"_s), QString(5000, u's'),
            QString(2000, u't')));
        QCOMPARE(parts.body.toUtf8().size(), Dom::maxBodyBytes);
        QCOMPARE(parts.body.last(2), u"😀"_s);
        QCOMPARE(parts.subject->size(), Dom::maxSubjectBytes);
        QVERIFY(parts.threadId.isEmpty()); // an identifier cut short could be another's
    }

    void bodyOfBlanksIsNone() { QVERIFY(read(u"<body> \n </body>"_s).body.isEmpty()); }

    void readsTimes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("utc") << u"2026-11-22T13:33:48Z"_s << true;
        QTest::newRow("offset") << u"2026-11-22T13:33:48+02:00"_s << true;
        QTest::newRow("year 1969") << u"1969-12-31T23:59:59Z"_s << false;
        QTest::newRow("year 2200") << u"2200-01-01T00:00:00Z"_s << false;
        QTest::newRow("year 0") << u"0000-01-01T00:00:00Z"_s << false;
        QTest::newRow("year 9999") << u"9999-01-01T00:00:00Z"_s << false;
        QTest::newRow("no zone") << u"2026-11-22T13:33:48"_s << false;
        QTest::newRow("words") << u"yesterday"_s << false;
        QTest::newRow("endless") << QString(100'000, u'2') << false;
    }
    void readsTimes()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(Dom::time(text).isValid(), good);
    }

    void takesTheQuoteOut()
    {
        const auto parts = read(reply(u"&gt; hi 😀\nהי 😀"_s, u"<body start='0' end='7'/>"_s));
        QCOMPARE(parts.body, u"הי 😀"_s);
        QCOMPARE(parts.replyTo, u"r1"_s);
    }

    void leavesTheBodyWholeForWrongRanges_data()
    {
        QTest::addColumn<QString>("ranges");
        QTest::newRow("past the end") << u"<body start='0' end='8'/>"_s;
        QTest::newRow("reversed") << u"<body start='3' end='1'/>"_s;
        QTest::newRow("empty") << u"<body start='2' end='2'/>"_s;
        QTest::newRow("2^32") << u"<body start='0' end='4294967296'/>"_s;
        QTest::newRow("2^32-1") << u"<body start='0' end='4294967295'/>"_s;
        QTest::newRow("negative") << u"<body start='-1' end='2'/>"_s;
        QTest::newRow("overlapping") << u"<body start='0' end='3'/><body start='2' end='4'/>"_s;
        QTest::newRow("twice") << u"<body start='0' end='3'/><body start='0' end='3'/>"_s;
        QTest::newRow("words") << u"<body start='a' end='b'/>"_s;
        QTest::newRow("everything") << u"<body start='0' end='7'/>"_s;
        QTest::newRow("without a range") << u"<body/>"_s;
        QTest::newRow("empty fallback") << QString();
        QTest::newRow("one good, one bad") << u"<body start='0' end='2'/><body start='0' end='99'/>"_s;
        QTest::newRow("too many") << u"<body start='0' end='1'/>"_s.repeated(1000);
    }
    void leavesTheBodyWholeForWrongRanges()
    {
        QFETCH(QString, ranges);
        QCOMPARE(read(reply(u"ab😀cdef"_s, ranges)).body, u"ab😀cdef"_s); // 7 code points, 8 units
    }

    void keepsAQuoteWithoutReply()
    {
        QCOMPARE(read(u"<body>abc</body><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
                      "<body start='0' end='1'/></fallback>"_s)
                     .body,
                 u"abc");
        QCOMPARE(
            read(
                u"<body>abc</body><reply xmlns='urn:xmpp:reply:0' id='r'/>"
                "<fallback xmlns='urn:xmpp:fallback:0' for='urn:other'><body start='0' end='1'/></fallback>"_s)
                .body,
            u"abc");
    }

    void movesMentionsWithTheQuote()
    {
        const auto parts =
            read(reply(u"&gt; q\n😀 Ada"_s, u"<body start='0' end='4'/>"_s)
                 + u"<mention xmlns='urn:xmpp:mentions:0' begin='6' end='9' occupantid='ada'/>"
                   "<mention xmlns='urn:xmpp:mentions:0' begin='2' end='5' occupantid='over'/>"
                   "<mention xmlns='urn:xmpp:mentions:0' begin='6' end='99' occupantid='past'/>"_s);
        QCOMPARE(parts.body, u"😀 Ada"_s);
        QCOMPARE(parts.mentions.size(), 3);
        QCOMPARE(codePointSlice(parts.body, {parts.mentions[0].begin, parts.mentions[0].end}), u"Ada"_s);
        QCOMPARE(parts.mentions[1].end, 0); // it lay over the edge: who is meant is known, where is not
        QCOMPARE(parts.mentions[2].end, 0);
    }

    void readsMentionsOfBothKindsOnce()
    {
        const auto parts =
            read(u"<body>hi Ada and Bob</body>"
                 "<reference xmlns='urn:xmpp:reference:0' type='mention' begin='3' end='6' "
                 "uri='xmpp:room@muc/Ada%20L'/>"
                 "<mention xmlns='urn:xmpp:mentions:0' begin='3' end='6' occupantid='ada'/>"
                 "<reference xmlns='urn:xmpp:reference:0' type='mention' begin='11' end='14' "
                 "uri='xmpp:bob@b?message'/>"
                 "<reference xmlns='urn:xmpp:reference:0' type='data' begin='0' end='1' uri='xmpp:x@y'/>"
                 "<reference xmlns='urn:xmpp:reference:0' type='mention' anchor='xmpp:z' begin='0' end='1' "
                 "uri='xmpp:x@y'/>"
                 "<mention xmlns='urn:xmpp:mentions:0' mentions='urn:xmpp:mentions:0#channel'/>"_s);
        QCOMPARE(parts.mentions.size(), 2);
        QCOMPARE(parts.mentions[0].occupantId, u"ada"_s);
        QCOMPARE(parts.mentions[1].target, u"bob@b"_s);
    }

    void boundsMentions()
    {
        const QString one = u"<mention xmlns='urn:xmpp:mentions:0' begin='0' end='1' occupantid='%1'/>"_s;
        QString all = u"<body>x</body>"_s;
        for (int i = 0; i < 1000; ++i)
            all += one.arg(i);
        QCOMPARE(read(all).mentions.size(), 100);
    }

    void readsRetractions_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::addColumn<bool>("moderated");
        QTest::newRow("v1") << u"<retract xmlns='urn:xmpp:message-retract:1' id='x'/>"_s << false;
        QTest::newRow("v0") << u"<apply-to xmlns='urn:xmpp:fasten:0' id='x'>"
                               "<retract xmlns='urn:xmpp:message-retract:0'/></apply-to>"_s
                            << false;
        QTest::newRow("moderation v1")
            << u"<retract xmlns='urn:xmpp:message-retract:1' id='x'>"
               "<moderated xmlns='urn:xmpp:message-moderate:1' by='a@b/c'/></retract>"_s
            << true;
        QTest::newRow("moderation v0")
            << u"<apply-to xmlns='urn:xmpp:fasten:0' id='x'><moderated xmlns='urn:xmpp:message-moderate:0'>"
               "<retract xmlns='urn:xmpp:message-retract:0'/></moderated></apply-to>"_s
            << true;
    }
    void readsRetractions()
    {
        QFETCH(QString, xml);
        QFETCH(bool, moderated);
        const auto parts = read(u"<body>This person took back a message</body>"_s + xml);
        QCOMPARE(parts.retracts, u"x"_s);
        QCOMPARE(parts.moderated, moderated);
        QVERIFY(parts.body.isEmpty());
    }

    void writesWhatItCanRead()
    {
        OutgoingMessage message = toRoom(u"hi 😀 שלום <b>&amp;\"'"_s);
        message.threadId = u"t"_s;
        message.replyTo = u"r"_s;
        const QDomElement stanza = FakeWire::parse(writeMessage(message));
        QCOMPARE(stanza.attribute(u"to"_s), u"room@muc.example.org"_s);
        QCOMPARE(stanza.attribute(u"type"_s), u"groupchat"_s);
        const auto parts = readMessage(stanza);
        QCOMPARE(parts.id, u"id1"_s);
        QCOMPARE(parts.originId, u"id1"_s);
        QCOMPARE(parts.body, message.body);
        QCOMPARE(parts.threadId, u"t"_s);
        QCOMPARE(parts.replyTo, u"r"_s);
        QVERIFY(!parts.subject);
    }

    void keepsLongTexts()
    {
        const QString words = u"שלום 😀 e\u0301\u0302 \u202eabc\u202c\n\t"_s;
        const QString body = words.repeated(100 * 1024 / words.toUtf8().size() + 1);
        QVERIFY(body.toUtf8().size() > 100 * 1024);
        QCOMPARE(roundTrip(toRoom(body)).body, body);
    }

    void leavesOutWhatXmlCannotCarry()
    {
        OutgoingMessage message = toRoom(u"a\u0000b\u0001c\u001fd\r\ne\ufffef\t"_s + QChar(0xd800) + u"g"_s);
        QCOMPARE(roundTrip(message).body, u"abcd\nef\tg"_s);
        message.body = u"\u0001\u0002Ada 😀 Bob"_s;
        message.mentions = {{2, 5, u"ada"_s, {}, false}, {8, 11, u"bob"_s, {}, false}};
        const auto parts = roundTrip(message);
        QCOMPARE(codePointSlice(parts.body, {parts.mentions[0].begin, parts.mentions[0].end}), u"Ada"_s);
        QCOMPARE(codePointSlice(parts.body, {parts.mentions[1].begin, parts.mentions[1].end}), u"Bob"_s);
    }

    void writesMentionsInBothWays()
    {
        OutgoingMessage message = toRoom(u"@Ada L 😀 Bob"_s);
        message.mentions = {{0, 6, u"ada-id"_s, {}, false},
                            {9, 12, u"nick:Bob"_s, Jid::trusted(u"bob@example.org"), false}};
        const QString xml = FakeWire::toText(FakeWire::parse(writeMessage(message)));
        QVERIFY(xml.contains(u"occupantid=\"ada-id\""));
        QVERIFY(xml.contains(u"uri=\"xmpp:room@muc.example.org/Ada%20L\""));
        QVERIFY(xml.contains(u"jid=\"bob@example.org\""));
        QVERIFY(xml.contains(u"uri=\"xmpp:bob@example.org\""));
        QCOMPARE(roundTrip(message).mentions.size(), 2);

        message.kind = ChatKind::Mix;
        message.mentions = {{0, 6, u"123"_s, {}, false}};
        const auto parts = roundTrip(message);
        QCOMPARE(parts.mentions.first().target, u"123#room@muc.example.org"_s);
    }

    void writesNoMentionOutsideOfTheBody()
    {
        OutgoingMessage message = toRoom(u"abc"_s);
        message.mentions = {{0, 4, u"a"_s, {}, false},
                            {-1, 2, u"a"_s, {}, false},
                            {2, 1, u"a"_s, {}, false},
                            {3, 3, u"a"_s, {}, false}};
        QVERIFY(roundTrip(message).mentions.isEmpty());
    }

    void readsAMessageQuickly()
    {
        const QDomElement stanza = FakeWire::parse(
            "<message type='groupchat' id='m1' from='r@m/Ada'><body>hello there, how are you?</body>"
            "<archived xmlns='urn:xmpp:mam:tmp' by='r@m' id='1'/><stanza-id xmlns='urn:xmpp:sid:0' by='r@m' "
            "id='1'/>"
            "<origin-id xmlns='urn:xmpp:sid:0' id='m1'/><occupant-id xmlns='urn:xmpp:occupant-id:0' "
            "id='g2'/></message>");
        QBENCHMARK
        {
            QCOMPARE(readMessage(stanza).body.size(), 25);
        }
    }
};

QTEST_GUILESS_MAIN(TestMessageCodec)
#include "tst_messagecodec.moc"
