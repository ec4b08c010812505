// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/readmarkclient.h"

#include "xmpp/discoinfo.h"
#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/namespaces.h"
#include "xmpp/privatenode.h"

namespace Mingle {

namespace {
constexpr qsizetype maxMarks = 5000;

/// XEP-0490 4.1: exactly one.
QDomElement onlyStanzaId(const QDomElement &displayed)
{
    QDomElement found;
    int count = 0;
    Dom::forEach(displayed, [&](const QDomElement &e) {
        if (!Dom::is(e, u"stanza-id", Ns::stanzaIds)) return;
        found = e;
        ++count;
    });
    return count == 1 ? found : QDomElement();
}
} // namespace

ReadMarkClient::ReadMarkClient(Wire &wire, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
{
    connect(&wire, &Wire::messageReceived, this, &ReadMarkClient::onMessage);
    connect(&wire, &Wire::ended, this, [this] { m_keepsPrivate.reset(); });
}

QFuture<Result<QList<ReadMark>>> ReadMarkClient::readMarks()
{
    using Answer = Result<QList<ReadMark>>;
    return m_wire.request(pubsubItemsIq({}, Ns::readMarks))
        .then(this, [this](const Result<QDomElement> &answer) -> Answer {
            // The node comes into being with the first mark.
            if (answer.error().condition == u"item-not-found") return QList<ReadMark>();
            if (!answer.ok()) return answer.error();
            QList<ReadMark> marks;
            Dom::forEach(pubsubItems(*answer), [&](const QDomElement &item) {
                if (const auto mark = read(item); mark && marks.size() < maxMarks) marks.append(*mark);
            });
            return marks;
        });
}

// 4.1: the item is named after the chat. The id is one of the room for a room, of my own account for anybody else.
std::optional<ReadMark> ReadMarkClient::read(const QDomElement &item) const
{
    const auto chat = Jid::parse(Dom::idAttribute(item, QStringLiteral("id")));
    if (!chat) return {}; // a full one: what an occupant of a room says in private (2)
    const QDomElement id = onlyStanzaId(Dom::child(item, u"displayed", Ns::readMarks));
    const auto by = Jid::parse(id.attribute(QStringLiteral("by")));
    const QString archiveId = Dom::idAttribute(id, QStringLiteral("id"));
    if (!by || archiveId.isEmpty()) return {};
    if (*by != *chat && *by != m_wire.ownAddress().bare()) return {};
    return ReadMark{*chat, *by, archiveId};
}

// 7: whether the server honours publish-options must be asked first, or the whole world might see what I read.
QFuture<Outcome> ReadMarkClient::putReadMark(const ReadMark &mark)
{
    if (mark.chat.isEmpty() || mark.archiveId.isEmpty())
        return answered<>(Outcome(Error::Kind::InvalidInput));
    if (m_keepsPrivate) return publish(mark);
    return requestDiscoInfo(m_wire, m_wire.ownAddress().bare())
        .then(this,
              [this, mark](const Result<DiscoInfo> &info) -> QFuture<Outcome> {
                  if (!info.ok()) return answered<>(Outcome(info.error()));
                  m_keepsPrivate = info->has(Ns::pubsubPublishOptions);
                  return publish(mark);
              })
        .unwrap();
}

QFuture<Outcome> ReadMarkClient::publish(const ReadMark &mark)
{
    if (!m_keepsPrivate.value_or(false))
        return answered<>(Outcome(Error::Kind::Unsupported, QStringLiteral("publish-options")));
    return PrivateNode::publish(m_wire, this, Ns::readMarks, mark.chat.toString(),
                                [mark](QXmlStreamWriter &xml) {
                                    xml.writeStartElement(u"displayed");
                                    xml.writeDefaultNamespace(Ns::readMarks);
                                    xml.writeEmptyElement(u"stanza-id");
                                    xml.writeDefaultNamespace(Ns::stanzaIds);
                                    xml.writeAttribute(u"by", mark.by.toString());
                                    xml.writeAttribute(u"id", mark.archiveId);
                                    xml.writeEndElement();
                                });
}

void ReadMarkClient::onMessage(const QDomElement &message, const Jid &from)
{
    // XEP-0163 4.3: notices of my own account only; anybody else could make my messages look read.
    if (!from.isEmpty() && from != m_wire.ownAddress().bare()) return;
    const QDomElement items =
        Dom::child(Dom::child(message, u"event", Ns::pubsubEvent), u"items", Ns::pubsubEvent);
    if (items.isNull() || items.attribute(QStringLiteral("node")) != Ns::readMarks) return;
    // 5.1: the state only moves forward, so what is retracted changes nothing.
    Dom::forEach(items, [this](const QDomElement &e) {
        if (e.localName() != u"item") return;
        if (const auto mark = read(e)) Q_EMIT readMarkChanged(*mark);
    });
}

} // namespace Mingle
