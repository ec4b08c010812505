// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"
#include "xmpp/wire.h"

#include <QDomDocument>
#include <QHash>

namespace Mingle {

/// Bookmarks of MUC rooms as private items of my own account (XEP-0402). What other clients put into them is kept.
/// Where there are none, those of XEP-0048 are read, from private storage (XEP-0049) or the account's node.
class BookmarkClient : public QObject
{
    Q_OBJECT
public:
    BookmarkClient(Wire &wire, QObject *parent);

    QFuture<Result<QList<Bookmark>>> bookmarks();
    QFuture<Outcome> putBookmark(const Bookmark &bookmark);
    QFuture<Outcome> removeBookmark(const Jid &room);

Q_SIGNALS:
    /// By another device of mine; needs the feature "urn:xmpp:bookmarks:1+notify" in our capabilities.
    void bookmarkChanged(const Mingle::Bookmark &bookmark);
    void bookmarkRemoved(const Mingle::Jid &room);

private:
    struct Item {
        QString id; ///< as published: maybe another spelling of the address
        Bookmark bookmark;
        QDomDocument published; ///< the <conference/> as it is; null: by nobody yet
    };

    Result<QList<Bookmark>> read(const QDomElement &iq);
    QFuture<Result<QList<Bookmark>>> readOld();
    QFuture<Result<QList<Bookmark>>> readOldNode();
    QFuture<Outcome> publish(const Bookmark &bookmark);
    void onMessage(const QDomElement &message, const Jid &from);
    void onItem(const QDomElement &item);
    void onRetract(const QDomElement &retract);

    Wire &m_wire;
    QHash<Jid, Item> m_items;
    bool m_loaded = false;
};

} // namespace Mingle
