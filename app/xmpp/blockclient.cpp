// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/blockclient.h"

#include "core/futures.h"
#include "xmpp/discoinfo.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

namespace Mingle {

namespace {
constexpr qsizetype maxBlocked = 20'000;
constexpr qsizetype maxReported = 20; ///< messages
constexpr int maxReportBytes = 4 * 1024;

QList<Jid> readItems(const QDomElement &list)
{
    QList<Jid> addresses;
    Dom::forEach(list, [&addresses](const QDomElement &item) {
        if (!Dom::is(item, u"item", Ns::blocking) || addresses.size() >= maxBlocked) return;
        if (const auto address = Jid::parse(item.attribute(QStringLiteral("jid"))))
            addresses.append(*address);
    });
    return addresses;
}

void writeReport(QXmlStreamWriter &xml, const BlockList::Report &report, const Jid &account)
{
    xml.writeStartElement(u"report");
    xml.writeDefaultNamespace(Ns::reporting);
    const bool spam = report.words.reason == AbuseReport::Reason::Spam;
    xml.writeAttribute(u"reason", spam ? u"urn:xmpp:reporting:spam" : u"urn:xmpp:reporting:abuse");
    for (const QString &id : report.archiveIds.first(std::min(report.archiveIds.size(), maxReported))) {
        xml.writeEmptyElement(u"stanza-id");
        xml.writeDefaultNamespace(Ns::stanzaIds);
        xml.writeAttribute(u"by", account.toString());
        xml.writeAttribute(u"id", id);
    }
    const QString text = Dom::cut(report.words.text.trimmed(), maxReportBytes);
    if (!text.isEmpty()) xml.writeTextElement(u"text", text);
    xml.writeEndElement();
}
} // namespace

BlockClient::BlockClient(Wire &wire, QObject *parent)
    : BlockList(parent)
    , m_wire(wire)
{
    connect(&wire, &Wire::iqSetReceived, this, &BlockClient::onIqSet);
}

QFuture<Result<BlockedPeople>> BlockClient::blockedPeople()
{
    const Jid server = Jid::parse(m_wire.ownAddress().domain()).value_or(Jid());
    if (server.isEmpty()) return answered(Result<BlockedPeople>(Error::Kind::ConnectionLost));
    PayloadIq iq(QXmppIq::Get, {}, [](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"blocklist");
        xml.writeDefaultNamespace(Ns::blocking);
    });
    // Both at once: that the server does not say what it can do is no reason to wait longer or to fail.
    auto info = requestDiscoInfo(m_wire, server);
    return m_wire.request(std::move(iq))
        .then(this,
              [this, info](const Result<QDomElement> &answer) {
                  if (!answer) return answered(Result<BlockedPeople>(answer.error()));
                  BlockedPeople people{readItems(Dom::child(*answer, u"blocklist", Ns::blocking)), false};
                  return QFuture<Result<DiscoInfo>>(info).then(
                      this, [people](const Result<DiscoInfo> &described) mutable -> Result<BlockedPeople> {
                          people.takesReports = described && described->has(Ns::reporting);
                          return people;
                      });
              })
        .unwrap();
}

QFuture<Outcome> BlockClient::block(const Jid &address, const std::optional<Report> &report)
{
    return change(u"block", address, report);
}

QFuture<Outcome> BlockClient::unblock(const Jid &address)
{
    return change(u"unblock", address, {});
}

QFuture<Outcome> BlockClient::change(QStringView command, const Jid &address,
                                     const std::optional<Report> &report)
{
    // 3.4: an unblock without an item would let everybody in.
    if (address.isEmpty()) return answered(Outcome(Error::Kind::InvalidAddress));
    const Jid account = m_wire.ownAddress().bare();
    PayloadIq iq(QXmppIq::Set, {}, [command, address, report, account](QXmlStreamWriter &xml) {
        xml.writeStartElement(command);
        xml.writeDefaultNamespace(Ns::blocking);
        xml.writeStartElement(u"item");
        xml.writeAttribute(u"jid", address.toString());
        if (report) writeReport(xml, *report, account);
        xml.writeEndElement();
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq)).then(this, [](const Result<QDomElement> &answer) {
        return Outcome(answer.error());
    });
}

void BlockClient::onIqSet(const QDomElement &iq, const Jid &from, bool *taken)
{
    const QDomElement block = Dom::child(iq, u"block", Ns::blocking);
    const QDomElement unblock = Dom::child(iq, u"unblock", Ns::blocking);
    if (block.isNull() && unblock.isNull()) return;
    // Only my own account may push, as with the roster (CVE-2015-8688). Others get the answer of nobody.
    if (!from.isEmpty() && from != m_wire.ownAddress().bare()) return;
    *taken = true;
    QXmppIq result(QXmppIq::Result);
    result.setId(iq.attribute(QStringLiteral("id")));
    m_wire.send(result);
    if (!block.isNull()) {
        const auto addresses = readItems(block);
        if (!addresses.isEmpty()) Q_EMIT blocked(addresses);
        return;
    }
    // 3.4: nothing in it means all of them; something that cannot be read does not.
    const auto addresses = readItems(unblock);
    if (!addresses.isEmpty() || unblock.firstChildElement().isNull()) Q_EMIT unblocked(addresses);
}

} // namespace Mingle
