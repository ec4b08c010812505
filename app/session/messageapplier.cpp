// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/messageapplier.h"

#include "session/noticerow.h"
#include "session/strangers.h"

namespace Mingle {

namespace {
using OptionalMessage = std::optional<Message>;

Message fromIncoming(const IncomingMessage &in, const ChatId &chat)
{
    Message message;
    message.chat = chat;
    message.author = in.author;
    message.body = in.body;
    message.time = in.time;
    message.archiveId = in.archiveId;
    message.originId = in.originId;
    message.stanzaId = in.stanzaId;
    message.threadId = in.threadId;
    message.replyTo = in.replyTo;
    message.mentions = in.mentions;
    if (in.author.isMe) message.delivery = in.archiveId.isEmpty() ? Delivery::Sent : Delivery::Archived;
    return message;
}
} // namespace

Jid MessageApplier::archiveOf(const IncomingMessage &message) const
{
    return message.kind == ChatKind::Person ? m_account : message.chat;
}

Result<Applied> MessageApplier::apply(const IncomingMessage &message, std::optional<qint64> order)
{
    if (message.error) return applyError(message);
    if (message.invitation) {
        const Outcome done = applyInvitation(message);
        return done ? Result<Applied>(Applied{}) : done.error();
    }
    if (!message.retracts.isEmpty()) return applyRetraction(message, order);
    if (message.subject && message.body.isEmpty()) return applySubject(message);
    if (message.body.isEmpty()) return Applied{};

    const auto known = stored(message);
    if (!known) return known.error();
    if (*known) return meetStored(message, **known, order);

    if (!message.replaces.isEmpty()) {
        const auto allowed = mayCorrect(message);
        if (!allowed) return allowed.error();
        if (*allowed) return applyCorrection(message, order);
    }
    return addNew(message, order);
}

Result<OptionalMessage> MessageApplier::stored(const IncomingMessage &message) const
{
    const MessageStore messages(m_tx);
    const ChatId chat = chatOf(message);
    if (!message.archiveId.isEmpty()) {
        auto found = messages.byArchiveId(chat, message.archiveId);
        if (!found || *found) return found;
    }
    if (message.author.isMe) {
        for (const QString &id : {message.originId, message.stanzaId}) {
            if (id.isEmpty()) continue;
            auto found = messages.mine(chat, id);
            if (!found || *found) return found;
        }
    }
    // A live copy without an archive id meets its archived one. By origin-id only within one author (XEP-0359 3:
    // anybody can repeat another's), and only if one of the two copies has no archive id.
    if (!message.originId.isEmpty() && message.author.stable) {
        auto found = messages.byOriginId(chat, message.author.key, message.originId);
        if (!found) return found;
        if (*found && ((*found)->archiveId.isEmpty() || message.archiveId.isEmpty())) return found;
    }
    if (message.route == IncomingMessage::Route::Live) return OptionalMessage{};
    auto likely = messages.likely(fromIncoming(message, chat));
    if (!likely || !*likely) return likely;
    return message.stanzaId == (*likely)->stanzaId ? likely : Result<OptionalMessage>(OptionalMessage{});
}

// The archived or reflected copy of something that is here already: takes the archive id, and my own message its
// place in the archive's order.
Result<Applied> MessageApplier::meetStored(const IncomingMessage &in, Message stored,
                                           std::optional<qint64> order)
{
    const Message before = stored;
    // My server archives what I send before it knows whether it arrives, and the copy says no more of that: neither of
    // what has bounced, nor, of one that is tried again, of the new try.
    const bool bounced = in.kind == ChatKind::Person && stored.delivery == Delivery::Failed;
    const bool formerCopy = !before.archiveId.isEmpty() && before.archiveId == in.archiveId;
    if (stored.archiveId.isEmpty() && !in.archiveId.isEmpty()) {
        stored.archiveId = in.archiveId;
        if (in.route != IncomingMessage::Route::Live) stored.time = in.time;
    }
    const bool settles = stored.author.isMe && stored.delivery != Delivery::Archived && !formerCopy
                         && !(bounced && !before.archiveId.isEmpty());
    if (settles) {
        if (!bounced) {
            stored.delivery = stored.archiveId.isEmpty() ? Delivery::Sent : Delivery::Archived;
            stored.failure = {};
        }
        stored.author = in.author;
        stored.author.isMe = true;
        if (order)
            stored.order = *order;
        else if (auto placed = placeAboveArchived(stored, archiveOf(in)); !placed)
            return placed.error();
    }
    if (stored.author.nick.isEmpty() && !in.author.nick.isEmpty()) stored.author = in.author;
    if (stored.archiveId != before.archiveId) { // a room is asked to take back by that id
        if (auto done = amend(stored, in.kind); !done) return done.error();
    }
    if (stored == before) return Applied{};
    return save(stored);
}

// While my message was on its way others may have been archived: it belongs below none of them. If it was written
// before this session began, what was missed meanwhile will be put there too. What I wrote after it and still waits
// stays behind it.
Outcome MessageApplier::placeAboveArchived(Message &message, const Jid &archiveAddress)
{
    MessageStore messages(m_tx);
    ArchiveStore archive(m_tx, {m_account, archiveAddress});
    const auto overtaken = messages.hasArchivedAbove(message.chat, message.order);
    if (!overtaken) return overtaken.error();
    const auto sessionStart = archive.placeForNewestPage();
    if (!sessionStart) return sessionStart.error();
    if (!*overtaken && message.order >= *sessionStart) return {};
    const qint64 former = message.order;
    const auto order = archive.nextOrder();
    if (!order) return order.error();
    message.order = *order;
    const auto waiting = messages.waiting(m_account, message.chat);
    if (!waiting) return waiting.error();
    for (Message later : *waiting) {
        if (later.row == message.row || later.order < former) continue;
        const auto next = archive.nextOrder();
        if (!next) return next.error();
        later.order = *next;
        if (auto saved = messages.update(later); !saved) return saved;
    }
    return {};
}

/// The address of somebody in a MIX channel is a number to whoever reads it.
Outcome MessageApplier::nameTalk(const IncomingMessage &in)
{
    const bool throughChannel = in.kind == ChatKind::Person && in.chat.local().contains(u'#');
    if (!throughChannel || in.author.isMe || in.author.nick.isEmpty()) return {};
    ChatStore chats(m_tx);
    auto chat = chats.find(chatOf(in));
    if (!chat) return chat.error();
    if (!*chat || !(*chat)->name.isEmpty()) return {};
    (*chat)->name = in.author.nick;
    return chats.update(**chat);
}

Result<Applied> MessageApplier::addNew(const IncomingMessage &in, std::optional<qint64> order)
{
    ChatStore chats(m_tx);
    const auto request = Strangers::requireChat(m_tx, chatOf(in), in);
    if (!request) return request.error();
    if (auto named = nameTalk(in); !named) return named.error();
    const auto nick = chats.nick(chatOf(in));
    if (!nick) return nick.error();
    Message message = fromIncoming(in, chatOf(in));
    message.mentionsMe = speaksToMe(in, {m_account, *nick});
    if (order) {
        message.order = *order;
    } else {
        const auto next = ArchiveStore(m_tx, {m_account, archiveOf(in)}).nextOrder();
        if (!next) return next.error();
        message.order = *next;
    }
    if (auto done = amend(message, in.kind); !done) return done.error();
    auto added = MessageStore(m_tx).add(message);
    if (!added) return added.error();
    // Whoever writes in a chat from another device has read it, also while this one was away. What came after it stays
    // unread.
    if (in.author.isMe) {
        if (auto read = chats.markRead(chatOf(in), added->row); !read) return read.error();
    }
    return Applied{Applied::What::Added, *added, *request};
}

// XEP-0308 5: only the author may correct. A nick alone proves nothing: it may be somebody else's by now. Words for a
// message that is not here wait for it; for one by somebody else they are a message of their own.
Result<bool> MessageApplier::mayCorrect(const IncomingMessage &in) const
{
    if (!in.author.stable) return false;
    const MessageStore messages(m_tx);
    const auto own = messages.byStanzaId(chatOf(in), in.author.key, in.replaces);
    if (!own) return own.error();
    if (*own) return true;
    const auto taken = AmendmentStore(m_tx).isMessage(chatOf(in), in.replaces);
    return taken ? Result<bool>(!*taken) : taken.error();
}

Result<Applied> MessageApplier::applyCorrection(const IncomingMessage &in, std::optional<qint64> order)
{
    Amendment correction = amendment(in, Amendment::Kind::Correction, in.replaces);
    correction.body = in.body;
    correction.mentions = in.mentions;
    return keep(in, correction, order,
                [&] { return MessageStore(m_tx).byStanzaId(chatOf(in), in.author.key, in.replaces); });
}

// XEP-0424 5: the author takes back; XEP-0425: the room does, for its moderators.
Result<Applied> MessageApplier::applyRetraction(const IncomingMessage &in, std::optional<qint64> order)
{
    if (!in.byModerator && !in.author.stable) return Applied{};
    Amendment retraction = amendment(in, Amendment::Kind::Retraction, in.retracts);
    retraction.byModerator = in.byModerator;
    return keep(in, retraction, order, [&] {
        const MessageStore messages(m_tx);
        return in.kind == ChatKind::Person ? messages.byStanzaId(chatOf(in), in.author.key, in.retracts)
                                           : messages.byArchiveId(chatOf(in), in.retracts);
    });
}

Amendment MessageApplier::amendment(const IncomingMessage &in, Amendment::Kind kind, const QString &target)
{
    Amendment result;
    result.kind = kind;
    result.target = target;
    result.authorKey = in.author.key;
    result.archiveId = in.archiveId;
    result.stanzaId = in.stanzaId;
    return result;
}

template<typename Find>
Result<Applied> MessageApplier::keep(const IncomingMessage &in, Amendment amendment,
                                     std::optional<qint64> order, Find find)
{
    if (auto there = Strangers::requireChat(m_tx, chatOf(in), in); !there) return there.error();
    if (!order) {
        const auto next = ArchiveStore(m_tx, {m_account, archiveOf(in)}).nextOrder();
        if (!next) return next.error();
        order = *next;
    }
    amendment.order = *order;
    const auto added = AmendmentStore(m_tx).add(chatOf(in), amendment);
    if (!added) return added.error();
    if (!*added) return Applied{}; // the archive hands it out again at every fetch
    const Result<OptionalMessage> target = find();
    if (!target) return target.error();
    if (!*target) return Applied{}; // waits
    Message message = **target;
    if (auto done = amend(message, in.kind); !done) return done.error();
    return message == **target ? Result<Applied>(Applied{}) : save(message);
}

// From all that was said of it, in the order of the archive and not of arrival: older pages come later.
Outcome MessageApplier::amend(Message &message, ChatKind kind) const
{
    const bool room = kind != ChatKind::Person;
    QStringList ids{message.stanzaId};
    if (room) ids.append(message.archiveId);
    const auto amendments = AmendmentStore(m_tx).of(message.chat, ids);
    if (!amendments) return amendments.error();
    for (const Amendment &amendment : *amendments) {
        const bool byAuthor = message.author.stable && amendment.authorKey == message.author.key;
        if (!byAuthor && !amendment.byModerator) continue;
        if (amendment.kind == Amendment::Kind::Correction && !message.retracted) {
            if (amendment.target != message.stanzaId || amendment.body == message.body) continue;
            if (!message.edited) message.replacedBody = message.body;
            message.body = amendment.body;
            message.mentions = amendment.mentions;
            message.edited = true;
        } else if (amendment.kind == Amendment::Kind::Retraction
                   && amendment.target == (room ? message.archiveId : message.stanzaId)) {
            message.retracted = true;
            message.body.clear();
            message.replacedBody.clear();
            message.mentions.clear();
            message.mentionsMe = false;
        }
    }
    return {};
}

// What the archive tells of long ago has been answered since, or forgotten.
Outcome MessageApplier::applyInvitation(const IncomingMessage &in)
{
    constexpr qint64 worthShowing = qint64(30) * 24 * 3600; // seconds
    const IncomingInvitation &invited = *in.invitation;
    const bool old = in.time.secsTo(QDateTime::currentDateTimeUtc()) > worthShowing;
    if (old && in.route == IncomingMessage::Route::Archive) return {};
    const auto done = ChatStore(m_tx).invite({m_account, invited.room}, invited.kind, invited.invitation);
    return done ? Outcome() : Outcome(done.error());
}

Result<Applied> MessageApplier::applySubject(const IncomingMessage &in)
{
    // The archive repeats old subjects; only the room's own word of now counts.
    if (in.route == IncomingMessage::Route::Archive || in.kind == ChatKind::Person) return Applied{};
    ChatStore chats(m_tx);
    auto chat = chats.find(chatOf(in));
    if (!chat) return chat.error();
    if (!*chat || (*chat)->subject == *in.subject) return Applied{};
    (*chat)->subject = *in.subject;
    if (auto saved = chats.update(**chat); !saved) return saved.error();
    if (in.route != IncomingMessage::Route::Live) return Applied{};
    return addNotice(Notice::SubjectChanged, in, *in.subject);
}

// A row for what happened while I was there; no archive has it.
Result<Applied> MessageApplier::addNotice(Notice notice, const IncomingMessage &in, const QString &what)
{
    Message row;
    row.chat = chatOf(in);
    row.author = in.author;
    row.notice = notice;
    row.body = what;
    row.time = in.time;
    const auto added = Mingle::addNotice(m_tx, row, {m_account, archiveOf(in)});
    return added ? Result<Applied>(Applied{}) : added.error();
}

// The sender of an error is the address itself, or the server that should have known it.
Result<OptionalMessage> MessageApplier::refusedMessage(const IncomingMessage &in, const QString &id) const
{
    const MessageStore messages(m_tx);
    auto mine = messages.mine(chatOf(in), id);
    if (!mine || *mine || in.kind != ChatKind::Person || !in.chat.local().isEmpty()) return mine;
    const auto chats = ChatStore(m_tx).all(m_account);
    if (!chats) return chats.error();
    for (const Chat &chat : *chats) {
        if (chat.isRoom() || chat.id.address.domain() != in.chat.domain()) continue;
        mine = messages.mine(chat.id, id);
        if (!mine || *mine) return mine;
    }
    return OptionalMessage{};
}

Result<Applied> MessageApplier::applyError(const IncomingMessage &in)
{
    const QString id = in.stanzaId.isEmpty() ? in.originId : in.stanzaId;
    if (id.isEmpty()) return Applied{};
    const auto mine = refusedMessage(in, id);
    if (!mine) return mine.error();
    if (!*mine) return Applied{};
    // What a room has sent back has arrived: an error for it is a lie. What went to a person is archived by my own
    // server, and may bounce later; but from a single device of theirs an error says nothing of the others.
    const Delivery delivery = (*mine)->delivery;
    const bool onItsWay = delivery == Delivery::Waiting || delivery == Delivery::Sent;
    const bool mayBounce = in.kind == ChatKind::Person && delivery == Delivery::Archived && in.from.isBare();
    if (!onItsWay && !mayBounce) return Applied{};
    Message message = **mine;
    message.delivery = Delivery::Failed;
    message.failure = *in.error;
    return save(message);
}

Result<Applied> MessageApplier::save(const Message &message)
{
    auto saved = MessageStore(m_tx).update(message);
    if (!saved) return saved.error();
    return Applied{Applied::What::Changed, message};
}

} // namespace Mingle
