// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/roomactions.h"

#include "core/ports.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
constexpr int maxNames = 20; ///< of rooms that are called alike
} // namespace

QString localpartFor(const QString &name)
{
    QString local;
    for (const QChar c : name.normalized(QString::NormalizationForm_C).toLower()) {
        if (c.isLetterOrNumber())
            local += c;
        else if (!local.isEmpty() && !local.endsWith(u'-'))
            local += u'-';
        if (local.size() >= 40) break;
    }
    while (local.endsWith(u'-') || (!local.isEmpty() && local.back().isHighSurrogate()))
        local.chop(1);
    return local;
}

RoomActions::RoomActions(const SessionContext &context, Groups &groups, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_groups(groups)
{}

GroupControls *RoomActions::controlsOf(const Jid &room) const
{
    const auto known = m_groups.room(room);
    return known ? &m_context.connection.driver(known->kind)->controls() : nullptr;
}

QFuture<Result<MadeRoom>> RoomActions::create(const NewRoom &wanted)
{
    if (wanted.kind) return createAs(*wanted.kind, wanted);
    return m_context.connection.mixSuits(wanted.people, wanted.isPrivate)
        .then(this,
              [this, wanted](const Result<bool> &suits) {
                  const bool mix = suits.ok() && *suits;
                  return createAs(mix ? ChatKind::Mix : ChatKind::Muc, wanted);
              })
        .unwrap();
}

QFuture<Result<MadeRoom>> RoomActions::createAs(ChatKind kind, const NewRoom &wanted)
{
    return m_context.connection.roomService(kind)
        .then(this,
              [this, kind, wanted](const Result<Jid> &service) {
                  if (!service) return answered(Result<JoinedGroup>(service.error()));
                  CreateRequest request;
                  request.service = *service;
                  request.name = wanted.name;
                  request.description = wanted.description;
                  request.isPrivate = wanted.isPrivate;
                  request.nick = wanted.nick.isEmpty() ? m_context.account.local() : wanted.nick;
                  // The address of a private room is nobody's business.
                  if (!wanted.isPrivate) request.localpart = localpartFor(wanted.name);
                  return tryCreate(kind, request, 1);
              })
        .unwrap()
        .then(this,
              [this, kind, wanted](const Result<JoinedGroup> &group) {
                  if (!group) return answered(Result<MadeRoom>(group.error()));
                  const auto chat = m_groups.adopt(kind, *group);
                  if (!chat) return answered(Result<MadeRoom>(chat.error()));
                  return inviteAll(*chat, wanted);
              })
        .unwrap();
}

QFuture<Result<JoinedGroup>> RoomActions::tryCreate(ChatKind kind, const CreateRequest &request, int tries)
{
    CreateRequest now = request;
    if (tries > 1) now.localpart += u'-' + QString::number(tries);
    return m_context.connection.driver(kind)
        ->create(now)
        .then(this,
              [this, kind, request, tries](const Result<JoinedGroup> &group) {
                  const bool taken = !group && group.error().condition == u"conflict";
                  if (!taken || request.localpart.isEmpty() || tries >= maxNames) return answered(group);
                  return tryCreate(kind, request, tries + 1);
              })
        .unwrap();
}

QFuture<Result<MadeRoom>> RoomActions::inviteAll(const ChatId &chat, const NewRoom &wanted)
{
    GroupControls *controls = controlsOf(chat.address);
    if (wanted.people.isEmpty() || !controls)
        return answered(Result<MadeRoom>(MadeRoom{chat, wanted.people}));
    QList<QFuture<Outcome>> asked;
    for (const Jid &person : wanted.people)
        asked.append(controls->invite(chat.address, person, wanted.text));
    return QtFuture::whenAll(asked.begin(), asked.end())
        .then(this, [chat, people = wanted.people](const QList<QFuture<Outcome>> &answers) {
            MadeRoom made{chat, {}};
            for (qsizetype i = 0; i < answers.size(); ++i)
                if (answers[i].isCanceled() || !answers[i].result()) made.notInvited.append(people[i]);
            return Result<MadeRoom>(made);
        });
}

QFuture<Result<Chat>> RoomActions::stored(const ChatId &chat)
{
    return m_context.database.write([chat](Transaction &tx) -> Result<Chat> {
        const auto found = ChatStore(tx).find(chat);
        if (!found) return found.error();
        if (!*found) return Error{Error::Kind::NotFound, QStringLiteral("no-chat"), {}};
        return **found;
    });
}

QFuture<Result<ChatId>> RoomActions::accept(const ChatId &chat, const QString &nick, const QString &password)
{
    return stored(chat)
        .then(this,
              [this, nick, password](const Result<Chat> &invited) {
                  if (!invited) return answered(Result<ChatId>(invited.error()));
                  JoinRequest request;
                  request.room = invited->id.address;
                  request.nick = nick.isEmpty() ? m_context.account.local() : nick;
                  request.password = password;
                  request.invitation = invited->invitation;
                  return m_groups.join(request);
              })
        .unwrap()
        .then(this, [this, chat](const Result<ChatId> &joined) {
            if (!joined) return joined;
            auto decided = m_context.database.write([chat, now = m_context.clock.now()](Transaction &tx) {
                return ChatStore(tx).decide(chat, now);
            });
            Q_UNUSED(decided) // at worst it is asked once more
            return joined;
        });
}

QFuture<Outcome> RoomActions::decline(const ChatId &chat)
{
    return stored(chat)
        .then(this,
              [this, chat](const Result<Chat> &invited) {
                  if (!invited || invited->invitation.isEmpty())
                      return answered(Outcome(Error::Kind::NotFound));
                  if (m_context.connection.state() == Connection::State::Live) {
                      auto told = m_context.connection.driver(invited->kind)
                                      ->controls()
                                      .decline(chat.address, invited->invitation);
                      Q_UNUSED(told) // a courtesy
                  }
                  return forget(chat);
              })
        .unwrap();
}

void RoomActions::lookAt(const ChatId &chat)
{
    m_context.connection.discoverRoom(chat.address).then(this, [this, chat](const Result<RoomCard> &card) {
        if (!card) return; // what is not known is not shown
        auto kept = m_context.database.write([chat, room = *card](Transaction &tx) -> Outcome {
            ChatStore chats(tx);
            auto known = chats.find(chat);
            if (!known) return known.error();
            if (!*known || (*known)->invitation.isEmpty()) return {};
            (*known)->name = room.name;
            (*known)->description = room.description;
            (*known)->properties = room.properties;
            return chats.update(**known);
        });
        Q_UNUSED(kept)
    });
}

QFuture<Outcome> RoomActions::forget(const ChatId &chat)
{
    return m_context.database.write([chat, now = m_context.clock.now()](Transaction &tx) -> Outcome {
        ChatStore chats(tx);
        if (auto done = chats.decide(chat, now); !done) return done;
        return chats.remove(chat);
    });
}

QFuture<Result<ChatId>> RoomActions::talkInPrivate(const ChatId &chat, const Participant &who)
{
    const GroupControls *controls = controlsOf(chat.address);
    const Jid address = controls ? controls->privateAddress(chat.address, who) : Jid();
    if (address.isEmpty())
        return answered(Result<ChatId>(Error::Kind::NotFound, QStringLiteral("not-there")));
    return m_context.database.write([id = m_context.chat(address), who](Transaction &tx) -> Result<ChatId> {
        ChatStore chats(tx);
        const auto made = chats.ensure(id, ChatKind::Person);
        if (!made) return made.error();
        Chat talk = *made;
        talk.name = who.nick;
        talk.requests &= ~(Request::Talk | Request::Unchecked);
        if (auto done = chats.update(talk); !done) return done.error();
        return id;
    });
}

QFuture<Outcome> RoomActions::setNick(const ChatId &chat, const QString &nick)
{
    return control<std::monostate>(chat,
                                   [&](GroupControls &room) { return room.setNick(chat.address, nick); })
        .then(this, [this, chat, nick](const Outcome &outcome) {
            if (outcome) m_groups.renamed(chat.address, nick);
            return outcome;
        });
}

/// A room like this one, with the same people as far as I may know them.
QFuture<Result<NewRoom>> RoomActions::likeOf(const ChatId &chat, const QString &text)
{
    auto listed = control<QList<ListedPerson>>(
        chat, [&](GroupControls &room) { return room.list(chat.address, AccessList::Allowed); });
    auto known =
        m_context.database.write([chat](Transaction &tx) -> Result<std::pair<Chat, QList<Participant>>> {
            const auto found = ChatStore(tx).find(chat);
            if (!found) return found.error();
            if (!*found) return Error{Error::Kind::NotFound, QStringLiteral("no-chat"), {}};
            const auto people = ChatStore(tx).participants(chat);
            if (!people) return people.error();
            return std::pair(**found, *people);
        });
    return listed
        .then(this,
              [this, known, text](const Result<QList<ListedPerson>> &people) mutable {
                  return known.then(
                      this,
                      [people,
                       text](const Result<std::pair<Chat, QList<Participant>>> &room) -> Result<NewRoom> {
                          if (!room) return room.error();
                          const auto &[old, present] = *room;
                          Chat common = old;
                          common.ownName.clear();
                          NewRoom like;
                          like.name = common.title();
                          like.description = old.description;
                          like.nick = old.nick;
                          like.isPrivate = old.isPrivate();
                          like.text = text;
                          like.kind = ChatKind::Mix;
                          const auto add = [&](const Jid &person) {
                              const bool isPerson = !person.local().isEmpty() && person != old.id.account;
                              if (isPerson && !like.people.contains(person)) like.people.append(person);
                          };
                          if (people)
                              for (const ListedPerson &person : *people)
                                  add(person.address);
                          for (const Participant &person : present)
                              add(person.address);
                          return like;
                      });
              })
        .unwrap();
}

QFuture<Outcome> RoomActions::pointTo(const ChatId &chat, const Jid &later, const QString &text, bool close)
{
    return control<std::monostate>(chat, [&](GroupControls &room) {
        if (close) return room.destroy(chat.address, text, later);
        const QString link = u"xmpp:" % later.toString() % u"?join";
        return room.setSubject(chat.address, text.isEmpty() ? link : QString(text % u' ' % link));
    });
}

QFuture<Result<MadeRoom>> RoomActions::move(const ChatId &chat, const QString &text, bool close)
{
    using Answer = Result<MadeRoom>;
    const auto wanted = std::make_shared<NewRoom>();
    return likeOf(chat, text)
        .then(this,
              [this, wanted](const Result<NewRoom> &like) {
                  if (!like) return answered(Result<bool>(like.error()));
                  *wanted = *like;
                  return m_context.connection.mixSuits(like->people, like->isPrivate);
              })
        .unwrap()
        .then(this,
              [this, wanted](const Result<bool> &suits) {
                  if (!suits) return answered(Answer(suits.error()));
                  if (!*suits) return answered(Answer(Error::Kind::Unsupported, QStringLiteral("not-all")));
                  return createAs(ChatKind::Mix, *wanted);
              })
        .unwrap()
        .then(this,
              [this, chat, text, close](const Answer &made) {
                  if (!made) return answered(made);
                  auto followed = m_groups.follow(made->chat.address, chat.address);
                  Q_UNUSED(followed) // a full disk: two histories instead of one
                  // Whatever comes of it: the new room is there, and its people are asked in.
                  return pointTo(chat, made->chat.address, text, close)
                      .then(this,
                            [this, chat, close](const Outcome &told) {
                                return told && close ? m_groups.leave(chat) : answered(told);
                            })
                      .unwrap()
                      .then(this, [room = *made](const Outcome &told) mutable -> Answer {
                          room.formerUntold = told.error();
                          return room;
                      });
              })
        .unwrap();
}

QFuture<Outcome> RoomActions::destroy(const ChatId &chat, const QString &reason)
{
    return control<std::monostate>(
               chat, [&](GroupControls &room) { return room.destroy(chat.address, reason, {}); })
        .then(this,
              [this, chat](const Outcome &outcome) {
                  return outcome ? m_groups.leave(chat) : answered(outcome);
              })
        .unwrap();
}

} // namespace Mingle
