// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/discoclient.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

namespace Mingle {

namespace {
constexpr qsizetype maxServices = 40;

bool carries(const DiscoInfo &info, ChatKind kind)
{
    if (kind == ChatKind::Mix) return info.isMix();
    // Gateways to other networks have rooms, too, but none of our own making.
    return info.isMuc() && !info.hasIdentity(u"conference", u"irc") && !info.hasIdentity(u"gateway", u"irc");
}

PayloadIq itemsIq(const Jid &address)
{
    return PayloadIq(QXmppIq::Get, address, [](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"query");
        xml.writeDefaultNamespace(Ns::discoItems);
    });
}
} // namespace

DiscoClient::DiscoClient(Wire &wire, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
{}

QStringList DiscoClient::features()
{
    return {
        Ns::muc.toString(),
        Ns::mixCore1.toString(), // XEP-0405 2.1: else a server need not hand on what channels send
        Ns::bookmarks.toString() + u"+notify",
        Ns::chats.toString() + u"+notify",
        Ns::readMarks.toString() + u"+notify",
        Ns::correction.toString(),
        Ns::retract1.toString(),
        Ns::reply.toString(),
        Ns::fallback.toString(),
        Ns::references.toString(),
        Ns::mentions.toString(),
        Ns::stanzaIds.toString(),
    };
}

QFuture<Result<RoomCard>> DiscoClient::discoverRoom(const Jid &address)
{
    using Answer = Result<RoomCard>;
    const Jid room = address.bare();
    if (room.local().isEmpty()) return answered<RoomCard>(Answer(Error::Kind::InvalidAddress));
    return requestDiscoInfo(m_wire, room)
        .then(this,
              [this, room](const Result<DiscoInfo> &plain) -> QFuture<Answer> {
                  if (plain.ok()) {
                      if (const auto info = roomCard(*plain, room)) return answered<RoomCard>(*info);
                  } else if (plain.error().kind != Error::Kind::Unsupported) {
                      return answered<RoomCard>(plain.error());
                  }
            // XEP-0369 6.3: some servers tell about a channel only under this node.
                  return requestDiscoInfo(m_wire, room, QStringLiteral("mix"))
                      .then(this, [room](const Result<DiscoInfo> &answer) -> Answer {
                          const auto info = answer.ok() ? roomCard(*answer, room) : std::nullopt;
                          return info ? Answer(*info)
                                      : Answer(Error::Kind::Unsupported, QStringLiteral("no-room"));
                      });
              })
        .unwrap();
}

QFuture<Result<Jid>> DiscoClient::roomService(ChatKind kind)
{
    using Answer = Result<Jid>;
    if (!m_wire.isLive()) return answered<Jid>(Answer(Error::Kind::ConnectionLost));
    const QString domain = m_wire.ownAddress().domain();
    if (std::exchange(m_domain, domain) != domain) m_services.clear();
    if (m_services.contains(kind)) return answered<Jid>(m_services.value(kind));
    const auto server = Jid::parse({}, domain);
    return m_wire.request(itemsIq(server.value_or(Jid())))
        .then(this,
              [this, kind](const Result<QDomElement> &answer) -> QFuture<Answer> {
                  if (!answer.ok()) return answered<Jid>(answer.error());
                  QList<Jid> services;
                  Dom::forEach(Dom::child(*answer, u"query", Ns::discoItems), [&](const QDomElement &item) {
                      const auto service = Jid::parse(item.attribute(QStringLiteral("jid")));
                      const bool isPlain = service && service->local().isEmpty() && service->isBare();
                      if (isPlain && !item.hasAttribute(QStringLiteral("node"))
                          && services.size() < maxServices)
                          services.append(*service);
                  });
                  return askServices(services, kind);
              })
        .unwrap();
}

QFuture<Result<Jid>> DiscoClient::askServices(const QList<Jid> &services, ChatKind kind)
{
    using Answer = Result<Jid>;
    if (services.isEmpty()) return answered<Jid>(Answer(Error::Kind::NotFound));
    QList<QFuture<Result<DiscoInfo>>> questions;
    for (const Jid &service : services)
        questions.append(requestDiscoInfo(m_wire, service));
    return QtFuture::whenAll(questions.begin(), questions.end())
        .then(this, [this, services, kind](const QList<QFuture<Result<DiscoInfo>>> &answers) -> Answer {
            // In the order of the server's list, which is that of its administrator.
            for (qsizetype i = 0; i < services.size(); ++i) {
                const Result<DiscoInfo> answer = answers[i].result();
                if (!answer.ok() || !carries(*answer, kind)) continue;
                m_services.insert(kind, services[i]);
                return services[i];
            }
            return Answer(Error::Kind::NotFound);
        });
}

} // namespace Mingle
