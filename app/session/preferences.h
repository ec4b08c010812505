// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "session/sessioncontext.h"
#include "xmpp/chatpreferences.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace Mingle {

/// Notification levels and favourites of one account's chats, in step with my other devices. The database is the truth of
/// this device: what is chosen here is stored first, as not told yet, and told as soon as there is a connection; what has
/// not been told outdoes what the server holds. Session thread.
class Preferences : public QObject
{
    Q_OBJECT
public:
    Preferences(const SessionContext &context, QObject *parent);

    /// A session began that did not resume the last one: asks what other devices have chosen meanwhile.
    void beginSession();
    /// The line is back, and the session with it.
    void resumeSession();
    /// The person has chosen. Ok as soon as it is stored; NotFound if there is no such chat.
    QFuture<Outcome> choose(const ChatId &chat, const ChatPreference &wanted, PreferenceParts parts);
    /// Whether a new message in this chat is worth a notification.
    bool wantsAttention(const Jid &chat, ChatKind kind, bool mentionsMe) const;

private:
    void chatsRead(const QList<Chat> &chats);
    void follow(const QList<Change> &changes);
    void followChat(const Chat &chat);
    void take(const QList<KeptPreference> &preferences);
    void apply(const QList<KeptPreference> &preferences);
    void tell(const Chat &chat);
    void told(const Chat &chat, const Outcome &outcome);

    SessionContext m_context;
    QHash<Jid, KeptPreference> m_kept; ///< on the server
    QHash<Jid, NotifyWhen> m_levels; ///< that count, of all chats
    QHash<Jid, ChatKind> m_kinds;
    QHash<Jid, Chat> m_waiting; ///< to be told
    QSet<Jid> m_telling;
    QSet<Jid> m_refused; ///< in this session, or told again when something changes
    bool m_loaded = false; ///< what the server holds outside of bookmarks is known
    int m_session = 0;
};

} // namespace Mingle
