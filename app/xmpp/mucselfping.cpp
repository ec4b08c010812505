// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mucselfping.h"

#include "xmpp/mucdriver.h"
#include "xmpp/payloadiq.h"

namespace Mingle {

namespace {
/// XEP-0410 3.2: what says that I am in there, or says nothing at all.
bool isStillIn(const Error &error)
{
    if (!error || error.kind == Error::Kind::Timeout || error.kind == Error::Kind::ConnectionLost)
        return true;
    const QString &condition = error.condition;
    return condition == u"service-unavailable" || condition == u"feature-not-implemented"
           || condition == u"item-not-found" || condition.startsWith(u"remote-server");
}
} // namespace

MucSelfPing::MucSelfPing(Wire &wire, MucDriver &driver, QObject *parent, const MucSelfPingTiming &timing)
    : QObject(parent)
    , m_wire(wire)
    , m_driver(driver)
    , m_timing(timing)
{
    connect(&driver, &GroupDriver::participantsReset, this, [this](const Jid &room) {
        m_heard[room].start();
        if (!m_timer.isActive()) m_timer.start(m_timing.look);
    });
    connect(&wire, &Wire::presenceReceived, this,
            [this](const QDomElement &, const Jid &from) { heard(from); });
    connect(&wire, &Wire::messageReceived, this, [this](const QDomElement &message, const Jid &from) {
        const bool bounced = message.attribute(QStringLiteral("type")) == u"error";
        if (!bounced) return heard(from);
        const bool notIn = from.isBare() && Wire::stanzaError(message).condition == u"not-acceptable";
        if (notIn && m_heard.contains(from)) ping(from); // XEP-0045 7.4
    });
    connect(&wire, &Wire::ended, this, [this] {
        m_heard.clear();
        m_timer.stop();
    });
    connect(&m_timer, &QTimer::timeout, this, &MucSelfPing::look);
}

void MucSelfPing::heard(const Jid &from)
{
    const auto room = m_heard.find(from.bare());
    if (room != m_heard.end()) room->start();
}

void MucSelfPing::look()
{
    m_heard.removeIf([this](const auto &room) { return !m_driver.isJoined(room.key()); });
    if (m_heard.isEmpty()) return m_timer.stop();
    if (!m_wire.isLive()) return;
    const auto rooms = m_heard;
    for (const auto &[room, since] : rooms.asKeyValueRange())
        if (since.durationElapsed() >= m_timing.silence) ping(room);
}

void MucSelfPing::ping(const Jid &room)
{
    const MucRoom *inside = m_driver.room(room);
    if (!inside) return;
    m_heard[room].start(); // not again before it is due
    const QString nick = inside->nick();
    PayloadIq iq(QXmppIq::Get, room.withResource(nick), [](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"ping");
        xml.writeDefaultNamespace(u"urn:xmpp:ping");
    });
    m_wire.request(std::move(iq)).then(this, [this, room, nick](const Result<QDomElement> &answer) {
        answered(room, nick, answer.error());
    });
}

void MucSelfPing::answered(const Jid &room, const QString &nick, const Error &error)
{
    const MucRoom *inside = m_driver.room(room);
    // Under another name by now, or entered anew meanwhile: what was asked says nothing of that.
    if (inside && inside->nick() == nick && !isStillIn(error)) m_driver.forgottenBy(room);
}

} // namespace Mingle
