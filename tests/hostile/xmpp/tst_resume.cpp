// SPDX-License-Identifier: GPL-3.0-or-later
// Going on with a broken stream (XEP-0198), with a server that is honest about it and with one that is not.
#include "hostile/lyingpeer.h"
#include "hostile/probe.h"

#include <QTest>

using namespace Mingle;
using namespace Mingle::Hostile;
using Kind = Error::Kind;

class tst_Resume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resumes_data();
    void resumes();
    void failedResumeSendsNothingOld_data();
    void failedResumeSendsNothingOld();
    void managementIsGone_data();
    void managementIsGone();
    void askedWhileTheLineIsDown();
    void answersLostWithTheLineAreNotWaitedForLong();
    void closedStreamIsNotResumed();
    void expiredStreamIsNotResumed();
    void resumesWithPasswordWhenTokenIsRefused();
    void featuresBehindResumption();
    void unreachableInBetween();
    void twoHundredTimes();
    void impossibleAcknowledgements_data();
    void impossibleAcknowledgements();
    void impossibleResume_data();
    void impossibleResume();

private:
    Certificates m_certificates;
};

void tst_Resume::resumes_data()
{
    QTest::addColumn<bool>("sasl2");
    QTest::newRow("sasl2") << true;
    QTest::newRow("sasl") << false;
}

void tst_Resume::resumes()
{
    QFETCH(bool, sasl2);
    LyingServer server(m_certificates);
    server.lies.sasl2 = sasl2;
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    auto first = probe.say(QStringLiteral("one"), QStringLiteral("id1"));
    QTRY_VERIFY(first.isFinished());
    QVERIFY(first.result().ok());
    const Jid bound = probe.connection().boundAddress();

    // Two messages that the server never sees, and the line is dead.
    QTRY_VERIFY(server.peer());
    server.peer()->fallSilent();
    auto second = probe.say(QStringLiteral("two"), QStringLiteral("id2"));
    auto third = probe.say(QStringLiteral("three"), QStringLiteral("id3"));
    QTest::qWait(50);
    probe.connection().abort();
    QTRY_COMPARE(probe.closed.size(), 1);
    QCOMPARE(probe.closed.last().kind, Kind::ConnectionLost);
    QVERIFY(!second.isFinished());
    QVERIFY(probe.connection().boundAddress().isEmpty());

    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live, (QList<bool>{false, true}));
    QCOMPARE(probe.connection().boundAddress(), bound);
    QTRY_VERIFY(third.isFinished());
    QVERIFY(second.result().ok());
    QVERIFY(third.result().ok());
    const QByteArray again = server.received(1);
    QVERIFY(!again.contains("one"));
    QCOMPARE(again.count("<body>two</body>"), 1);
    QCOMPARE(again.count("<body>three</body>"), 1);
    QVERIFY(again.indexOf("two") < again.indexOf("three"));
    QVERIFY(!again.contains("<presence"));
    QVERIFY(!again.contains("jabber:iq:roster"));

    // And it goes on as before, more than once.
    auto fourth = probe.say(QStringLiteral("four"), QStringLiteral("id4"));
    QTRY_VERIFY(fourth.isFinished());
    QVERIFY(fourth.result().ok());
    server.peer()->cut();
    QTRY_COMPARE(probe.closed.size(), 2);
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), true);
    QVERIFY(!server.received(2).contains("<body>"));
}

void tst_Resume::failedResumeSendsNothingOld_data()
{
    QTest::addColumn<bool>("sasl2");
    QTest::addColumn<bool>("bind2");
    QTest::addColumn<bool>("serverKnows"); // it says in <failed h=''/> what it had
    for (const bool knows : {false, true}) {
        const char *word = knows ? "with h" : "without h";
        QTest::addRow("bind2 %s", word) << true << true << knows;
        QTest::addRow("sasl2 %s", word) << true << false << knows;
        QTest::addRow("sasl %s", word) << false << false << knows;
    }
}

void tst_Resume::failedResumeSendsNothingOld()
{
    QFETCH(bool, sasl2);
    QFETCH(bool, bind2);
    QFETCH(bool, serverKnows);
    LyingServer server(m_certificates);
    server.lies.sasl2 = sasl2;
    server.lies.bind2 = bind2;
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(50);
    // Arrives, but is never acknowledged.
    server.lies.hook = [](LyingPeer &, const QDomElement &element) { return element.tagName() == u"r"; };
    auto arrived = probe.say(QStringLiteral("arrived"), QStringLiteral("id1"));
    QTRY_VERIFY(server.received().contains("arrived"));
    server.peer()->fallSilent();
    auto lost = probe.say(QStringLiteral("lost"), QStringLiteral("id2"));
    auto room = probe.connection().discoverRoom(Jid::trusted(u"room@conference.chat.test"));
    QTest::qWait(50);
    probe.connection().abort();
    QTRY_COMPARE(probe.closed.size(), 1);

    server.lies.hook = {};
    server.lies.refuseResume = true;
    if (!serverKnows) server.forgetSessions();
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live, (QList<bool>{false, false}));
    QCOMPARE(server.connections(), 2); // no third login for it
    QVERIFY(arrived.isFinished());
    QCOMPARE(arrived.result().ok(), serverKnows);
    QVERIFY(lost.isFinished());
    QCOMPARE(lost.result().error().kind, Kind::ConnectionLost);
    QTRY_VERIFY(room.isFinished());
    QCOMPARE(room.result().error().kind, Kind::ConnectionLost);
    QTRY_VERIFY(server.received(1).contains("jabber:iq:roster"));
    QTest::qWait(100);
    const QByteArray bytes = server.received(1);
    QVERIFY(bytes.contains("previd"));
    QVERIFY2(!bytes.contains("<message"), bytes.constData());
    QVERIFY(!bytes.contains("room@conference"));
    QCOMPARE(bytes.count("<presence"), 1);
    QCOMPARE(bytes.count("jabber:iq:roster"), 1);

    auto fresh = probe.say(QStringLiteral("fresh"), QStringLiteral("id3"));
    QTRY_VERIFY(fresh.isFinished());
    QVERIFY(fresh.result().ok());
}

void tst_Resume::managementIsGone_data()
{
    QTest::addColumn<bool>("sasl2");
    QTest::newRow("sasl2") << true;
    QTest::newRow("sasl") << false;
}

void tst_Resume::managementIsGone()
{
    // The server has been restarted without XEP-0198: nothing of the old count may be left.
    QFETCH(bool, sasl2);
    LyingServer server(m_certificates);
    server.lies.sasl2 = sasl2;
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(50);
    server.peer()->fallSilent();
    auto lost = probe.say(QStringLiteral("lost"), QStringLiteral("id1"));
    QTest::qWait(20);
    server.peer()->cut();
    QVERIFY(probe.waitForClosed());

    server.lies.management = false;
    server.forgetSessions();
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), false);
    QVERIFY(lost.isFinished());
    QCOMPARE(lost.result().error().kind, Kind::ConnectionLost);
    auto fresh = probe.say(QStringLiteral("fresh"), QStringLiteral("id2"));
    QTRY_VERIFY(fresh.isFinished());
    QVERIFY(fresh.result().ok());
    server.peer()->cut();
    QVERIFY(probe.waitForClosed());
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), false);
    QVERIFY(!server.received(2).contains("previd"));
}

/// It goes out when the stream is taken up, behind what the server has not acknowledged; or it is known not to have.
void tst_Resume::askedWhileTheLineIsDown()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTRY_VERIFY(server.peer());
    server.peer()->fallSilent();
    auto first = probe.say(QStringLiteral("before"), QStringLiteral("id1"));
    probe.connection().abort();
    QTRY_COMPARE(probe.closed.size(), 1);
    auto second = probe.say(QStringLiteral("meanwhile"), QStringLiteral("id2"));
    const auto bookmarks = probe.connection().bookmarks();
    QTest::qWait(20);
    QVERIFY(!first.isFinished() && !second.isFinished() && !bookmarks.isFinished());
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), true);
    QTRY_VERIFY(first.isFinished() && second.isFinished());
    QVERIFY(first.result().ok() && second.result().ok());
    const QByteArray again = server.received(1);
    QCOMPARE(again.count("<body>meanwhile</body>"), 1);
    QVERIFY(again.indexOf("before") < again.indexOf("meanwhile"));
    QCOMPARE(again.count("urn:xmpp:bookmarks:1"), 1);
}

void tst_Resume::answersLostWithTheLineAreNotWaitedForLong()
{
    LyingServer server(m_certificates);
    StreamOptions options;
    options.lost = std::chrono::milliseconds(200);
    Probe probe(server, options);
    probe.open();
    QVERIFY(probe.waitForLive());
    bool asked = false;
    server.lies.hook = [&asked](LyingPeer &, const QDomElement &element) {
        if (element.tagName() != u"iq") return false;
        return asked = true; // counted, and never answered
    };
    const auto bookmarks = probe.connection().bookmarks();
    QTRY_VERIFY(asked);
    QTest::qWait(2 * int(options.lost.count()));
    QVERIFY(!bookmarks.isFinished()); // as long as the line stands there is time
    server.peer()->cut();
    QTRY_COMPARE(probe.closed.size(), 1);
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), true);
    QTRY_VERIFY(bookmarks.isFinished());
    QCOMPARE(bookmarks.result().error().kind, Kind::Timeout);
}

void tst_Resume::closedStreamIsNotResumed()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    probe.connection().close();
    QVERIFY(probe.waitForClosed());
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), false);
    QVERIFY(!server.received(1).contains("previd"));
    // Broken off, and then ended by the person: nothing to resume either.
    probe.connection().abort();
    QTRY_COMPARE(probe.closed.size(), 2);
    probe.connection().close();
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed.last(), Error{});
    probe.open();
    QVERIFY(probe.waitForLive());
    QVERIFY(!server.received(2).contains("previd"));
}

void tst_Resume::expiredStreamIsNotResumed()
{
    LyingServer server(m_certificates);
    server.lies.resumeSeconds = 1;
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->fallSilent();
    auto sent = probe.say(QStringLiteral("old"), QStringLiteral("id1"));
    probe.connection().abort();
    QTRY_COMPARE(probe.closed.size(), 1);
    QTest::qWait(1200);
    probe.open();
    QVERIFY(probe.waitForLive());
    QVERIFY(!server.received(1).contains("previd"));
    QVERIFY(!server.received(1).contains("<message"));
    QVERIFY(sent.isFinished());
    QCOMPARE(sent.result().error().kind, Kind::ConnectionLost);
}

void tst_Resume::resumesWithPasswordWhenTokenIsRefused()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->cut();
    QTRY_COMPARE(probe.closed.size(), 1);
    server.lies.refuseTokens = true;
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), true);
    QCOMPARE(server.connections(), 3);
}

void tst_Resume::featuresBehindResumption()
{
    // prosody 13 does this; a second time it is a lie.
    for (const int times : {1, 2}) {
        LyingServer server(m_certificates);
        server.lies.behindResumed =
            QByteArray(
                "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>"
                "<mechanisms "
                "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>"
                "</stream:features>")
                .repeated(times);
        Probe probe(server);
        probe.open();
        QVERIFY(probe.waitForLive());
        server.peer()->cut();
        QTRY_COMPARE(probe.closed.size(), 1);
        probe.open();
        QVERIFY(probe.waitForLive());
        QCOMPARE(probe.live.last(), true);
        QTest::qWait(100);
        QTRY_COMPARE(probe.closed.size(), times);
        QVERIFY(!server.received(1).contains("xmpp-bind"));
        const QByteArray bytes = server.received(1);
        QVERIFY(!bytes.sliced(bytes.indexOf("</authenticate>")).contains("<enable"));
    }
}

void tst_Resume::unreachableInBetween()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    const quint16 port = server.port();
    server.peer()->cut();
    QTRY_COMPARE(probe.closed.size(), 1);
    server.close();
    QCOMPARE(probe.refused().kind, Kind::Timeout);
    QVERIFY(server.listen(QHostAddress::LocalHost, port));
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), true);
}

/// Under the leak checker as well. Most are resumed, some are not, some break while they log in; each message gets there once.
void tst_Resume::twoHundredTimes()
{
    constexpr int cycles = 200;
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QList<QFuture<Outcome>> said;
    int ended = 0; // streams that were not taken up again
    for (int i = 0; i < cycles; ++i) {
        QTRY_VERIFY(server.peer());
        if (i % 3 == 0) server.peer()->fallSilent(); // what is said now is lost with the line
        said << probe.say(QString::number(i), QStringLiteral("id-%1-").arg(i));
        if (i % 3 == 1) QTRY_VERIFY(said.last().isFinished());
        if (i % 20 == 19) {
            server.sessions.clear();
            ++ended;
        }
        if (i % 2)
            server.peer()->cut();
        else
            probe.connection().abort();
        QTRY_VERIFY(probe.connection().state() == Connection::State::Offline);
        const auto isSettled = [&probe] {
            const auto state = probe.connection().state();
            return state == Connection::State::Offline || state == Connection::State::Live;
        };
        const qsizetype live = probe.live.size();
        if (i % 10 == 5) { // and once more while it logs in
            probe.open();
            QTest::qWait(i % 7);
            if (server.peer()) server.peer()->cut();
            QTest::qWait(50); // it may be live, and not have noticed yet
            QTRY_VERIFY(isSettled());
        }
        if (probe.connection().state() == Connection::State::Offline) probe.open();
        QTRY_VERIFY(probe.live.size() > live && isSettled());
    }
    QCOMPARE(probe.live.count(false), 1 + ended);
    QTRY_VERIFY(std::ranges::all_of(said, &QFuture<Outcome>::isFinished));
    for (int i = 0; i < cycles; ++i) {
        const int arrived = int(server.received().count(QByteArray("id-" + QByteArray::number(i) + "-")));
        if (said[i].result()) // else it is known to be in doubt, and the archive decides
            QVERIFY2(arrived >= 1, qPrintable(QString::number(i)));
    }
    QVERIFY(std::ranges::count_if(said, [](const auto &one) { return one.result().ok(); }) >= cycles - ended);
}

void tst_Resume::impossibleAcknowledgements_data()
{
    QTest::addColumn<QByteArray>("h");
    QTest::newRow("above") << QByteArray("1000");
    QTest::newRow("far above") << QByteArray("4294967295");
    QTest::newRow("backwards") << QByteArray("0");
    QTest::newRow("no number") << QByteArray("many");
    QTest::newRow("negative") << QByteArray("-1");
    QTest::newRow("nothing") << QByteArray();
}

void tst_Resume::impossibleAcknowledgements()
{
    QFETCH(QByteArray, h);
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    auto honest = probe.say(QStringLiteral("one"), QStringLiteral("id1"));
    QTRY_VERIFY(honest.isFinished());
    server.lies.hook = [h](LyingPeer &peer, const QDomElement &element) {
        if (element.tagName() == u"r") peer.send("<a xmlns='urn:xmpp:sm:3' h='" + h + "'/>");
        return element.tagName() == u"r";
    };
    auto sent = probe.say(QStringLiteral("two"), QStringLiteral("id2"));
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed.last().kind, Kind::ProtocolViolation);
    QTRY_VERIFY(sent.isFinished());
    QVERIFY(!sent.result().ok());
    QTRY_VERIFY(server.received().contains("<stream:error>"));
}

void tst_Resume::impossibleResume_data()
{
    QTest::addColumn<bool>("sasl2");
    QTest::newRow("sasl2") << true;
    QTest::newRow("sasl") << false;
}

void tst_Resume::impossibleResume()
{
    QFETCH(bool, sasl2);
    LyingServer server(m_certificates);
    server.lies.sasl2 = sasl2;
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->fallSilent();
    auto sent = probe.say(QStringLiteral("one"), QStringLiteral("id1"));
    probe.connection().abort();
    QTRY_COMPARE(probe.closed.size(), 1);
    server.lies.resumedH = "77";
    QCOMPARE(probe.refused().kind, Kind::ProtocolViolation);
    QCOMPARE(probe.live.size(), 1);
    QVERIFY(!server.received(1).contains("<message"));
    QTRY_VERIFY(sent.isFinished());
    QVERIFY(!sent.result().ok());

    // And one that nobody asked for.
    LyingServer eager(m_certificates);
    eager.lies.sasl2 = false;
    eager.lies.insteadOfSessionFeatures = "<resumed xmlns='urn:xmpp:sm:3' previd='x' h='0'/>";
    Probe second(eager);
    QCOMPARE(second.refused().kind, Kind::ProtocolViolation);
    QVERIFY(second.live.isEmpty());
}

QTEST_GUILESS_MAIN(tst_Resume)
#include "tst_resume.moc"
