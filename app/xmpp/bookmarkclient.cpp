// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/bookmarkclient.h"

#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/namespaces.h"
#include "xmpp/privatenode.h"

#include <optional>

namespace Mingle {

namespace {
constexpr qsizetype maxBookmarks = 5000;

Bookmark readConference(const QDomElement &conference, const Jid &room)
{
    Bookmark bookmark;
    bookmark.room = room;
    bookmark.name = Dom::cut(conference.attribute(QStringLiteral("name")), Dom::maxNameBytes);
    bookmark.autojoin = Dom::isTrue(conference.attribute(QStringLiteral("autojoin")));
    bookmark.nick = Dom::cut(Dom::childNamed(conference, u"nick").text(), Dom::maxNameBytes);
    bookmark.password = Dom::cut(Dom::childNamed(conference, u"password").text(), Dom::maxNameBytes);
    return bookmark;
}

bool isSame(const Bookmark &a, const Bookmark &b)
{
    return a.room == b.room && a.name == b.name && a.nick == b.nick && a.password == b.password
           && a.autojoin == b.autojoin;
}

/// A copy that outlives the stanza: elements do not keep their document alive.
QDomDocument copyOf(const QDomElement &element)
{
    QDomDocument document;
    document.appendChild(document.importNode(element, true));
    return document;
}

QList<Bookmark> readStorage(const QDomElement &storage)
{
    QList<Bookmark> bookmarks;
    Dom::forEach(storage, [&](const QDomElement &conference) {
        const auto room = Jid::parse(conference.attribute(QStringLiteral("jid")));
        if (conference.localName() == u"conference" && room && bookmarks.size() < maxBookmarks)
            bookmarks.append(readConference(conference, room->bare()));
    });
    for (Bookmark &bookmark : bookmarks)
        bookmark.fromOldList = true;
    return bookmarks;
}

/// What is ours, then everything else as it was (XEP-0402 3.4).
void writeConference(QXmlStreamWriter &xml, const Bookmark &bookmark, const QDomElement &former)
{
    const QString ns = Ns::bookmarks.toString();
    xml.writeStartElement(u"conference");
    xml.writeDefaultNamespace(ns);
    if (!bookmark.name.isEmpty()) xml.writeAttribute(u"name", bookmark.name);
    xml.writeAttribute(u"autojoin", bookmark.autojoin ? u"true" : u"false");
    if (!bookmark.nick.isEmpty()) xml.writeTextElement(u"nick", bookmark.nick);
    if (!bookmark.password.isEmpty()) xml.writeTextElement(u"password", bookmark.password);
    Dom::forEach(former, [&](const QDomElement &e) {
        const bool ours =
            e.namespaceURI() == ns && (e.localName() == u"nick" || e.localName() == u"password");
        if (!ours) Dom::write(xml, e, ns);
    });
    xml.writeEndElement();
}

PayloadIq retractIq(const QString &id)
{
    return PayloadIq(QXmppIq::Set, {}, [id](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"retract");
        xml.writeAttribute(u"node", Ns::bookmarks);
        xml.writeAttribute(u"notify", u"true");
        xml.writeEmptyElement(u"item");
        xml.writeAttribute(u"id", id);
        xml.writeEndElement();
        xml.writeEndElement();
    });
}

Outcome outcomeOf(const Result<QDomElement> &answer)
{
    return answer.ok() ? Outcome() : Outcome(answer.error());
}
} // namespace

BookmarkClient::BookmarkClient(Wire &wire, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
{
    connect(&wire, &Wire::messageReceived, this, &BookmarkClient::onMessage);
    connect(&wire, &Wire::ended, this, [this] {
        m_items.clear();
        m_loaded = false;
    });
}

QFuture<Result<QList<Bookmark>>> BookmarkClient::bookmarks()
{
    using Answer = Result<QList<Bookmark>>;
    return m_wire.request(pubsubItemsIq({}, Ns::bookmarks))
        .then(this,
              [this](const Result<QDomElement> &answer) -> QFuture<Answer> {
                  if (answer.ok()) return answered<QList<Bookmark>>(read(*answer));
                  const auto kind = answer.error().kind;
                  if (kind == Error::Kind::NotFound || kind == Error::Kind::Unsupported) return readOld();
                  return answered<QList<Bookmark>>(answer.error());
              })
        .unwrap();
}

Result<QList<Bookmark>> BookmarkClient::read(const QDomElement &iq)
{
    m_items.clear();
    m_loaded = true;
    Dom::forEach(pubsubItems(iq), [this](const QDomElement &item) {
        const QString id = Dom::idAttribute(item, QStringLiteral("id"));
        const QDomElement conference = Dom::child(item, u"conference", Ns::bookmarks);
        const auto room = Jid::parse(id);
        if (!room || conference.isNull() || m_items.size() >= maxBookmarks) return;
        m_items.insert(room->bare(), {id, readConference(conference, room->bare()), copyOf(conference)});
    });
    QList<Bookmark> bookmarks;
    for (const Item &item : std::as_const(m_items))
        bookmarks.append(item.bookmark);
    return bookmarks;
}

QFuture<Result<QList<Bookmark>>> BookmarkClient::readOld()
{
    using Answer = Result<QList<Bookmark>>;
    m_loaded = true; // there is nothing to keep
    PayloadIq iq(QXmppIq::Get, {}, [](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::privateStorage);
        xml.writeEmptyElement(u"storage");
        xml.writeDefaultNamespace(Ns::oldBookmarks);
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq))
        .then(this,
              [this](const Result<QDomElement> &answer) -> QFuture<Answer> {
                  const auto kind = answer.error().kind;
                  if (kind == Error::Kind::ConnectionLost || kind == Error::Kind::Timeout)
                      return answered<QList<Bookmark>>(answer.error());
                  if (!answer.ok()) return readOldNode();
                  const QDomElement query = Dom::child(*answer, u"query", Ns::privateStorage);
                  const auto bookmarks = readStorage(Dom::child(query, u"storage", Ns::oldBookmarks));
                  return bookmarks.isEmpty() ? readOldNode() : answered<QList<Bookmark>>(bookmarks);
              })
        .unwrap();
}

QFuture<Result<QList<Bookmark>>> BookmarkClient::readOldNode()
{
    using Answer = Result<QList<Bookmark>>;
    return m_wire.request(pubsubItemsIq({}, Ns::oldBookmarks))
        .then(this, [](const Result<QDomElement> &answer) -> Answer {
            // No answer is not an empty list: rooms would be taken for left.
            const auto kind = answer.error().kind;
            if (kind == Error::Kind::ConnectionLost || kind == Error::Kind::Timeout) return answer.error();
            if (!answer.ok()) return QList<Bookmark>();
            const QDomElement item = Dom::childNamed(pubsubItems(*answer), u"item");
            return readStorage(Dom::child(item, u"storage", Ns::oldBookmarks));
        });
}

QFuture<Outcome> BookmarkClient::putBookmark(const Bookmark &bookmark)
{
    if (bookmark.room.isEmpty()) return answered<>(Outcome(Error::Kind::InvalidAddress));
    if (m_loaded) return publish(bookmark);
    // Else what another client put into this bookmark would be lost.
    return bookmarks()
        .then(this,
              [this, bookmark](const Result<QList<Bookmark>> &known) -> QFuture<Outcome> {
                  return known.ok() ? publish(bookmark) : answered<>(Outcome(known.error()));
              })
        .unwrap();
}

QFuture<Outcome> BookmarkClient::publish(const Bookmark &bookmark)
{
    const Jid room = bookmark.room.bare();
    Item &item = m_items[room];
    if (item.id.isEmpty()) item.id = room.toString();
    item.bookmark = bookmark;
    item.bookmark.room = room;
    return PrivateNode::publish(m_wire, this, Ns::bookmarks, item.id, [item](QXmlStreamWriter &xml) {
        writeConference(xml, item.bookmark, item.published.documentElement());
    });
}

QFuture<Outcome> BookmarkClient::removeBookmark(const Jid &room)
{
    const Jid key = room.bare();
    const Item item = m_items.take(key);
    return m_wire.request(retractIq(item.id.isEmpty() ? key.toString() : item.id))
        .then(this, [](const Result<QDomElement> &answer) -> Outcome {
            if (!answer.ok() && answer.error().kind == Error::Kind::NotFound) return Outcome();
            return outcomeOf(answer);
        });
}

void BookmarkClient::onMessage(const QDomElement &message, const Jid &from)
{
    // XEP-0163 4.3: notices of my own account only; anybody else's are about their own bookmarks, or lies.
    if (!from.isEmpty() && from != m_wire.ownAddress().bare()) return;
    const QDomElement items =
        Dom::child(Dom::child(message, u"event", Ns::pubsubEvent), u"items", Ns::pubsubEvent);
    if (items.isNull() || items.attribute(QStringLiteral("node")) != Ns::bookmarks) return;
    Dom::forEach(items, [this](const QDomElement &e) {
        if (e.localName() == u"item")
            onItem(e);
        else if (e.localName() == u"retract")
            onRetract(e);
    });
}

void BookmarkClient::onItem(const QDomElement &e)
{
    const QString id = Dom::idAttribute(e, QStringLiteral("id"));
    const QDomElement conference = Dom::child(e, u"conference", Ns::bookmarks);
    const auto room = Jid::parse(id);
    if (!room || conference.isNull() || m_items.size() >= maxBookmarks) return;
    const Bookmark bookmark = readConference(conference, room->bare());
    Item &item = m_items[room->bare()];
    const bool isNews = !isSame(item.bookmark, bookmark); // else it is the echo of our own
    item = {id, bookmark, copyOf(conference)};
    if (isNews) Q_EMIT bookmarkChanged(bookmark);
}

void BookmarkClient::onRetract(const QDomElement &e)
{
    const auto room = Jid::parse(Dom::idAttribute(e, QStringLiteral("id")));
    if (!room) return;
    const bool known = m_items.remove(room->bare());
    if (known || !m_loaded) Q_EMIT bookmarkRemoved(room->bare());
}

} // namespace Mingle
