// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/preferenceclient.h"

#include "xmpp/chatextensions.h"
#include "xmpp/discoinfo.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

namespace Mingle {

namespace {
const QString kindName = QStringLiteral("kind");
const QString nameName = QStringLiteral("name");

void writeChat(QXmlStreamWriter &xml, const QDomElement &former, const Chat &chat, PreferenceParts parts)
{
    const bool setsName = parts.testFlag(PreferencePart::Name);
    Dom::writeAttributes(xml, former, setsName ? QStringList{kindName, nameName} : QStringList{kindName});
    xml.writeAttribute(kindName, chat.kind == ChatKind::Person ? u"person" : u"channel");
    if (setsName && !chat.ownName.isEmpty()) xml.writeAttribute(nameName, chat.ownName);
    ChatExtensions::write(xml, former, ChatPreference(chat), parts,
                          notifyLevel(NotifyWhen::Usual, chat.kind, chat.isPrivate()));
}
} // namespace

PreferenceClient::PreferenceClient(Wire &wire, BookmarkClient &bookmarks, QObject *parent)
    : ChatPreferences(parent)
    , m_wire(wire)
    , m_bookmarks(bookmarks)
    , m_items(wire, Ns::chats, u"chat", this)
{
    connect(&bookmarks, &BookmarkClient::preferencesRead, this, &ChatPreferences::received);
    connect(&bookmarks, &BookmarkClient::preferenceChanged, this, &ChatPreferences::changed);
    connect(&m_items, &PrivateItems::changed, this, [this](const QString &id) {
        if (const auto kept = read(id)) Q_EMIT changed(*kept);
    });
    connect(&m_items, &PrivateItems::removed, this, [this](const QString &id) {
        const auto chat = Jid::parse(id);
        if (chat && chat->isBare()) Q_EMIT changed({*chat, ChatKind::Mix, {}});
    });
    connect(&wire, &Wire::ended, this, [this] { m_keepsPrivate.reset(); });
}

std::optional<KeptPreference> PreferenceClient::read(const QString &id) const
{
    const auto chat = Jid::parse(id);
    // Other spellings are not what we write: two items of one chat would contradict each other.
    if (!chat || !chat->isBare() || chat->toString() != id) return {};
    const QDomElement payload = m_items.payload(id);
    const bool person = payload.attribute(kindName) == u"person" && !chat->local().isEmpty();
    KeptPreference kept{*chat, person ? ChatKind::Person : ChatKind::Mix, ChatExtensions::read(payload)};
    kept.preference.name = Dom::cut(payload.attribute(nameName), Dom::maxNameBytes);
    return kept;
}

QFuture<Outcome> PreferenceClient::load()
{
    return m_items.load().then(this, [this](const Outcome &outcome) -> Outcome {
        if (!m_items.isLoaded()) return outcome;
        QList<KeptPreference> all;
        const auto ids = m_items.ids();
        for (const QString &id : ids)
            if (const auto kept = read(id)) all.append(*kept);
        Q_EMIT received(all);
        return {};
    });
}

// XEP-0223 3: whether the server honours publish-options must be known, or others might see what I think of them.
QFuture<Outcome> PreferenceClient::put(const Chat &chat, PreferenceParts parts)
{
    if (chat.kind == ChatKind::Muc) return m_bookmarks.putPreference(chat, parts);
    if (m_keepsPrivate) return publish(chat, parts);
    return requestDiscoInfo(m_wire, m_wire.ownAddress().bare())
        .then(this,
              [this, chat, parts](const Result<DiscoInfo> &info) -> QFuture<Outcome> {
                  if (!info.ok()) return answered<>(Outcome(info.error()));
                  m_keepsPrivate = info->has(Ns::pubsubPublishOptions);
                  return publish(chat, parts);
              })
        .unwrap();
}

QFuture<Outcome> PreferenceClient::publish(const Chat &chat, PreferenceParts parts)
{
    if (!m_keepsPrivate.value_or(false))
        return answered<>(Outcome(Error::Kind::Unsupported, QStringLiteral("publish-options")));
    if (!m_items.isLoaded())
        return answered<>(Outcome(Error::Kind::ConnectionLost, QStringLiteral("not-loaded")));
    const QString id = chat.id.address.toString();
    auto done = m_items.change(
        id,
        [chat, parts](QXmlStreamWriter &xml, const QDomElement &former) {
            writeChat(xml, former, chat, parts);
        },
        PrivateItems::Makes::Yes);
    if (const auto kept = read(id)) Q_EMIT changed(*kept);
    return done;
}

QFuture<Outcome> PreferenceClient::forget(const Chat &chat)
{
    const QString id = chat.id.address.toString();
    if (chat.kind == ChatKind::Muc || !m_items.ids().contains(id)) return answered<>(Outcome());
    return m_items.remove(id);
}

} // namespace Mingle
