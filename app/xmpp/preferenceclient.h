// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/bookmarkclient.h"
#include "xmpp/chatpreferences.h"

#include <optional>

namespace Mingle {

/// Preferences where they belong: of a MUC room inside its bookmark (XEP-0402 <extensions/>), of people and MIX channels
/// in a private node of our own, one item for each address, with the same elements (XEP-0492 2.1 wants <notify/> inside
/// an element that stands for a chat).
///
/// Why not in bookmarks, too, which XEP-0402 2 leaves open to "any particular groupchat protocol": clients take every
/// item for a MUC room. With autojoin they would try to enter a person or a channel as one at each login; without it
/// they list it among the rooms, and one that understands MIX is told by XEP-0402 4 to leave the channel at once. The
/// roster, where MIX channels are listed (XEP-0405), has no place for extensions. Other clients do not see this node,
/// and lose nothing by that.
class PreferenceClient : public ChatPreferences
{
    Q_OBJECT
public:
    PreferenceClient(Wire &wire, BookmarkClient &bookmarks, QObject *parent);

    QFuture<Outcome> load() override;
    QFuture<Outcome> put(const Chat &chat, PreferenceParts parts) override;
    QFuture<Outcome> forget(const Chat &chat) override;

private:
    std::optional<KeptPreference> read(const QString &id) const;
    QFuture<Outcome> publish(const Chat &chat, PreferenceParts parts);

    Wire &m_wire;
    BookmarkClient &m_bookmarks;
    PrivateItems m_items;
    std::optional<bool> m_keepsPrivate; ///< the server can; nothing: not asked yet
};

} // namespace Mingle
