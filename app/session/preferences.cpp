// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/preferences.h"

#include "core/futures.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
constexpr qsizetype maxKept = 10'000; // bookmarks and all others, as many as are read of each

/// What the server holds, but for what has been chosen here and was not told yet.
ChatPreference merged(const Chat &chat, const ChatPreference &kept)
{
    ChatPreference preference(chat);
    preference.takeFrom(kept, allPreferences & ~chat.untold);
    // A bookmark has a name also where nobody has chosen one: then it is the room's.
    if (!chat.isRoom() || preference.name == chat.name) preference.name.clear();
    return preference;
}

/// A bookmark of what is no MUC room here, or the reverse, is none: each is kept in its own place.
bool isOf(const Chat &chat, const KeptPreference &kept)
{
    return (chat.kind == ChatKind::Muc) == (kept.kind == ChatKind::Muc);
}

Outcome store(ChatStore &chats, Chat chat, const ChatPreference &preference, PreferenceParts untold)
{
    if (preference.former != chat.former) {
        const Outcome linked = chats.continueFrom(chat.id, {chat.id.account, preference.former});
        const auto kind = linked.error().kind;
        // A room that was never here, or comes after this one: it stays as it is.
        const bool cannot = kind == Error::Kind::NotFound || kind == Error::Kind::InvalidInput;
        if (!linked && !cannot) return linked;
        chat.former = preference.former;
    }
    if (ChatPreference(chat) == preference && chat.untold == untold) return {};
    chat.notify = preference.notify;
    chat.pinned = preference.pinned;
    chat.rank = preference.rank;
    chat.ownName = preference.name;
    chat.untold = untold;
    return chats.update(chat);
}
} // namespace

Preferences::Preferences(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    ChatPreferences *server = m_context.connection.preferences();
    connect(server, &ChatPreferences::received, this, &Preferences::take);
    connect(server, &ChatPreferences::changed, this, [this](const KeptPreference &kept) { take({kept}); });
    connect(&m_context.database.changes(), &ChangeFeed::changed, this, &Preferences::follow);
}

void Preferences::beginSession()
{
    ++m_session;
    m_kept.clear();
    m_telling.clear();
    m_refused.clear();
    m_loaded = false;
    auto read = m_context.database.write(
        [account = m_context.account](Transaction &tx) { return ChatStore(tx).all(account); });
    whenDone(read, this, [this, session = m_session](const Result<QList<Chat>> &chats) {
        if (session == m_session && chats) chatsRead(*chats);
    });
    whenDone(m_context.connection.preferences()->load(), this,
             [this, session = m_session](const Outcome &outcome) {
                 if (session != m_session || !outcome) return; // told with the next session then
                 m_loaded = true;
                 resumeSession();
             });
}

void Preferences::resumeSession()
{
    const auto waiting = m_waiting;
    for (const Chat &chat : waiting)
        tell(chat);
}

void Preferences::chatsRead(const QList<Chat> &chats)
{
    for (const Chat &chat : chats)
        followChat(chat);
}

void Preferences::follow(const QList<Change> &changes)
{
    for (const Change &change : changes) {
        if (const auto *changed = std::get_if<ChatChanged>(&change)) {
            if (changed->chat.id.account == m_context.account) followChat(changed->chat);
        } else if (const auto *removed = std::get_if<ChatRemoved>(&change)) {
            if (removed->chat.account != m_context.account) continue;
            const Jid chat = removed->chat.address;
            m_waiting.remove(chat);
            m_levels.remove(chat);
            const ChatKind kind = m_kinds.take(chat);
            if (kind == ChatKind::Person) continue; // only out of sight
            m_kept.remove(chat);
            Chat left;
            left.id = removed->chat;
            left.kind = kind;
            auto forgotten = m_context.connection.preferences()->forget(left);
            Q_UNUSED(forgotten) // what stays behind does no harm
        }
    }
}

void Preferences::followChat(const Chat &chat)
{
    const Jid address = chat.id.address;
    m_levels.insert(address, notifyLevel(chat));
    m_kinds.insert(address, chat.kind);
    // It came into being after its preference was heard of, or another device has been faster.
    const auto kept = m_kept.constFind(address);
    if (kept != m_kept.cend() && isOf(chat, *kept) && merged(chat, kept->preference) != ChatPreference(chat))
        apply({*kept});
    if (chat.untold == PreferenceParts()) {
        m_waiting.remove(address);
        return;
    }
    const Chat before = m_waiting.value(address);
    if (ChatPreference(before) != ChatPreference(chat) || before.listed != chat.listed)
        m_refused.remove(address);
    m_waiting.insert(address, chat);
    tell(chat);
}

bool Preferences::wantsAttention(const Jid &chat, ChatKind kind, bool mentionsMe) const
{
    return Mingle::wantsAttention(m_levels.value(chat, notifyLevel(NotifyWhen::Usual, kind, false)),
                                  mentionsMe);
}

// -- what other devices have chosen

void Preferences::take(const QList<KeptPreference> &preferences)
{
    QList<KeptPreference> taken;
    for (const KeptPreference &kept : preferences) {
        if (m_kept.size() >= maxKept && !m_kept.contains(kept.chat)) continue;
        m_kept.insert(kept.chat, kept);
        taken.append(kept);
    }
    if (!taken.isEmpty()) apply(taken);
}

namespace {
Outcome applyOne(ChatStore &chats, const ChatId &id, const KeptPreference &kept)
{
    auto stored = chats.find(id);
    if (!stored) return stored.error();
    if (!*stored) {
        // A favourite is there on all devices, also if nothing was said there yet. Rooms come by themselves.
        if (kept.kind != ChatKind::Person || !kept.preference.pinned) return {};
        const auto made = chats.ensure(id, ChatKind::Person);
        if (!made) return made.error();
        stored = std::optional(*made);
    }
    const Chat &known = **stored;
    return isOf(known, kept) ? store(chats, known, merged(known, kept.preference), known.untold) : Outcome();
}
} // namespace

void Preferences::apply(const QList<KeptPreference> &preferences)
{
    auto applied =
        m_context.database.write([account = m_context.account, preferences](Transaction &tx) -> Outcome {
            ChatStore chats(tx);
            for (const KeptPreference &kept : preferences)
                if (auto done = applyOne(chats, {account, kept.chat}, kept); !done) return done;
            return {};
        });
    Q_UNUSED(applied) // a full disk: it is fetched anew with the next session
}

// -- what is chosen here

QFuture<Outcome> Preferences::choose(const ChatId &chat, const ChatPreference &wanted, PreferenceParts parts)
{
    m_refused.remove(chat.address);
    return m_context.database.write([chat, wanted, parts](Transaction &tx) -> Outcome {
        ChatStore chats(tx);
        const auto stored = chats.find(chat);
        if (!stored) return stored.error();
        if (!*stored) return Error{Error::Kind::NotFound, QStringLiteral("no-chat"), chat.address.toString()};
        ChatPreference preference(**stored);
        preference.takeFrom(wanted, parts);
        if (!(*stored)->isRoom() || preference.name == (*stored)->name) preference.name.clear();
        if (!preference.pinned || preference.rank < 0 || preference.rank > maxRank) preference.rank = 0;
        if (preference == ChatPreference(**stored)) return {};
        return store(chats, **stored, preference, (*stored)->untold | parts); // follow() tells of it
    });
}

void Preferences::tell(const Chat &chat)
{
    const Jid address = chat.id.address;
    if (!m_loaded || m_telling.contains(address) || m_refused.contains(address)) return;
    if (m_context.connection.state() != Connection::State::Live) return;
    m_telling.insert(address);
    whenDone(m_context.connection.preferences()->put(chat, chat.untold), this,
             [this, chat, session = m_session](const Outcome &outcome) {
                 if (session == m_session) told(chat, outcome);
             });
}

void Preferences::told(const Chat &chat, const Outcome &outcome)
{
    const Jid address = chat.id.address;
    m_telling.remove(address);
    if (!outcome) {
        m_refused.insert(address); // it stays chosen here; the next session tries again
        return;
    }
    auto written = m_context.database.write([chat](Transaction &tx) -> Result<Chat> {
        ChatStore chats(tx);
        const auto stored = chats.find(chat.id);
        if (!stored) return stored.error();
        if (!*stored) return Error{Error::Kind::NotFound, {}, {}};
        Chat now = **stored;
        PreferenceParts done = chat.untold;
        // But for what was chosen anew while it was told.
        if (now.notify != chat.notify) done.setFlag(PreferencePart::Notify, false);
        if (now.pinned != chat.pinned || now.rank != chat.rank)
            done.setFlag(PreferencePart::Favourite, false);
        if (now.ownName != chat.ownName) done.setFlag(PreferencePart::Name, false);
        if (now.former != chat.former) done.setFlag(PreferencePart::Former, false);
        const PreferenceParts untold = now.untold & ~done;
        if (auto kept = store(chats, now, ChatPreference(now), untold); !kept) return kept.error();
        now.untold = untold;
        return now;
    });
    whenDone(written, this, [this](const Result<Chat> &now) {
        if (now && now->untold != PreferenceParts()) tell(*now);
    });
}

} // namespace Mingle
