// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/chatpreferences.h"
#include "xmpp/events.h"
#include "xmpp/privateitems.h"

#include <QDomDocument>
#include <QHash>

namespace Mingle {

/// Bookmarks of MUC rooms as private items of my own account (XEP-0402). What other clients put into them is kept.
/// Where there are none, those of XEP-0048 are read, from private storage (XEP-0049) or the account's node; the first
/// time such a room is published its password and what other clients have put beside it are carried over. Once there is
/// a node it is the truth: a server that converts (urn:xmpp:bookmarks:1#compat) fills the old list from it.
class BookmarkClient : public QObject
{
    Q_OBJECT
public:
    BookmarkClient(Wire &wire, QObject *parent);

    QFuture<Result<QList<Bookmark>>> bookmarks();
    /// An empty name, nick or password leaves what is there: a password is never stored here, so that after a restart
    /// only the server knows it. fromOldList: one that should be there and is not; the old list may still have it.
    QFuture<Outcome> putBookmark(const Bookmark &bookmark);
    QFuture<Outcome> removeBookmark(const Jid &room);

    /// NotFound without a bookmark: none is made for it.
    QFuture<Outcome> putPreference(const Chat &room, PreferenceParts parts);

Q_SIGNALS:
    /// By another device of mine; needs the feature "urn:xmpp:bookmarks:1+notify" in our capabilities.
    void bookmarkChanged(const Mingle::Bookmark &bookmark);
    void bookmarkRemoved(const Mingle::Jid &room);
    void preferencesRead(const QList<Mingle::KeptPreference> &preferences);
    void preferenceChanged(const Mingle::KeptPreference &preference);

private:
    struct Known {
        QString id; ///< as published: maybe another spelling of the address
        Bookmark bookmark;
        ChatPreference preference;
    };

    QList<Bookmark> read();
    QFuture<Result<QList<Bookmark>>> readOld();
    QFuture<Result<QList<Bookmark>>> readOldNode();
    QList<Bookmark> readStorage(const QDomElement &storage);
    QFuture<Outcome> whenLoaded(const std::function<QFuture<Outcome>()> &then);
    QFuture<Outcome> publish(const Bookmark &bookmark);
    QFuture<Outcome> publishPreference(const Chat &room, PreferenceParts parts);
    Known knownFrom(const QString &id, const Jid &room) const;
    void onChanged(const QString &id);
    void onRemoved(const QString &id);

    Wire &m_wire;
    PrivateItems m_items;
    QHash<Jid, Known> m_known;
    QHash<Jid, QDomDocument> m_old; ///< <conference/> of XEP-0048, until it is carried over
};

} // namespace Mingle
