// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/messagerouter.h"

#include "xmpp/discoinfo.h"
#include "xmpp/dom.h"
#include "xmpp/mixdriver.h"
#include "xmpp/mucdriver.h"
#include "xmpp/namespaces.h"

#include <QTimer>

using namespace std::chrono_literals;

namespace Mingle {

namespace {
constexpr auto keptMessagesLast = 30s; ///< after login, until all that the server had kept is here
constexpr auto longestWait = 10s;
constexpr qsizetype maxWaiting = 500; ///< for one channel
constexpr qsizetype maxWaitingSize = 1024 * 1024; ///< of their texts, in code units
} // namespace

MessageRouter::MessageRouter(Wire &wire, MucDriver &muc, MixDriver &mix, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_mix(mix)
    , m_decoder(wire, muc, mix)
{
    connect(&wire, &Wire::ready, this, &MessageRouter::onReady);
    connect(&wire, &Wire::messageReceived, this, &MessageRouter::onMessage);
    connect(&mix, &MixDriver::authorsKnown, this, &MessageRouter::release);
    connect(&wire, &Wire::ended, this, [this] {
        const auto channels = m_waiting.keys();
        for (const Jid &channel : channels)
            release(channel);
    });
}

QByteArray MessageRouter::encode(const OutgoingMessage &message) const
{
    return writeMessage(message);
}

void MessageRouter::onReady(bool resumed)
{
    m_serverDelays = QDeadlineTimer(keptMessagesLast);
    if (resumed) return;
    m_decoder.setAccountStampsIds(true);
    requestDiscoInfo(m_wire, m_wire.ownAddress().bare()).then(this, [this](const Result<DiscoInfo> &answer) {
        if (answer.ok()) m_decoder.setAccountStampsIds(answer->has(Ns::stanzaIds));
    });
}

void MessageRouter::onMessage(const QDomElement &stanza, const Jid &from)
{
    if (auto message = decode(stanza, from)) deliver(*message);
}

std::optional<IncomingMessage> MessageRouter::decode(const QDomElement &stanza, const Jid &from)
{
    const MessageParts parts = readMessage(stanza);
    if (parts.archiveResult) return {}; // ArchiveClient's
    if (!parts.carbon.isNull()) {
        // XEP-0280 11: only my own account may tell what other devices of mine sent or got (CVE-2017-5589).
        if (!from.isEmpty() && from != m_wire.ownAddress().bare()) return {};
        const bool sent = parts.carbon.localName() == u"sent";
        return m_decoder.carbon(Dom::child(parts.carbon, u"forwarded", Ns::forward), sent);
    }
    if (parts.type == MessageParts::Type::Error) return m_decoder.failure(parts, stanza, from);
    m_decoder.setServerDelaysBelieved(!m_serverDelays.hasExpired());
    return m_decoder.live(parts, from);
}

void MessageRouter::deliver(const IncomingMessage &message)
{
    const bool mustWait = message.kind == ChatKind::Mix && !message.error
                          && (m_mix.isLoading(message.chat) || m_waiting.contains(message.chat));
    if (!mustWait) {
        Q_EMIT messageReceived(message);
        return;
    }
    auto &[waiting, size] = m_waiting[message.chat];
    if (waiting.isEmpty())
        QTimer::singleShot(longestWait, this, [this, channel = message.chat] { release(channel); });
    waiting.append(message);
    size += message.body.size();
    if (waiting.size() >= maxWaiting || size >= maxWaitingSize) release(message.chat);
}

void MessageRouter::release(const Jid &channel)
{
    auto messages = m_waiting.take(channel).messages;
    for (IncomingMessage &message : messages) {
        m_decoder.updateAuthor(message);
        Q_EMIT messageReceived(message);
    }
}

} // namespace Mingle
