// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "options.h"

#include "support/faults/localcopy.h"
#include "support/faults/realprofile.h"
#include "support/servers/peerprocess.h"
#include "support/servers/proxyprocess.h"
#include "support/servers/throwawayserver.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

namespace Mingle::Bench {

namespace {
using namespace Qt::StringLiterals;
using State = ConnectionStatus::State;

const Jid me = Jid::trusted(u"alice@chat.test");
constexpr int rooms = 20;
constexpr int perRoom = 30; // what is said while I am away

// Runs the event loop until it is so; milliseconds, or -1.
double waitFor(const std::function<bool()> &isSo, int limit = 60'000)
{
    QElapsedTimer timer;
    timer.start();
    while (!isSo()) {
        if (timer.hasExpired(limit)) return -1;
        QTest::qWait(1);
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

class Scene
{
public:
    explicit Scene(ThrowawayServer::Kind kind)
        : m_server(kind, {u"alice"_s, u"bob"_s})
        , m_bob(m_server, u"bob"_s, {{u"quiet"_s, true}})
        , m_proxy(m_server.port(u"tls"_s), 0)
        , m_suffix(kind == ThrowawayServer::Kind::Prosody ? u"_prosody"_s : QString())
    {
        follow();
    }

    QString failure() const { return m_server.failure() + m_bob.failure(); }

    /// Logged in once, in all rooms.
    bool setUp()
    {
        Account account = m_server.account(u"alice"_s);
        account.port = m_proxy.port();
        if (!m_profile.accounts->add(account, "pw-alice").result()) return false;
        for (int i = 0; i < rooms; ++i) {
            const QString room = u"room%1@"_s.arg(i) + m_server.service(ChatKind::Muc).toString();
            m_bob.does(u"create_muc"_s, {{u"room"_s, room}, {u"nick"_s, u"bob"_s}});
            if (!m_profile.accounts->joinRoom(me, Jid::trusted(room), u"alice"_s).result()) return false;
            m_rooms.append(room);
        }
        talk();
        return waitFor([this] { return isWhole(); }) >= 0;
    }

    void online(int roundTrip)
    {
        restart(roundTrip, {});
        m_proxy.command(u"reset"_s);
        QElapsedTimer timer;
        timer.start();
        (void)m_profile.accounts->load().result();
        const double live = waitFor([this] { return m_state == State::Live; });
        const QJsonObject count = m_proxy.command(u"count"_s);
        const bool asGoal = roundTrip == 100;
        print({u"login.online_ms_at%1"_s.arg(roundTrip) + m_suffix, live, u"ms"_s, asGoal ? 330.0 : -1,
               conditions(roundTrip)
                   + u", stored token, from starting the account to live; until then TLS and the login %1 "
                     u"bytes "
                     u"up, %2 down, of which the stream %3 and %4"_s.arg(count.value(u"up").toInt())
                         .arg(count.value(u"down").toInt())
                         .arg(m_report.bytesUp)
                         .arg(m_report.bytesDown)});
        if (asGoal)
            print({u"login.round_trips"_s + m_suffix,
                   double(m_report.roundTrips),
                   {},
                   3,
                   conditions(roundTrip)});
    }

    void allRooms(int roundTrip)
    {
        restart(roundTrip, [this] { talk(); });
        m_proxy.command(u"reset"_s);
        QElapsedTimer timer;
        timer.start();
        (void)m_profile.accounts->load().result();
        const double whole = waitFor([this] { return isWhole(); });
        const QJsonObject count = m_proxy.command(u"count"_s);
        print({u"login.rooms20_ms_at%1"_s.arg(roundTrip) + m_suffix, whole, u"ms"_s,
               roundTrip == 100 ? 900.0 : -1,
               conditions(roundTrip)
                   + u", from starting the account to the last 30 messages of each of 20 MUC rooms stored, "
                     u"%1 round "
                     "trips, %2 bytes up, %3 down"_s.arg(count.value(u"round_trips").toInt())
                         .arg(count.value(u"up").toInt())
                         .arg(count.value(u"down").toInt())});
    }

    /// One message in each room since: what is stored is not fetched again, but for the minute in which the two meet.
    void littleMissed(int roundTrip)
    {
        QTest::qWait(65'000);
        talk(1);
        (void)waitFor([this] { return isWhole(); });
        restart(roundTrip, [this] { talk(1); });
        m_proxy.command(u"reset"_s);
        (void)m_profile.accounts->load().result();
        (void)waitFor([this] { return isWhole(); });
        const QJsonObject count = m_proxy.command(u"count"_s);
        print({u"login.rooms20_little_bytes_down"_s + m_suffix, double(count.value(u"down").toInt()), u"B"_s,
               -1,
               conditions(roundTrip)
                   + u", 20 rooms with one message each missed, %1 round trips, %2 bytes up"_s
                         .arg(count.value(u"round_trips").toInt())
                         .arg(count.value(u"up").toInt())});
    }

    void reconnect(int roundTrip)
    {
        QList<double> tries;
        QList<double> lives;
        QJsonObject count;
        int resumed = 0;
        setDelay(roundTrip);
        for (int i = 0; i < 10; ++i) {
            QTest::qWait(500);
            m_proxy.command(u"reset"_s);
            m_proxy.command(u"cut"_s);
            (void)waitFor([this] { return m_state == State::WaitingToRetry; });
            tries.append(waitFor([this] { return m_state == State::Connecting; }));
            lives.append(waitFor([this] { return m_state == State::Live; }));
            count = m_proxy.command(u"count"_s);
            resumed += m_report.resumed;
        }
        print({u"reconnect.first_retry_ms"_s + m_suffix, median(tries), u"ms"_s, 1000,
               u"median of 10 cuts, from the cut to the next try"_s});
        print({u"reconnect.live_ms_at%1"_s.arg(roundTrip) + m_suffix, median(lives), u"ms"_s, -1,
               conditions(roundTrip) + u", from the try to resumed"_s});
        print({u"reconnect.round_trips"_s + m_suffix,
               double(m_report.roundTrips),
               {},
               3,
               conditions(roundTrip) + u", %1 of 10 resumed"_s.arg(resumed)});
        print({u"reconnect.bytes_up"_s + m_suffix, double(count.value(u"up").toInt()), u"B"_s, 3 * 1024,
               u"20 rooms, nothing to say; TLS and TCP's payload"_s});
    }

private:
    void follow()
    {
        QObject::connect(m_profile.accounts.get(), &Accounts::statusChanged, &m_context,
                         [this](const Jid &, const ConnectionStatus &status) { m_state = status.state; });
        QObject::connect(m_profile.accounts.get(), &Accounts::connectReported, &m_context,
                         [this](const Jid &, const ConnectReport &report) { m_report = report; });
    }

    void setDelay(int roundTrip) { m_proxy.command(u"delay %1"_s.arg(roundTrip / 2)); }

    void restart(int roundTrip, const std::function<void()> &meanwhile)
    {
        m_profile.stop();
        if (meanwhile) meanwhile();
        setDelay(roundTrip);
        m_state = State::Offline;
        m_profile.start();
        follow();
    }

    void talk(int count = perRoom)
    {
        for (const QString &room : std::as_const(m_rooms))
            m_bob.does(u"send_many"_s, {{u"to"_s, room},
                                        {u"type"_s, u"groupchat"_s},
                                        {u"count"_s, count},
                                        {u"body"_s, u"message {} that is as long as most of them are"_s}});
        m_said += count;
        // A server holds back what somebody says so quickly, and writes it down when it finds the time.
        for (const QString &room : std::as_const(m_rooms))
            while (archived(room) < m_said)
                QTest::qWait(200);
    }

    // How many messages the archive of this room holds; prosody does not count them.
    int archived(const QString &room)
    {
        const auto page =
            m_bob.run(u"mam"_s, {{u"archive"_s, room}, {u"max"_s, 250}, {u"before"_s, QString(u""_s)}});
        return int(page.value(u"messages").toArray().size());
    }

    bool isWhole() const
    {
        const auto found = m_profile.database->read([this](Statements &statements) -> Result<bool> {
            Query query(statements, u"SELECT count(*) FROM chats c WHERE "
                                    "(SELECT count(*) FROM messages m WHERE m.chat = c.id) >= ?"_s);
            query.bind(m_said);
            if (!query.next()) return query.error() ? Result<bool>(query.error()) : false;
            return query.value<int>(0) >= rooms;
        });
        const Result<bool> whole = found.result();
        return whole && *whole && m_state == State::Live;
    }

    QString conditions(int roundTrip) const
    {
        return u"%1, round trip %2 ms, direct TLS, %3"_s
            .arg(m_suffix.isEmpty() ? u"ejabberd with sqlite"_s : u"prosody"_s)
            .arg(roundTrip)
            .arg(machine());
    }

    ThrowawayServer m_server;
    PeerProcess m_bob;
    ProxyProcess m_proxy;
    RealProfile m_profile;
    QObject m_context;
    QString m_suffix;
    QStringList m_rooms;
    State m_state = State::Offline;
    ConnectReport m_report; ///< of the last connect
    int m_said = 0;
};

// packaging/dev bench login reconnect
void measureLogin()
{
    for (const auto kind : {ThrowawayServer::Kind::Ejabberd, ThrowawayServer::Kind::Prosody}) {
        Scene scene(kind);
        if (!scene.failure().isEmpty() || !scene.setUp()) {
            giveUp(u"login"_s, scene.failure() + u" or cannot enter the rooms"_s);
            continue;
        }
        for (const int roundTrip : {0, 20, 100, 300}) {
            scene.online(roundTrip);
            scene.allRooms(roundTrip);
        }
        scene.littleMissed(100);
        scene.reconnect(100);
    }
}
} // namespace

QList<Group> loginFigures()
{
    return {{{u"login.online_ms_at100"_s, u"login.round_trips"_s, u"login.rooms20_ms_at100"_s,
              u"reconnect.first_retry_ms"_s, u"reconnect.round_trips"_s, u"reconnect.bytes_up"_s},
             measureLogin}};
}

} // namespace Mingle::Bench
