// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/privateitems.h"

#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/namespaces.h"
#include "xmpp/privatenode.h"

#include <QTimer>

#include <algorithm>

namespace Mingle {

namespace {
constexpr qsizetype maxItems = 5000;
/// A change is made again so often because of changes made elsewhere; whoever changes without a pause wins.
constexpr int maxRepeats = 3;
/// Notices come before the answer to a request or right behind it. Where none comes the answer must do.
constexpr auto patience = std::chrono::seconds(5);

PayloadIq retractIq(const QString &node, const QString &id)
{
    return PayloadIq(QXmppIq::Set, {}, [node, id](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"retract");
        xml.writeAttribute(u"node", node);
        xml.writeAttribute(u"notify", u"true");
        xml.writeEmptyElement(u"item");
        xml.writeAttribute(u"id", id);
        xml.writeEndElement();
        xml.writeEndElement();
    });
}
} // namespace

PrivateItems::PrivateItems(Wire &wire, QStringView node, QStringView payload, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_node(node.toString())
    , m_payload(payload.toString())
{
    connect(&wire, &Wire::messageReceived, this, &PrivateItems::onMessage);
    connect(&wire, &Wire::ended, this, [this] {
        m_items.clear();
        m_order.clear();
        m_removing.clear();
        m_loaded = false;
    });
}

QFuture<Outcome> PrivateItems::load()
{
    return m_wire.request(pubsubItemsIq({}, m_node))
        .then(this, [this](const Result<QDomElement> &answer) -> Outcome {
            const auto kind = answer.error().kind;
            m_loaded |= answer.ok() || kind == Error::Kind::NotFound || kind == Error::Kind::Unsupported;
            if (!answer.ok()) return answer.error();
            read(*answer);
            return {};
        });
}

void PrivateItems::read(const QDomElement &iq)
{
    const auto before = std::exchange(m_items, {});
    m_order.clear();
    Dom::forEach(pubsubItems(iq), [&](const QDomElement &e) {
        const QString id = Dom::idAttribute(e, QStringLiteral("id"));
        const QDomElement payload = Dom::child(e, m_payload, m_node);
        if (id.isEmpty() || payload.isNull() || m_items.contains(id) || m_items.size() >= maxItems) return;
        Item item = before.value(id); // with what is on its way
        item.published = Dom::copyOf(payload);
        item.told = effective(item);
        store(id, item);
    });
    for (const auto &[id, item] : before.asKeyValueRange())
        if (!item.changes.isEmpty() && !m_items.contains(id)) store(id, item);
}

QDomDocument PrivateItems::made(const QDomElement &former, const QList<Write> &writes) const
{
    QDomDocument result;
    QDomElement last = former;
    for (const Write &write : writes) {
        QByteArray bytes;
        QXmlStreamWriter xml(&bytes);
        xml.writeStartElement(m_payload);
        xml.writeDefaultNamespace(m_node);
        write(xml, last);
        xml.writeEndElement();
        QDomDocument next;
        next.setContent(bytes, QDomDocument::ParseOptions(QDomDocument::ParseOption::UseNamespaceProcessing)
                                   | QDomDocument::ParseOption::PreserveSpacingOnlyNodes);
        result = next; // keeps the element alive that the next one reads
        last = result.documentElement();
    }
    return result;
}

QDomDocument PrivateItems::effective(const Item &item) const
{
    QList<Write> writes;
    for (const Change &change : item.changes)
        writes.append(change.writes);
    return writes.isEmpty() ? item.published : made(item.published.documentElement(), writes);
}

QDomElement PrivateItems::payload(const QString &id) const
{
    return m_items.value(id).told.documentElement();
}

QFuture<Outcome> PrivateItems::change(const QString &id, const Write &write, Makes makes)
{
    if (id.isEmpty() || !m_loaded) return answered<>(Outcome(Error::Kind::Internal));
    if (!m_items.contains(id) && makes == Makes::No) return answered<>(Outcome(Error::Kind::NotFound));
    m_removing.remove(id);
    return publish(id, {{write}, {}, makes, 0, 0, false});
}

QFuture<Outcome> PrivateItems::publish(const QString &id, Change change)
{
    Item item = m_items.value(id);
    change.number = ++m_numbers;
    item.changes.append(change);
    item.told = effective(item);
    item.changes.last().sent = item.told;
    store(id, item);
    return PrivateNode::publish(
               m_wire, this, m_node, id,
               [sent = item.told](QXmlStreamWriter &xml) { Dom::write(xml, sent.documentElement()); })
        .then(this, [this, id, number = change.number](const Outcome &outcome) {
            if (!outcome)
                dropChange(id, number);
            else
                QTimer::singleShot(patience, this, [this, id, number] {
                    const auto changes = m_items.value(id).changes;
                    const auto late = std::ranges::find(changes, number, &Change::number);
                    if (late != changes.end() && !late->echoed) echoed(id, late - changes.begin());
                });
            return outcome;
        });
}

// Refused, or nobody knows: then all is fetched anew with the next session.
void PrivateItems::dropChange(const QString &id, int number)
{
    const auto found = m_items.find(id);
    if (found == m_items.end()) return;
    found->changes.removeIf([number](const Change &change) { return change.number == number; });
    if (found->changes.isEmpty() && found->published.isNull()) return erase(id);
    found->told = effective(*found);
    settle(id);
}

QFuture<Outcome> PrivateItems::remove(const QString &id)
{
    erase(id);
    m_removing.insert(id);
    return m_wire.request(retractIq(m_node, id))
        .then(this, [this, id](const Result<QDomElement> &answer) -> Outcome {
            if (answer.ok())
                QTimer::singleShot(patience, this, [this, id] { m_removing.remove(id); });
            else
                m_removing.remove(id);
            const bool gone = answer.ok() || answer.error().kind == Error::Kind::NotFound;
            return gone ? Outcome() : Outcome(answer.error());
        });
}

void PrivateItems::onMessage(const QDomElement &message, const Jid &from)
{
    // XEP-0163 4.3: notices of my own account only; anybody else's are about their own items, or lies.
    if (!from.isEmpty() && from != m_wire.ownAddress().bare()) return;
    const QDomElement items =
        Dom::child(Dom::child(message, u"event", Ns::pubsubEvent), u"items", Ns::pubsubEvent);
    if (items.isNull() || items.attribute(QStringLiteral("node")) != m_node) return;
    Dom::forEach(items, [this](const QDomElement &e) {
        const QString id = Dom::idAttribute(e, QStringLiteral("id"));
        if (id.isEmpty()) return;
        if (e.localName() == u"retract") return onRetract(id);
        const QDomElement payload = Dom::child(e, m_payload, m_node);
        if (e.localName() == u"item" && !payload.isNull()) onItem(id, payload);
    });
}

void PrivateItems::onItem(const QString &id, const QDomElement &payload)
{
    if (m_removing.contains(id)) return; // it was there before it was removed
    Item item = m_items.value(id);
    const auto ours = std::ranges::find_if(item.changes, [&payload](const Change &change) {
        return !change.echoed && Dom::isSame(change.sent.documentElement(), payload);
    });
    if (ours != item.changes.end()) return echoed(id, ours - item.changes.begin());
    if (!m_items.contains(id) && m_items.size() >= maxItems) return;
    item.changes.removeIf(
        [](const Change &change) { return change.echoed; }); // whoever made this knew of those
    item.published = Dom::copyOf(payload);
    item.overtaken = !item.changes.isEmpty();
    store(id, item);
    tell(id);
}

void PrivateItems::echoed(const QString &id, qsizetype index)
{
    Item &item = m_items[id];
    for (qsizetype i = 0; i <= index; ++i)
        item.changes[i].echoed = true;
    settle(id);
}

/// Nothing is on its way any more: what the server has now is what was sent last.
void PrivateItems::settle(const QString &id)
{
    const Item item = m_items.value(id);
    if (item.changes.isEmpty() || !std::ranges::all_of(item.changes, &Change::echoed)) return;
    const bool makes =
        std::ranges::any_of(item.changes, [](const Change &change) { return change.makes == Makes::Yes; });
    if (item.published.isNull() && !makes) { // removed elsewhere, and brought back by us without wanting to
        auto again = remove(id);
        Q_UNUSED(again)
        return;
    }
    Item settled;
    settled.told = item.told;
    settled.published = item.changes.last().sent;
    Change merged{{}, {}, makes ? Makes::Yes : Makes::No, 0, item.changes.last().repeats + 1, false};
    for (const Change &change : item.changes)
        merged.writes.append(change.writes);
    const QDomDocument wanted = effective(item);
    const bool undone =
        item.overtaken && !Dom::isSame(wanted.documentElement(), settled.published.documentElement());
    if (undone && merged.repeats <= maxRepeats) {
        settled.published = item.published;
        store(id, settled);
        auto again = publish(id, merged);
        Q_UNUSED(again) // if it fails, the server has what the notice of it said
        return;
    }
    store(id, settled);
    tell(id);
}

void PrivateItems::onRetract(const QString &id)
{
    if (m_removing.remove(id)) return;
    Item item = m_items.value(id);
    const bool known = !item.told.isNull();
    item.changes.removeIf([](const Change &change) { return change.echoed; });
    if (item.changes.isEmpty()) {
        erase(id);
    } else {
        item.published = {};
        item.told = {};
        item.overtaken = false;
        store(id, item);
    }
    if (known || !m_loaded) Q_EMIT removed(id);
}

void PrivateItems::store(const QString &id, const Item &item)
{
    if (!m_items.contains(id)) m_order.append(id);
    m_items.insert(id, item);
}

void PrivateItems::erase(const QString &id)
{
    if (m_items.remove(id)) m_order.removeOne(id);
}

void PrivateItems::tell(const QString &id)
{
    Item &item = m_items[id];
    const QDomDocument now = effective(item);
    if (Dom::isSame(now.documentElement(), item.told.documentElement())) return;
    item.told = now;
    Q_EMIT changed(id);
}

} // namespace Mingle
