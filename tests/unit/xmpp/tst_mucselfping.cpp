// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakerooms.h"
#include "xmpp/mucselfping.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}
} // namespace

class TestMucSelfPing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silentRoomsAreAsked()
    {
        FakeRooms f;
        MucSelfPing pings(f.wire, f.muc, nullptr, {20ms, 5ms});
        QSignalSpy removed(&f.muc, &GroupDriver::removed);
        f.goLive();
        f.enterMuc();
        QTRY_VERIFY(f.wire.pending(u"urn:xmpp:ping"_s) >= 0);
        const auto asked = f.wire.pending(u"urn:xmpp:ping"_s);
        QCOMPARE(f.wire.requests[asked].to, Jid::trusted(u"room@muc.example.org/Me"));
        f.wire.answer(asked, error(u"not-acceptable"_s));
        QTRY_COMPARE(removed.size(), 1);
        // As after a lost link: it is entered again in silence.
        QCOMPARE(removed.first().at(1).value<Error>().kind, Error::Kind::ConnectionLost);
        QVERIFY(!f.muc.isJoined(f.mucRoom));
    }

    void whatSaysNothingChangesNothing_data()
    {
        QTest::addColumn<QString>("condition");
        for (const auto *condition : {u"service-unavailable", u"feature-not-implemented", u"item-not-found",
                                      u"remote-server-not-found", u"remote-server-timeout"})
            QTest::newRow(qPrintable(QString(condition))) << QString(condition);
    }
    void whatSaysNothingChangesNothing()
    {
        QFETCH(QString, condition);
        FakeRooms f;
        MucSelfPing pings(f.wire, f.muc, nullptr, {20ms, 5ms});
        f.goLive();
        f.enterMuc();
        QTRY_VERIFY(f.wire.pending(u"urn:xmpp:ping"_s) >= 0);
        f.wire.answer(f.wire.pending(u"urn:xmpp:ping"_s), error(condition));
        QTest::qWait(5);
        QVERIFY(f.muc.isJoined(f.mucRoom));
    }

    void roomsThatSpeakAreNotAsked()
    {
        FakeRooms f;
        MucSelfPing pings(f.wire, f.muc, nullptr, {60s, 5ms});
        f.goLive();
        f.enterMuc();
        QTest::qWait(30);
        QCOMPARE(f.wire.pending(u"urn:xmpp:ping"_s), -1);
        // One that sends back what I said is asked at once; another's word counts for nothing.
        const auto bounce = u"<message type='error' id='x' from='%1'>%2</message>"_s;
        f.wire.receive(bounce.arg(u"room@muc.example.org/Ada"_s, error(u"not-acceptable"_s)));
        f.wire.receive(bounce.arg(u"eve@example.org"_s, error(u"not-acceptable"_s)));
        QCOMPARE(f.wire.pending(u"urn:xmpp:ping"_s), -1);
        f.wire.receive(bounce.arg(u"room@muc.example.org"_s, error(u"not-acceptable"_s)));
        QVERIFY(f.wire.pending(u"urn:xmpp:ping"_s) >= 0);
    }

    void answerFromAnEarlierStayIsNothing()
    {
        FakeRooms f;
        MucSelfPing pings(f.wire, f.muc, nullptr, {20ms, 5ms});
        f.goLive();
        f.enterMuc();
        QTRY_VERIFY(f.wire.pending(u"urn:xmpp:ping"_s) >= 0);
        const auto asked = f.wire.pending(u"urn:xmpp:ping"_s);
        f.wire.receive(u"<presence type='unavailable' from='room@muc.example.org/Me'>"
                       "<x xmlns='http://jabber.org/protocol/muc#user'><item nick='Other'/>"
                       "<status code='303'/><status code='110'/></x></presence>"_s);
        f.wire.answer(asked, error(u"not-acceptable"_s));
        QTest::qWait(5);
        QVERIFY(f.muc.isJoined(f.mucRoom));
    }
};

QTEST_GUILESS_MAIN(TestMucSelfPing)
#include "tst_mucselfping.moc"
