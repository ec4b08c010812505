// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/bookmarkclient.h"

#include "xmpp/chatextensions.h"
#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/namespaces.h"

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

bool isOurs(const QDomElement &e, QStringView ns)
{
    return e.namespaceURI() == ns && (e.localName() == u"nick" || e.localName() == u"password");
}

QDomElement extensionsOf(const QDomElement &conference)
{
    return Dom::child(conference, u"extensions", Ns::bookmarks);
}

/// What is ours, then everything else as it was (XEP-0402 3.4).
void writeConference(QXmlStreamWriter &xml, const QDomElement &former, const Bookmark &bookmark)
{
    const QString ns = Ns::bookmarks.toString();
    const Bookmark before = readConference(former, bookmark.room);
    const auto newOr = [](const QString &wanted, const QString &kept) {
        return wanted.isEmpty() ? kept : wanted;
    };
    const bool chosen = !before.name.isEmpty() && before.name != bookmark.formerName;
    const QString name = chosen ? before.name : newOr(bookmark.name, before.name);
    const QString nick = newOr(bookmark.nick, before.nick);
    const QString password = newOr(bookmark.password, before.password);
    Dom::writeAttributes(xml, former, {QStringLiteral("name"), QStringLiteral("autojoin")});
    if (!name.isEmpty()) xml.writeAttribute(u"name", name);
    xml.writeAttribute(u"autojoin", bookmark.autojoin ? u"true" : u"false");
    if (!nick.isEmpty()) xml.writeTextElement(u"nick", nick);
    if (!password.isEmpty()) xml.writeTextElement(u"password", password);
    Dom::forEach(former, [&](const QDomElement &e) {
        if (!isOurs(e, ns)) Dom::write(xml, e, ns);
    });
}

bool hasForeign(const QDomElement &old)
{
    bool found = false;
    Dom::forEach(old, [&](const QDomElement &e) { found |= e.namespaceURI() != Ns::oldBookmarks; });
    return found;
}

/// The first time, with what other clients had put into the old list: it goes where extensions are today.
void carryOver(QXmlStreamWriter &xml, const QDomElement &old, Bookmark bookmark)
{
    const Bookmark before = readConference(old, bookmark.room);
    if (bookmark.password.isEmpty()) bookmark.password = before.password;
    if (!before.name.isEmpty()) bookmark.name = before.name;
    writeConference(xml, {}, bookmark);
    if (!hasForeign(old)) return;
    xml.writeStartElement(u"extensions");
    Dom::forEach(old, [&](const QDomElement &e) {
        if (e.namespaceURI() != Ns::oldBookmarks) Dom::write(xml, e, Ns::bookmarks.toString());
    });
    xml.writeEndElement();
}

void writePreference(QXmlStreamWriter &xml, const QDomElement &former, const Chat &room,
                     PreferenceParts parts)
{
    const QString ns = Ns::bookmarks.toString();
    const QDomElement extensions = extensionsOf(former);
    const QString name = QStringLiteral("name");
    const bool setsName = parts.testFlag(PreferencePart::Name);
    Dom::writeAttributes(xml, former, setsName ? QStringList{name} : QStringList());
    // Other clients show nothing else.
    const QString called = room.ownName.isEmpty() ? room.name : room.ownName;
    if (setsName && !called.isEmpty()) xml.writeAttribute(name, called);
    Dom::forEach(former, [&](const QDomElement &e) {
        if (e != extensions) Dom::write(xml, e, ns);
    });
    xml.writeStartElement(u"extensions");
    Dom::writeAttributes(xml, extensions);
    ChatExtensions::write(xml, extensions, ChatPreference(room), parts,
                          notifyLevel(NotifyWhen::Usual, room.kind, room.isPrivate()));
    xml.writeEndElement();
}
} // namespace

BookmarkClient::BookmarkClient(Wire &wire, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_items(wire, Ns::bookmarks, u"conference", this)
{
    connect(&m_items, &PrivateItems::changed, this, &BookmarkClient::onChanged);
    connect(&m_items, &PrivateItems::removed, this, &BookmarkClient::onRemoved);
    connect(&wire, &Wire::ended, this, [this] {
        m_known.clear();
        m_old.clear();
    });
}

QFuture<Result<QList<Bookmark>>> BookmarkClient::bookmarks()
{
    using Answer = Result<QList<Bookmark>>;
    return m_items.load()
        .then(this,
              [this](const Outcome &outcome) -> QFuture<Answer> {
                  if (outcome) return answered<QList<Bookmark>>(read());
                  return m_items.isLoaded() ? readOld() : answered<QList<Bookmark>>(outcome.error());
              })
        .unwrap();
}

BookmarkClient::Known BookmarkClient::knownFrom(const QString &id, const Jid &room) const
{
    const QDomElement conference = m_items.payload(id);
    Known known{id, readConference(conference, room), ChatExtensions::read(extensionsOf(conference))};
    known.preference.name = known.bookmark.name;
    return known;
}

QList<Bookmark> BookmarkClient::read()
{
    m_known.clear();
    QList<Bookmark> bookmarks;
    QList<KeptPreference> preferences;
    const auto ids = m_items.ids();
    for (const QString &id : ids) {
        const auto parsed = Jid::parse(id);
        if (!parsed || m_known.contains(parsed->bare()))
            continue; // one room twice: all devices take the first
        const Jid room = parsed->bare();
        const Known known = knownFrom(id, room);
        m_known.insert(room, known);
        bookmarks.append(known.bookmark);
        preferences.append({room, ChatKind::Muc, known.preference});
    }
    Q_EMIT preferencesRead(preferences);
    return bookmarks;
}

QList<Bookmark> BookmarkClient::readStorage(const QDomElement &storage)
{
    QList<Bookmark> bookmarks;
    Dom::forEach(storage, [&](const QDomElement &conference) {
        const auto parsed = Jid::parse(conference.attribute(QStringLiteral("jid")));
        if (conference.localName() != u"conference" || !parsed || bookmarks.size() >= maxBookmarks) return;
        const Jid room = parsed->bare();
        if (m_old.contains(room)) return;
        m_old.insert(room, Dom::copyOf(conference));
        Bookmark bookmark = readConference(conference, room);
        bookmark.fromOldList = true;
        bookmarks.append(bookmark);
    });
    return bookmarks;
}

QFuture<Result<QList<Bookmark>>> BookmarkClient::readOld()
{
    using Answer = Result<QList<Bookmark>>;
    m_old.clear();
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
        .then(this, [this](const Result<QDomElement> &answer) -> Answer {
            // No answer is not an empty list: rooms would be taken for left.
            const auto kind = answer.error().kind;
            if (kind == Error::Kind::ConnectionLost || kind == Error::Kind::Timeout) return answer.error();
            if (!answer.ok()) return QList<Bookmark>();
            const QDomElement item = Dom::childNamed(pubsubItems(*answer), u"item");
            return readStorage(Dom::child(item, u"storage", Ns::oldBookmarks));
        });
}

// Else what another client put into a bookmark would be lost.
QFuture<Outcome> BookmarkClient::whenLoaded(const std::function<QFuture<Outcome>()> &then)
{
    if (m_items.isLoaded()) return then();
    return bookmarks()
        .then(this,
              [then](const Result<QList<Bookmark>> &known) -> QFuture<Outcome> {
                  return known.ok() ? then() : answered<>(Outcome(known.error()));
              })
        .unwrap();
}

QFuture<Outcome> BookmarkClient::putBookmark(const Bookmark &bookmark)
{
    if (bookmark.room.isEmpty()) return answered<>(Outcome(Error::Kind::InvalidAddress));
    return whenLoaded([this, bookmark] {
        const bool mayBeOld =
            bookmark.fromOldList && !m_known.contains(bookmark.room.bare()) && m_old.isEmpty();
        if (!mayBeOld) return publish(bookmark);
        return readOld()
            .then(this,
                  [this, bookmark](const Result<QList<Bookmark>> &old) {
                      return old ? publish(bookmark) : answered<>(Outcome(old.error()));
                  })
            .unwrap();
    });
}

QFuture<Outcome> BookmarkClient::publish(const Bookmark &bookmark)
{
    const Jid room = bookmark.room.bare();
    const QString known = m_known.value(room).id;
    const QString id = known.isEmpty() ? room.toString() : known;
    const QDomDocument old = m_old.value(room);
    auto done = m_items.change(
        id,
        [bookmark, old](QXmlStreamWriter &xml, const QDomElement &former) {
            const QDomElement before = old.documentElement();
            if (former.isNull() && !before.isNull())
                carryOver(xml, before, bookmark);
            else
                writeConference(xml, former, bookmark);
        },
        PrivateItems::Makes::Yes);
    const Known before = m_known.value(room);
    const Known now = knownFrom(id, room);
    m_known.insert(room, now);
    if (before.preference != now.preference) Q_EMIT preferenceChanged({room, ChatKind::Muc, now.preference});
    return done;
}

QFuture<Outcome> BookmarkClient::putPreference(const Chat &room, PreferenceParts parts)
{
    return whenLoaded([this, room, parts] { return publishPreference(room, parts); });
}

QFuture<Outcome> BookmarkClient::publishPreference(const Chat &room, PreferenceParts parts)
{
    const Jid address = room.id.address;
    const QString id = m_known.value(address).id;
    if (id.isEmpty()) return answered<>(Outcome(Error::Kind::NotFound));
    auto done = m_items.change(
        id,
        [room, parts](QXmlStreamWriter &xml, const QDomElement &former) {
            writePreference(xml, former, room, parts);
        },
        PrivateItems::Makes::No);
    const Known now = knownFrom(id, address);
    m_known.insert(address, now);
    Q_EMIT preferenceChanged({address, ChatKind::Muc, now.preference});
    return done;
}

QFuture<Outcome> BookmarkClient::removeBookmark(const Jid &room)
{
    const Jid key = room.bare();
    const QString known = m_known.take(key).id;
    m_old.remove(key);
    return m_items.remove(known.isEmpty() ? key.toString() : known);
}

void BookmarkClient::onChanged(const QString &id)
{
    const auto parsed = Jid::parse(id);
    if (!parsed) return;
    const Jid room = parsed->bare();
    const Known before = m_known.value(room);
    if (!before.id.isEmpty() && before.id != id) return; // the same room once more
    const Known now = knownFrom(id, room);
    m_known.insert(room, now);
    if (before.id.isEmpty() || !isSame(before.bookmark, now.bookmark)) Q_EMIT bookmarkChanged(now.bookmark);
    if (before.preference != now.preference) Q_EMIT preferenceChanged({room, ChatKind::Muc, now.preference});
}

void BookmarkClient::onRemoved(const QString &id)
{
    const auto parsed = Jid::parse(id);
    if (!parsed) return;
    const Jid room = parsed->bare();
    const QString known = m_known.value(room).id;
    if (!known.isEmpty() && known != id) return;
    m_known.remove(room);
    Q_EMIT bookmarkRemoved(room);
}

} // namespace Mingle
