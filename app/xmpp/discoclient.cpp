// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/discoclient.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

namespace Mingle {

namespace {
constexpr qsizetype maxServices = 40;

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
                      const auto card = roomCard(*plain, room);
                      const bool both = (plain->isMuc() && plain->isMix())
                                        || m_integrated.contains(Jid::trusted(room.domain()));
                      if (card) return choose(room, *card, both);
                  } else if (plain.error().kind != Error::Kind::Unsupported) {
                      return answered<RoomCard>(plain.error());
                  }
            // XEP-0369 6.3: some servers tell about a channel only under this node.
                  return discoverChannel(room, Answer(Error::Kind::Unsupported, QStringLiteral("no-room")));
              })
        .unwrap();
}

QFuture<Result<RoomCard>> DiscoClient::discoverChannel(const Jid &room, const Result<RoomCard> &otherwise)
{
    return requestDiscoInfo(m_wire, room, QStringLiteral("mix"))
        .then(this, [room, otherwise](const Result<DiscoInfo> &answer) -> Result<RoomCard> {
            if (!answer.ok() || !answer->isMix()) return otherwise;
            auto card = roomCard(*answer, room);
            if (!otherwise.ok()) return *card;
            // The room is both at once, and has told more about itself as a room of the other kind.
            card = *otherwise;
            card->kind = ChatKind::Mix;
            return *card;
        });
}

/// A room that is both a channel and a room of the old kind (XEP-0369 6.3, XEP-0408) is joined the way that fits my
/// server.
QFuture<Result<RoomCard>> DiscoClient::choose(const Jid &room, const RoomCard &plain, bool both)
{
    if (!both) return answered<RoomCard>(plain);
    RoomCard card = plain;
    card.twin = room;
    return preferredKind()
        .then(this,
              [this, room, card](ChatKind preferred) {
                  if (preferred == ChatKind::Mix) return discoverChannel(room, card);
                  RoomCard old = card;
                  old.kind = ChatKind::Muc;
                  return answered<RoomCard>(old);
              })
        .unwrap();
}

QFuture<Result<Jid>> DiscoClient::twinOf(const Jid &room)
{
    using Answer = Result<Jid>;
    const Jid service = Jid::trusted(room.domain());
    return requestDiscoInfo(m_wire, service)
        .then(this,
              [this, room, service](const Result<DiscoInfo> &info) -> QFuture<Answer> {
                  if (!info.ok()) return answered<Jid>(Answer(info.error()));
                  const Jid mirror = info->mirror();
                  if (mirror.isEmpty()) return answered<Jid>(Answer(Jid()));
                  return requestDiscoInfo(m_wire, mirror)
                      .then(this, [room, service, mirror](const Result<DiscoInfo> &other) -> Answer {
                          if (!other.ok()) return other.error();
                          // One side alone could say it of any room.
                          if (other->mirror() != service) return Jid();
                          return Jid::parse(room.local(), mirror.domain()).value_or(Jid());
                      });
              })
        .unwrap();
}

void DiscoClient::addIntegrated(const Jid &service)
{
    if (m_integrated.size() < maxServices) m_integrated.insert(service);
}

void DiscoClient::forgetOtherAccount()
{
    const QString domain = m_wire.ownAddress().domain();
    if (std::exchange(m_domain, domain) == domain) return;
    m_services.clear();
    m_preferred.reset();
}

QFuture<ChatKind> DiscoClient::preferredKind()
{
    forgetOtherAccount();
    if (m_preferred) return QtFuture::makeReadyValueFuture(*m_preferred);
    // XEP-0405 4: told by the account; some servers tell it of themselves.
    QList<QFuture<Result<DiscoInfo>>> questions;
    for (const Jid &address : {m_wire.ownAddress().bare(), Jid::trusted(m_domain)})
        questions.append(requestDiscoInfo(m_wire, address));
    return QtFuture::whenAll(questions.begin(), questions.end())
        .then(this, [this](const QList<QFuture<Result<DiscoInfo>>> &answers) {
            bool known = false;
            bool offered = false;
            for (const auto &question : answers) {
                const Result<DiscoInfo> answer = question.result();
                known |= answer.ok();
                offered |= answer.ok() && answer->has(Ns::mixPam);
            }
            const ChatKind kind = offered ? ChatKind::Mix : ChatKind::Muc;
            if (known) m_preferred = kind;
            return kind;
        });
}

QFuture<Result<QList<Jid>>> DiscoClient::serviceAddresses(const Jid &server)
{
    return m_wire.request(itemsIq(server))
        .then(this, [](const Result<QDomElement> &answer) -> Result<QList<Jid>> {
            if (!answer.ok()) return answer.error();
            QList<Jid> services;
            Dom::forEach(Dom::child(*answer, u"query", Ns::discoItems), [&](const QDomElement &item) {
                const auto service = Jid::parse(item.attribute(QStringLiteral("jid")));
                const bool isPlain = service && service->local().isEmpty() && service->isBare();
                if (isPlain && !item.hasAttribute(QStringLiteral("node")) && services.size() < maxServices)
                    services.append(*service);
            });
            return services;
        });
}

QFuture<Result<Jid>> DiscoClient::roomService(ChatKind kind)
{
    using Answer = Result<Jid>;
    if (!m_wire.isLive()) return answered<Jid>(Answer(Error::Kind::ConnectionLost));
    forgetOtherAccount();
    if (m_services.contains(kind)) return answered<Jid>(m_services.value(kind));
    return serviceAddresses(Jid::trusted(m_domain))
        .then(this,
              [this, kind](const Result<QList<Jid>> &services) -> QFuture<Answer> {
                  if (!services.ok()) return answered<Jid>(services.error());
                  return askServices(*services, kind);
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
                if (!answer.ok() || !answer->carries(kind)) continue;
                m_services.insert(kind, services[i]);
                return services[i];
            }
            return Answer(Error::Kind::NotFound);
        });
}

} // namespace Mingle
