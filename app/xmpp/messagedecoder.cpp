// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/messagedecoder.h"

#include "xmpp/dom.h"
#include "xmpp/mixdriver.h"
#include "xmpp/mucdriver.h"
#include "xmpp/namespaces.h"

namespace Mingle {

namespace {
using Route = IncomingMessage::Route;

Jid addressOf(const QDomElement &stanza, const QString &attribute)
{
    return Jid::parse(stanza.attribute(attribute)).value_or(Jid());
}

bool isBy(const QString &by, const Jid &address)
{
    // The plain comparison spares parsing; only other spellings need it.
    return by == address.toString() || (!by.isEmpty() && Jid::parse(by) == address);
}

/// XEP-0359: of several the last, since a server adds its own after what the sender put in.
QString lastStanzaId(const MessageParts &parts, const Jid &by)
{
    for (auto it = parts.stanzaIds.crbegin(); it != parts.stanzaIds.crend(); ++it)
        if (isBy(it->by, by)) return it->id;
    return {};
}

template<typename IsTrusted>
QDateTime lastDelay(const MessageParts &parts, IsTrusted isTrusted)
{
    for (auto it = parts.delays.crbegin(); it != parts.delays.crend(); ++it)
        if (it->stamp.isValid() && isTrusted(it->from)) return it->stamp;
    return {};
}

/// <delay/> beside the message in <forwarded/> (XEP-0297), which nobody but the archive could put there.
QDateTime forwardedTime(const QDomElement &forwarded)
{
    return Dom::time(Dom::child(forwarded, u"delay", Ns::delay).attribute(QStringLiteral("stamp")));
}
} // namespace

MessageDecoder::MessageDecoder(Wire &wire, MucDriver &muc, MixDriver &mix)
    : m_wire(wire)
    , m_muc(muc)
    , m_mix(mix)
{}

std::optional<IncomingMessage> MessageDecoder::live(const MessageParts &parts, const Jid &from) const
{
    const Jid sender = from.isEmpty() ? me() : from;
    const Jid chat = sender.bare();
    if (parts.type == MessageParts::Type::Headline) return {};
    if (parts.type != MessageParts::Type::Groupchat)
        return person(parts, {Route::Live, chat, ChatKind::Person, sender, {}, liveTime(parts)}, me());

    if (m_mix.channel(chat))
        return room(parts, {Route::Live, chat, ChatKind::Mix, sender, {}, liveTime(parts)});
    if (!m_muc.room(chat)) return {}; // from a room I am not in: no room at all
    Source source{Route::Live, chat, ChatKind::Muc, sender, {}, liveTime(parts)};
    if (m_muc.isReplaying(chat)) {
        // 7.2.13: what the room replays on joining is delayed, and ends with the subject, which need not be.
        const QDateTime then =
            lastDelay(parts, [&](const QString &by) { return by.isEmpty() || isBy(by, chat); });
        const bool isSubject = parts.subject && parts.body.isEmpty();
        if (then.isValid()) {
            source.route = Route::History;
            source.time = then;
        }
        if (isSubject) source.route = Route::History; // as it has been for long
        if (isSubject || !then.isValid()) m_muc.endReplay(chat);
    }
    return room(parts, source);
}

std::optional<IncomingMessage> MessageDecoder::carbon(const QDomElement &forwarded, bool sent) const
{
    const QDomElement message = Dom::child(forwarded, u"message", Ns::client);
    if (message.isNull()) return {};
    const Jid from = addressOf(message, QStringLiteral("from"));
    const Jid to = addressOf(message, QStringLiteral("to"));
    // XEP-0280 7, 8: a copy of what I sent is from me, a copy of what I got is to me.
    if ((sent ? from.bare() : to.bare()) != me()) return {};
    const MessageParts parts = readMessage(message);
    if (parts.type != MessageParts::Type::Chat && parts.type != MessageParts::Type::Normal) return {};
    QDateTime time = forwardedTime(forwarded);
    if (!time.isValid()) time = liveTime(parts);
    return person(parts, {Route::Carbon, sent ? to.bare() : from.bare(), ChatKind::Person, from, {}, time},
                  to);
}

std::optional<IncomingMessage> MessageDecoder::archived(const QDomElement &forwarded, const Jid &archive,
                                                        ChatKind kind, const QString &resultId) const
{
    const QDomElement message = Dom::child(forwarded, u"message", Ns::client);
    if (message.isNull()) return {};
    const MessageParts parts = readMessage(message);
    const Jid from = addressOf(message, QStringLiteral("from"));
    QDateTime time = forwardedTime(forwarded);
    if (!time.isValid()) time = QDateTime::currentDateTimeUtc();
    if (kind == ChatKind::Person) {
        if (parts.type != MessageParts::Type::Chat && parts.type != MessageParts::Type::Normal) return {};
        const Jid to = addressOf(message, QStringLiteral("to"));
        const bool mine = from.isEmpty() || from.bare() == me();
        const Jid chat = mine ? (to.isEmpty() ? me() : to.bare()) : from.bare();
        return person(parts,
                      {Route::Archive, chat, kind, mine && from.isEmpty() ? me() : from, resultId, time}, to);
    }
    // A room archives what was said in it; anything from elsewhere has no business there.
    if (!from.isEmpty() && from.bare() != archive) return {};
    if (parts.type == MessageParts::Type::Error || parts.type == MessageParts::Type::Headline) return {};
    if (kind == ChatKind::Mix) {
        if (MixChannel *channel = m_mix.channel(archive); channel && parts.id != resultId)
            channel->denyIdsOfArchive();
    }
    return room(parts, {Route::Archive, archive, kind, from.isEmpty() ? archive : from, resultId, time});
}

std::optional<IncomingMessage> MessageDecoder::room(const MessageParts &parts, Source source) const
{
    // XEP-0425 3.1: moderation comes from the room itself; an occupant who says so lies. Only in an archive a message
    // of theirs may carry it: there it is what is left of that very message (XEP-0424 4).
    const bool tombstone = parts.tombstone && source.route == Route::Archive;
    if (parts.moderated && !tombstone && !source.from.resource().isEmpty()) return {};
    Author author = source.kind == ChatKind::Muc ? mucAuthor(parts, source) : mixAuthor(parts, source);
    if (source.route != Route::Archive) source.archiveId = roomArchiveId(parts, source);
    return finish(parts, std::move(source), std::move(author));
}

std::optional<IncomingMessage> MessageDecoder::person(const MessageParts &parts, Source source,
                                                      const Jid &to) const
{
    const Jid own = me();
    const bool mine = source.from.bare() == own;
    if (parts.invitation) return mine ? std::nullopt : invited(parts, std::move(source), to);
    if (!mine && source.route != Route::Live && !to.isEmpty() && to.bare() != own) return {};
    if (source.chat.isEmpty() || parts.moderated) return {};
    const bool isRoom = m_muc.isRoomAddress(source.chat) || m_mix.isChannelAddress(source.chat);
    if (isRoom || parts.mucUser) {
        const Jid other = mine ? to : source.from;
        return isRoom ? inPrivate(parts, std::move(source), other) : std::nullopt;
    }
    if (source.route != Route::Archive && m_accountStampsIds && !parts.notStored)
        source.archiveId = lastStanzaId(parts, own);
    Author author;
    author.key = source.from.bare().toString();
    if (!mine) author.nick = source.from.local().isEmpty() ? source.from.domain() : source.from.local();
    author.address = source.from.bare();
    author.isMe = mine;
    return finish(parts, std::move(source), std::move(author));
}

/// What an occupant of a room says in private is no talk with the room, but one with them in it (XEP-0045 7.5, XEP-0404 5).
std::optional<IncomingMessage> MessageDecoder::inPrivate(const MessageParts &parts, Source source,
                                                         const Jid &other) const
{
    const bool mine = source.from.bare() == me();
    const bool isMuc = m_muc.isRoomAddress(source.chat);
    const QString local = other.local();
    const QString id = local.first(std::max<qsizetype>(local.indexOf(u'#'), 0));
    // The room itself, or whoever it does not show, has nothing to say in private.
    if (isMuc ? other.isBare() : id.isEmpty()) return {};
    source.chat = isMuc ? other : other.bare();
    Author author;
    if (mine) {
        author.key = me().toString();
        author.address = me();
    } else if (isMuc) {
        Source seen = source;
        seen.chat = other.bare();
        author = mucAuthor(parts, seen);
        if (author.isMe) return {}; // to myself, in another guise
    } else {
        const Jid channel = Jid::parse(local.sliced(id.size() + 1), other.domain()).value_or(Jid());
        const MixChannel *known = m_mix.channel(channel);
        if (source.route == Route::Live && !(known && known->find(id))) return {};
        author.key = id;
        author.stable = true;
        author.nick = known ? known->nickOf(id) : QString();
    }
    author.isMe = mine;
    if (source.route == Route::Live && isMuc && !mine) { // only who is there says anything
        const MucRoom *room = m_muc.room(other.bare());
        if (!room || !room->find(other.resource())) return {};
    }
    if (source.route != Route::Archive && m_accountStampsIds && !parts.notStored)
        source.archiveId = lastStanzaId(parts, me());
    return finish(parts, std::move(source), std::move(author));
}

/// What asks me into a room is shown as that and nothing else: its words are for clients that know no better.
std::optional<IncomingMessage> MessageDecoder::invited(const MessageParts &parts, Source source,
                                                       const Jid &to) const
{
    using Way = InvitationParts::Way;
    const InvitationParts &invitation = *parts.invitation;
    if (!to.isEmpty() && to.bare() != me()) return {};
    if (source.route == Route::Carbon) return {}; // it came to all my devices
    const bool mediated = invitation.way == Way::Mediated;
    const Jid room = mediated ? source.from : invitation.room;
    // 7.8.2: a room speaks for itself; what an occupant writes comes from below its address.
    if (mediated && (!room.isBare() || room.local().isEmpty())) return {};
    if (!mediated && (m_muc.isRoomAddress(source.from.bare()) || m_mix.isChannelAddress(source.from.bare())))
        return {};
    if (invitation.way == Way::Channel && invitation.invitee != me()) return {};
    if (m_muc.room(room) || m_mix.channel(room)) return {};
    IncomingMessage message;
    message.route = source.route;
    message.chat = source.chat;
    message.from = source.from;
    message.archiveId = source.archiveId;
    if (source.route == Route::Live && m_accountStampsIds && !parts.notStored)
        message.archiveId = lastStanzaId(parts, me());
    message.time = source.time;
    IncomingInvitation &in = message.invitation.emplace();
    in.room = room;
    in.kind = invitation.way == Way::Channel ? ChatKind::Mix : ChatKind::Muc;
    in.invitation = {mediated ? invitation.inviter : source.from.bare(), invitation.text, invitation.token,
                     source.time};
    if (in.invitation.text.isEmpty() && invitation.way == Way::Channel)
        in.invitation.text = Dom::cut(parts.body, Dom::maxSubjectBytes);
    in.password = invitation.password;
    return message;
}

std::optional<IncomingMessage> MessageDecoder::failure(const MessageParts &parts, const QDomElement &stanza,
                                                       const Jid &from) const
{
    if (parts.id.isEmpty() || from.isEmpty()) return {};
    IncomingMessage message;
    message.chat = from.bare();
    // An occupant answers for what was said to them in private, and for nothing else.
    const bool ofMuc = m_muc.isRoomAddress(message.chat);
    const bool inPrivate = ofMuc ? !from.isBare() : from.local().contains(u'#');
    if (inPrivate && ofMuc) message.chat = from;
    message.kind = inPrivate                              ? ChatKind::Person
                   : m_mix.isChannelAddress(message.chat) ? ChatKind::Mix
                   : ofMuc                                ? ChatKind::Muc
                                                          : ChatKind::Person;
    // XEP-0045 7.4: the room itself refuses. An occupant knows the ids of my messages, and some services hand on to me
    // what he sends to my nick, errors included.
    if (message.kind != ChatKind::Person && !from.isBare()) return {};
    message.from = from;
    message.stanzaId = parts.id;
    message.time = QDateTime::currentDateTimeUtc();
    message.error = Wire::stanzaError(stanza);
    return message;
}

std::optional<IncomingMessage> MessageDecoder::finish(const MessageParts &parts, Source source,
                                                      Author author) const
{
    const bool isRoom = source.kind != ChatKind::Person;
    // XEP-0045 8.1: a subject alone changes it; beside a body it is the headline of a mail, not of a room.
    const bool subject = isRoom && parts.subject && parts.body.isEmpty() && parts.threadId.isEmpty();
    const bool tombstone = parts.tombstone && source.route == Route::Archive;
    if (parts.body.isEmpty() && parts.retracts.isEmpty() && !subject && !tombstone) return {};

    IncomingMessage message;
    message.route = source.route;
    message.chat = source.chat;
    message.kind = source.kind;
    message.author = std::move(author);
    message.from = source.from;
    message.stanzaId = parts.id;
    message.originId = parts.originId;
    if (message.originId.isEmpty() && message.author.isMe) message.originId = parts.submissionId;
    message.archiveId = source.archiveId;
    message.time = source.time;
    message.body = parts.body;
    if (subject) message.subject = parts.subject;
    message.replaces = parts.replaces;
    // An archived message that its archive has emptied takes back itself.
    message.retracts = tombstone ? source.archiveId : parts.retracts;
    message.byModerator = isRoom && parts.moderated && !message.retracts.isEmpty();
    message.threadId = parts.threadId;
    message.replyTo = parts.replyTo;
    addMentions(parts, message);
    return message;
}

void MessageDecoder::addMentions(const MessageParts &parts, IncomingMessage &message) const
{
    const MucRoom *muc = message.kind == ChatKind::Muc ? m_muc.room(message.chat) : nullptr;
    const MixChannel *mix = message.kind == ChatKind::Mix ? m_mix.channel(message.chat) : nullptr;
    for (const auto &reference : parts.mentions) {
        Mention mention{reference.begin, reference.end, reference.occupantId, {}, false};
        const auto target = Jid::parse(reference.target);
        const QString local = target ? target->local() : QString();
        const auto mark = local.indexOf(u'#');
        if (target && muc && target->bare() == message.chat) {
            if (mention.key.isEmpty()) mention.key = muc->keyOf(target->resource());
        } else if (target && mix && mark > 0 && local.sliced(mark + 1) == message.chat.local()
                   && target->domain() == message.chat.domain()) {
            mention.key = local.first(mark);
        } else if (target) {
            mention.address = target->bare();
        }
        const bool meByKey =
            !mention.key.isEmpty()
            && ((muc && mention.key == muc->keyOf(muc->nick())) || (mix && mention.key == mix->myId()));
        mention.isMe = meByKey || (!mention.address.isEmpty() && mention.address == me());
        if (!mention.key.isEmpty() || !mention.address.isEmpty()) message.mentions.append(mention);
    }
}

Author MessageDecoder::mucAuthor(const MessageParts &parts, const Source &source) const
{
    const MucRoom *room = m_muc.room(source.chat);
    Author author;
    author.nick = source.from.resource();
    if (author.nick.isEmpty()) { // the room speaks
        author.key = source.chat.toString();
        author.nick = source.chat.local();
        return author;
    }
    author.stable = room && room->traits().occupantIds && !parts.occupantId.isEmpty();
    author.key = author.stable ? parts.occupantId : u"nick:" % author.nick;
    // The nick is mine while I am in; of what was said earlier it says nothing.
    const bool isLive = source.route == Route::Live;
    if (author.stable)
        author.isMe = author.key == room->occupantId();
    else if (room && isLive)
        author.isMe = author.nick == room->nick();
    if (const Participant *known = room && isLive ? room->find(author.nick) : nullptr) {
        if (known->key == author.key) author.address = known->address;
    }
    if (source.route == Route::Archive && room && room->showsAddresses() && !parts.realAddress.isEmpty()) {
        // XEP-0313 6.1.2: the archive puts it there for those who may know it. To others only the sender could have.
        author.address = Jid::parse(parts.realAddress).value_or(Jid()).bare();
        // ejabberd gives everybody a new occupant-id when it starts anew: what I said before is mine all the same.
        const bool mine = author.address == me();
        author.isMe = author.stable ? author.isMe || (mine && author.nick == room->nick()) : mine;
    }
    return author;
}

Author MessageDecoder::mixAuthor(const MessageParts &parts, const Source &source) const
{
    // XEP-0369 7.1.6: the resource is the participant id. Anything else in the stanza may be the sender's invention.
    Author author;
    author.key = source.from.resource();
    author.stable = !author.key.isEmpty();
    MixChannel *channel = m_mix.channel(source.chat);
    if (!channel || author.key.isEmpty()) return author;
    author.isMe = author.key == channel->myId();
    if (author.isMe && !parts.mixNick.isEmpty()) channel->proveMarksAuthors();
    author.nick = channel->nickOf(author.key);
    if (const Participant *known = channel->find(author.key)) {
        author.address = known->address;
        return author;
    }
    if (source.route == Route::Live) m_mix.missParticipant(source.chat);
    // Somebody who has left. Where the channel itself is known to mark authors, its mark is the last one.
    if (author.nick.isEmpty() && channel->marksAuthors()) author.nick = parts.mixNick;
    return author;
}

QString MessageDecoder::roomArchiveId(const MessageParts &parts, const Source &source) const
{
    if (source.kind == ChatKind::Muc) {
        const MucRoom *room = m_muc.room(source.chat);
        return room && room->traits().stanzaIds ? lastStanzaId(parts, source.chat) : QString();
    }
    MixChannel *channel = m_mix.channel(source.chat);
    if (!channel) return {};
    if (channel->traits().stanzaIds) {
        const QString id = lastStanzaId(parts, source.chat);
        if (!id.isEmpty()) return id;
    }
    // My own id back in its place: this server leaves ids as they are.
    const bool isSenders = !parts.id.isEmpty() && parts.id == parts.originId;
    if (isSenders && source.from.resource() == channel->myId()) channel->denyIdsOfArchive();
    return isSenders || !channel->idsAreOfArchive() ? QString() : parts.id;
}

QDateTime MessageDecoder::liveTime(const MessageParts &parts) const
{
    if (m_serverDelays && !parts.delays.isEmpty()) {
        const Jid own = me();
        const QDateTime then =
            lastDelay(parts, [&](const QString &by) { return by == own.domain() || isBy(by, own); });
        if (then.isValid()) return then;
    }
    return QDateTime::currentDateTimeUtc();
}

void MessageDecoder::updateAuthor(IncomingMessage &message) const
{
    const MixChannel *channel = message.kind == ChatKind::Mix ? m_mix.channel(message.chat) : nullptr;
    if (!channel || message.author.key.isEmpty()) return;
    message.author.isMe = message.author.key == channel->myId();
    for (Mention &mention : message.mentions)
        if (!mention.key.isEmpty() && mention.key == channel->myId()) mention.isMe = true;
    const Participant *known = channel->find(message.author.key);
    if (!known) return;
    message.author.nick = known->nick;
    message.author.address = known->address;
}

} // namespace Mingle
