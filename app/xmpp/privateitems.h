// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/wire.h"

#include <QDomDocument>
#include <QHash>
#include <QSet>
#include <QXmlStreamWriter>

#include <functional>

namespace Mingle {

/// The items of one private node that several devices of mine, and other clients, change: as the server holds them, with
/// what is on its way there. All devices end up with what the server was given last (XEP-0060 sends notices in that
/// order). An item is only ever published whole, so a change made elsewhere at the same moment would be undone by ours: it
/// comes before the echo of ours, and then ours is made once more, to what the other one has published. All are equal
/// afterwards; only where somebody changes the item a third time within that moment, one of the changes may be lost.
class PrivateItems : public QObject
{
    Q_OBJECT
public:
    /// Writes the attributes and contents of a payload that was `former` (null: there was none).
    using Write = std::function<void(QXmlStreamWriter &, const QDomElement &former)>;
    enum class Makes { Yes, No }; ///< an item that is not there

    /// The payload is an element of that name in the node's namespace.
    PrivateItems(Wire &wire, QStringView node, QStringView payload, QObject *parent);

    /// Fetches all. NotFound where there is no node yet, Unsupported where there never will be: that is loaded, too.
    QFuture<Outcome> load();
    bool isLoaded() const { return m_loaded; }
    QStringList ids() const { return m_order; }
    /// With what is on its way; null if there is none.
    QDomElement payload(const QString &id) const;
    /// Only when loaded, else what others have put into the item is lost. NotFound without the item, unless it is made.
    QFuture<Outcome> change(const QString &id, const Write &write, Makes makes);
    /// Also ok if it was not there.
    QFuture<Outcome> remove(const QString &id);

Q_SIGNALS:
    /// By another device: payload() is another than when this or the caller last looked.
    void changed(const QString &id);
    void removed(const QString &id);

private:
    struct Change {
        QList<Write> writes;
        QDomDocument sent;
        Makes makes = Makes::Yes;
        int number = 0;
        int repeats = 0;
        bool echoed = false;
    };
    struct Item {
        QDomDocument published; ///< without the changes; null: nothing
        QList<Change> changes; ///< since then
        QDomDocument told; ///< what the owner knows
        bool overtaken = false; ///< published came from another device while changes were on their way
    };

    void read(const QDomElement &iq);
    QDomDocument made(const QDomElement &former, const QList<Write> &writes) const;
    QDomDocument effective(const Item &item) const;
    QFuture<Outcome> publish(const QString &id, Change change);
    void onMessage(const QDomElement &message, const Jid &from);
    void onItem(const QString &id, const QDomElement &payload);
    void onRetract(const QString &id);
    void echoed(const QString &id, qsizetype index);
    void settle(const QString &id);
    void dropChange(const QString &id, int number);
    void store(const QString &id, const Item &item);
    void erase(const QString &id);
    void tell(const QString &id);

    Wire &m_wire;
    const QString m_node;
    const QString m_payload;
    QHash<QString, Item> m_items;
    QStringList m_order; ///< as the server gave them
    QSet<QString> m_removing; ///< what still comes of these was sent before
    int m_numbers = 0;
    bool m_loaded = false;
};

} // namespace Mingle
