// SPDX-License-Identifier: GPL-3.0-or-later
// A server that lies, falls silent or breaks off when we are logged in.
#include "hostile/lyingpeer.h"
#include "hostile/probe.h"

#include <QTest>

using namespace Mingle;
using namespace Mingle::Hostile;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace {
QByteArray message(const QByteArray &body, const QByteArray &from = "grace@chat.test/x")
{
    return "<message type='chat' from='" + from + "' to='ada@chat.test' id='" + body + "'><body>" + body
           + "</body></message>";
}

QByteArray streamError(const QByteArray &condition, const QByteArray &content = {})
{
    return "<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + content + "</"
           + condition + "></stream:error></stream:stream>";
}

QStringList bodies(const Probe &probe)
{
    QStringList list;
    for (const auto &one : probe.messages)
        list << one.body;
    return list;
}

// The last <a h=''/> that the client has sent.
int lastAnswer(const QByteArray &received)
{
    const auto at = received.lastIndexOf("<a xmlns=\"urn:xmpp:sm:3\" h=\"");
    return at < 0 ? -1 : received.sliced(at + 28, received.indexOf('"', at + 28) - at - 28).toInt();
}
} // namespace

class tst_Stream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesSilent_data();
    void goesSilent();
    void quietIsNotSilent();
    void doubted();
    void endsOfTheStream_data();
    void endsOfTheStream();
    void bombs_data();
    void bombs();
    void whatPeopleSendIsSkippedTheSecondTime();
    void wrongPlaces_data();
    void wrongPlaces();
    void forgedAnswers();
    void requestsAreAnswered();
    void malformedSendersAreCounted();
    void earlyStanzasOfABoundStream();
    void inactivityIsTold();
    void nobodyFindsADeadStreamLive();
    void burst();

private:
    Certificates m_certificates;
};

void tst_Stream::goesSilent_data()
{
    QTest::addColumn<bool>("management");
    QTest::newRow("with management") << true;
    QTest::newRow("without") << false;
}

void tst_Stream::goesSilent()
{
    QFETCH(bool, management);
    LyingServer server(m_certificates);
    server.lies.management = management;
    StreamOptions options;
    options.silence = 300ms;
    options.answer = 300ms;
    Probe probe(server, options);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(20);
    server.peer()->fallSilent();
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed.last().kind, Kind::ConnectionLost);
    QCOMPARE(probe.closed.last().condition, QStringLiteral("silent"));
    // Not thrown away: what was not heard can be asked for again.
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), management);
}

void tst_Stream::quietIsNotSilent()
{
    for (const bool management : {true, false}) {
        LyingServer server(m_certificates);
        server.lies.management = management;
        StreamOptions options;
        options.silence = 150ms;
        options.answer = 1s;
        Probe probe(server, options);
        probe.open();
        QVERIFY(probe.waitForLive());
        QTest::qWait(2500);
        QVERIFY(probe.closed.isEmpty());
        const QByteArray bytes = server.received();
        const auto asked = management ? bytes.count("<r xmlns") : bytes.count("urn:xmpp:ping");
        QVERIFY2(asked >= 2 && asked <= 5, qPrintable(QString::number(asked)));
    }
}

void tst_Stream::doubted()
{
    for (const bool management : {true, false}) {
        LyingServer server(m_certificates);
        server.lies.management = management;
        StreamOptions options; // a minute of silence would be nothing special
        options.doubt = 300ms;
        Probe probe(server, options);
        probe.connection().doubt(); // nothing to doubt
        probe.open();
        QVERIFY(probe.waitForLive());
        probe.connection().doubt();
        QTest::qWait(800);
        QVERIFY(probe.closed.isEmpty()); // it has answered

        server.peer()->fallSilent();
        probe.connection().doubt();
        QVERIFY(probe.waitForClosed());
        QCOMPARE(probe.closed.last().kind, Kind::ConnectionLost);
        probe.open();
        QVERIFY(probe.waitForLive());
        QCOMPARE(probe.live.last(), management); // resumed
    }
}

void tst_Stream::endsOfTheStream_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("condition");
    const auto row = [](const char *name, const QByteArray &bytes, Kind kind, const char *condition) {
        QTest::newRow(name) << bytes << int(kind) << QString::fromLatin1(condition);
    };
    row("closed", "</stream:stream>", Kind::ConnectionLost, "closed-by-server");
    row("conflict", streamError("conflict"), Kind::Conflict, "conflict");
    row("shutdown", streamError("system-shutdown"), Kind::ServerShutdown, "system-shutdown");
    row("full", streamError("resource-constraint"), Kind::ServiceFull, "resource-constraint");
    row("redirect", streamError("see-other-host", "evil.test"), Kind::Redirected, "evil.test");
    row("complaint", streamError("not-well-formed"), Kind::ProtocolViolation, "not-well-formed");
    row("no condition", "<stream:error/></stream:stream>", Kind::ProtocolViolation, "");
}

void tst_Stream::endsOfTheStream()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    QFETCH(QString, condition);
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->send(bytes);
    QVERIFY(probe.waitForClosed());
    QCOMPARE(int(probe.closed.last().kind), kind);
    QCOMPARE(probe.closed.last().condition, condition);
    QTest::qWait(100);
    QCOMPARE(server.connections(), 1); // it does not reconnect by itself
    QCOMPARE(probe.closed.size(), 1);
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), false);
    QVERIFY(!server.received(1).contains("previd"));
}

void tst_Stream::bombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("DTD") << QByteArray("<!DOCTYPE x [<!ENTITY a 'aaaa'>]>");
    QTest::newRow("DTD in a stanza") << QByteArray("<message><!DOCTYPE x></message>");
    QTest::newRow("entity") << QByteArray("<message><body>&lol;</body></message>");
    QTest::newRow("instruction") << QByteArray("<message><?php evil ?></message>");
    QTest::newRow("comment") << QByteArray("<message><!-- x --></message>");
    QTest::newRow("deep") << "<message>" + QByteArray("<x>").repeated(64) + QByteArray("</x>").repeated(64)
                                 + "</message>";
    QTest::newRow("very deep") << QByteArray("<message>" + QByteArray("<x>").repeated(50'000));
    QTest::newRow("wide") << QByteArray("<message>" + QByteArray("<x/>").repeated(50'000));
    QTest::newRow("long") << QByteArray("<message><body>" + QByteArray(300'000, 'x') + "</body></message>");
    QTest::newRow("attribute") << QByteArray("<message id='" + QByteArray(100'000, 'x') + "'/>");
    QTest::newRow("not UTF-8") << QByteArray("<message><body>\xC3\x28</body></message>");
    QTest::newRow("malformed") << QByteArray("<message><body></message>");
}

void tst_Stream::bombs()
{
    QFETCH(QByteArray, bytes);
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->send(bytes + message("after"));
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed.last().kind, Kind::ProtocolViolation);
    QVERIFY(probe.messages.isEmpty());
    QTRY_VERIFY(server.received().contains("<stream:error>"));
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), false);
}

void tst_Stream::whatPeopleSendIsSkippedTheSecondTime()
{
    // Anybody can put such a message into a room's archive: it must not keep us out for ever.
    const QByteArray poison = "<message type='chat' from='eve@chat.test/x'>" + QByteArray("<x>").repeated(70)
                              + QByteArray("</x>").repeated(70) + "</message>";
    const QByteArray large = message(QByteArray(400'000, 'x'));
    const QByteArray disorder =
        "<message type='chat' from='eve@chat.test/x'><body>x</body><x p:a='1'/></message>";
    LyingServer server(m_certificates);
    Probe probe(server);
    server.lies.onLive = [&](LyingPeer &peer) {
        peer.send(message("before") + poison + message("between") + large + disorder + message("after"));
    };
    probe.open();
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed.last().kind, Kind::ProtocolViolation);
    QCOMPARE(bodies(probe), QStringList{QStringLiteral("before")});
    probe.messages.clear();
    probe.open();
    QTRY_COMPARE(bodies(probe),
                 QStringList({QStringLiteral("before"), QStringLiteral("between"), QStringLiteral("after")}));
    QCOMPARE(probe.closed.size(), 1);
    // The skipped ones are counted (XEP-0198): carbons' answer, roster, and the six.
    server.peer()->send("<r xmlns='urn:xmpp:sm:3'/>");
    QTRY_COMPARE(lastAnswer(server.received(1)), server.peer()->stanzasSent() + 6);
    // What no person could send still ends it.
    server.peer()->send("<message><!-- x --></message>");
    QVERIFY(probe.waitForClosed());
}

void tst_Stream::wrongPlaces_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("features") << QByteArray("<stream:features/>");
    QTest::newRow("success") << QByteArray("<success xmlns='urn:xmpp:sasl:2'/>");
    QTest::newRow("challenge") << QByteArray(
        "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>cj0x</challenge>");
    QTest::newRow("proceed") << QByteArray("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    QTest::newRow("enabled") << QByteArray(
        "<enabled xmlns='urn:xmpp:sm:3' id='x' location='evil.test:5222' resume='true'/>");
    QTest::newRow("resumed") << QByteArray("<resumed xmlns='urn:xmpp:sm:3' previd='x' h='0'/>");
    QTest::newRow("failed") << QByteArray("<failed xmlns='urn:xmpp:sm:3'/>");
    QTest::newRow("message of another namespace")
        << QByteArray("<message xmlns='jabber:server'><body>x</body></message>");
    QTest::newRow("unknown") << QByteArray("<x xmlns='urn:x'/>");
}

void tst_Stream::wrongPlaces()
{
    QFETCH(QByteArray, bytes);
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->send(bytes);
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed.last().kind, Kind::ProtocolViolation);
    QVERIFY(probe.messages.isEmpty());
}

void tst_Stream::forgedAnswers()
{
    LyingServer server(m_certificates);
    server.lies.hook = [](LyingPeer &peer, const QDomElement &element) {
        if (element.tagName() != u"iq" || !element.attribute(QStringLiteral("to")).startsWith(u"room@"))
            return false;
        const QByteArray id = element.attribute(QStringLiteral("id")).toUtf8();
        const auto info = [](const QByteArray &name) {
            return "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='conference' "
                   "type='text' name='"
                   + name + "'/><feature var='http://jabber.org/protocol/muc'/></query>";
        };
        for (const char *from : {"eve@evil.test/x", "conference.chat.test", "room@conference.chat.test/nick",
                                 "ada@chat.test", "chat.test", ""})
            peer.send("<iq type='result' id='" + id + "'"
                      + (*from ? " from='" + QByteArray(from) + "'" : QByteArray()) + ">" + info("forged")
                      + "</iq>");
        peer.send("<iq type='result' id='qxmpp1' from='room@conference.chat.test'>" + info("forged")
                  + "</iq>");
        // Another spelling of the same address is the same address.
        peer.send("<iq type='result' id='" + id + "' from='Room@CONFERENCE.chat.test'>" + info("genuine")
                  + "</iq>");
        peer.send("<iq type='result' id='" + id + "' from='room@conference.chat.test'>" + info("late")
                  + "</iq>");
        return true;
    };
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    auto room = probe.connection().discoverRoom(Jid::trusted(u"room@conference.chat.test"));
    QTRY_VERIFY(room.isFinished());
    QVERIFY(room.result().ok());
    QCOMPARE(room.result()->name, QStringLiteral("genuine"));
    QVERIFY(probe.closed.isEmpty());
}

void tst_Stream::requestsAreAnswered()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(50);
    server.peer()->send(
        "<iq type='get' id='q1' from='chat.test'><ping xmlns='urn:xmpp:ping'/></iq>"
        "<iq type='get' id='q2' from='eve@evil.test/x'><query xmlns='jabber:iq:version'/></iq>"
        "<iq type='set' id='q3' from='eve@evil.test/x'><evil xmlns='urn:evil'/></iq>"
        "<iq type='get' id='q4' from='chat.test'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>"
        "<iq type='get' id='q5' from='chat.test'><query xmlns='http://jabber.org/protocol/disco#info' "
        "node='x'/></iq>"
        "<iq type='result' id='q6' from='eve@evil.test/x'/><iq id='q7' from='eve@evil.test/x'/>"
        "<iq type='get' from='eve@evil.test/x'/>");
    QTRY_VERIFY(server.received().contains("\"q5\""));
    QTest::qWait(50);
    const QByteArray bytes = server.received();
    const auto answer = [&](const QByteArray &id) {
        const auto at = bytes.indexOf(QByteArray("\"" + id + "\""));
        const auto begin = bytes.lastIndexOf("<iq", at);
        return at < 0 ? QByteArray() : bytes.sliced(begin, bytes.indexOf("iq>", at) - begin);
    };
    QVERIFY(answer("q1").contains("result") || bytes.contains("q1"));
    QVERIFY(answer("q2").contains("service-unavailable"));
    QVERIFY(answer("q3").contains("service-unavailable"));
    QVERIFY(answer("q4").contains("category=\"client\""));
    QVERIFY(answer("q4").contains("urn:xmpp:bookmarks:1+notify"));
    QVERIFY(!answer("q4").contains("xhtml"));
    QVERIFY(answer("q5").contains("item-not-found"));
    QVERIFY(!bytes.contains("\"q6\""));
    QVERIFY(!bytes.contains("\"q7\""));
    QVERIFY(bytes.contains("http://jabber.org/protocol/caps"));
}

void tst_Stream::malformedSendersAreCounted()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(50);
    const int before = server.peer()->stanzasSent();
    server.peer()->send(message("a", "@chat.test") + message("b", "x@y@z/q") + message("c", "/")
                        + message("good") + "<presence from='@'/><r xmlns='urn:xmpp:sm:3'/>");
    QTRY_COMPARE(lastAnswer(server.received()), before + 5);
    QCOMPARE(bodies(probe), QStringList{QStringLiteral("good")});
}

void tst_Stream::earlyStanzasOfABoundStream()
{
    LyingServer server(m_certificates);
    server.lies.insteadOfSessionFeatures =
        message("one") + message("two") + "<stream:features/>" + message("three");
    Probe probe(server);
    QList<int> liveAt;
    connect(&probe.connection(), &Connection::live, this,
            [&](bool) { liveAt << int(probe.messages.size()); });
    probe.open();
    QTRY_COMPARE(bodies(probe),
                 QStringList({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
    QCOMPARE(liveAt, QList<int>{0});
    server.peer()->send("<r xmlns='urn:xmpp:sm:3'/>");
    QTRY_COMPARE(lastAnswer(server.received()), server.peer()->stanzasSent() + 3);

    LyingServer flooding(m_certificates);
    flooding.lies.insteadOfSessionFeatures = message("x").repeated(1000);
    Probe second(flooding);
    QCOMPARE(second.refused().kind, Kind::ProtocolViolation);
}

void tst_Stream::inactivityIsTold()
{
    LyingServer server(m_certificates);
    server.lies.insteadOfSessionFeatures = "<stream:features><csi xmlns='urn:xmpp:csi:0'/></stream:features>";
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    probe.connection().setActive(false);
    QTRY_VERIFY(server.received().contains("<inactive xmlns=\"urn:xmpp:csi:0\""));
    // A fresh stream begins as active (XEP-0352 5.1): told again.
    probe.connection().close();
    QVERIFY(probe.waitForClosed());
    probe.open();
    QVERIFY(probe.waitForLive());
    QTRY_VERIFY(server.received(1).contains("<inactive"));
    probe.connection().setActive(true);
    QTRY_VERIFY(server.received(1).contains("<active xmlns=\"urn:xmpp:csi:0\""));
}

void tst_Stream::nobodyFindsADeadStreamLive()
{
    LyingServer server(m_certificates);
    server.lies.management = false;
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(50);
    server.peer()->fallSilent();
    // Each answer leads to the next request, until there is nobody to ask.
    int answers = 0;
    std::function<void()> ask = [&] {
        probe.connection()
            .discoverRoom(Jid::trusted(u"room@conference.chat.test"))
            .then(&probe, [&](const auto &) {
                if (++answers < 5) ask();
            });
    };
    ask();
    auto sent = probe.say(QStringLiteral("lost"), QStringLiteral("id1"));
    server.peer()->cut();
    QVERIFY(probe.waitForClosed());
    QTRY_COMPARE(answers, 5);
    QVERIFY(sent.isFinished());
    QCOMPARE(sent.result().error().kind, Kind::ConnectionLost);
    // What was asked on the old stream confirms nothing on the new one.
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->fallSilent();
    auto second = probe.say(QStringLiteral("second"), QStringLiteral("id2"));
    QTest::qWait(100);
    QVERIFY(!second.isFinished());
}

void tst_Stream::burst()
{
    // No promise, but a reader that is quadratic would not get through: 10,000 messages, cut anywhere.
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(50);
    QByteArray bytes;
    for (int i = 0; i < 10'000; ++i)
        bytes += message("Καλημέρα 🦜 " + QByteArray::number(i));
    QElapsedTimer timer;
    timer.start();
    for (qsizetype at = 0; at < bytes.size(); at += 4093)
        server.peer()->send(bytes.sliced(at, qMin<qsizetype>(4093, bytes.size() - at)));
    QTRY_COMPARE_WITH_TIMEOUT(probe.messages.size(), 10'000, 30'000);
    qInfo("10,000 messages in %lld ms, server included", timer.elapsed());
    QCOMPARE(probe.messages.last().body, QString::fromUtf8("Καλημέρα 🦜 9999"));
    for (const auto &one : std::as_const(probe.messages))
        QVERIFY(!one.body.contains(QChar::ReplacementCharacter));
}

QTEST_GUILESS_MAIN(tst_Stream)
#include "tst_stream.moc"
