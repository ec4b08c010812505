// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/privatetalks.h"

#include "core/futures.h"
#include "core/ports.h"
#include "session/noticerow.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"
#include "xmpp/groupdriver.h"

namespace Mingle {

namespace {
/// What tells people with one nick apart, with the sort of it in front: those of two sorts say nothing about each other.
QString partnerOf(const QString &key, bool stable, const Jid &address)
{
    if (stable && !key.isEmpty()) return QStringLiteral("id ") + key;
    return address.isEmpty() ? QString() : QStringLiteral("at ") + address.toString();
}

bool isAnother(const QString &before, const QString &now)
{
    return !before.isEmpty() && before.first(3) == now.first(3) && before != now;
}

bool isTalk(const Chat &chat)
{
    return chat.kind == ChatKind::Person && !chat.id.address.isBare();
}

Outcome tellApart(Transaction &tx, const ChatId &talk, const QString &partner, const Message &notice)
{
    ChatStore chats(tx);
    const auto before = chats.setPartner(talk, partner);
    if (!before) return before.error().kind == Error::Kind::NotFound ? Outcome() : before.error();
    if (!isAnother(*before, partner)) return {};
    MessageStore messages(tx);
    const auto waiting = messages.waiting(talk.account, talk);
    if (!waiting) return waiting.error();
    for (Message message : *waiting) {
        message.delivery = Delivery::Failed;
        message.failure = {Error::Kind::Refused, QStringLiteral("another-person"), {}};
        if (auto done = messages.update(message); !done) return done;
    }
    // People who pass a nick around do not fill a disk.
    const auto last = messages.newest(talk);
    if (!last) return last.error();
    if (*last && (*last)->notice == Notice::AnotherPerson) return {};
    return addNotice(tx, notice, {talk.account, talk.account});
}
} // namespace

PrivateTalks::PrivateTalks(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    const GroupDriver *driver = m_context.connection.driver(ChatKind::Muc);
    connect(driver, &GroupDriver::participantsReset, this,
            [this](const Jid &room, const QList<Participant> &participants) {
                if (!m_talks.contains(room)) return;
                for (const Participant &participant : participants)
                    meet(room, participant);
            });
    connect(driver, &GroupDriver::participantChanged, this, &PrivateTalks::meet);
    connect(&m_context.database.changes(), &ChangeFeed::changed, this, &PrivateTalks::follow);
}

void PrivateTalks::beginSession()
{
    auto read = m_context.database.write(
        [account = m_context.account](Transaction &tx) { return ChatStore(tx).partners(account); });
    whenDone(read, this, [this](const Result<QList<std::pair<Jid, QString>>> &partners) {
        if (!partners) return;
        for (const auto &[talk, partner] : *partners)
            if (QString &known = m_talks[talk.bare()][talk.resource()]; known.isEmpty()) known = partner;
    });
}

void PrivateTalks::follow(const QList<Change> &changes)
{
    for (const Change &change : changes) {
        if (const auto *changed = std::get_if<ChatChanged>(&change)) {
            const Jid talk = changed->chat.id.address;
            if (changed->chat.id.account != m_context.account || !isTalk(changed->chat)) continue;
            if (m_talks.value(talk.bare()).contains(talk.resource())) continue;
            m_talks[talk.bare()].insert(talk.resource(), {});
            adopt(talk);
        } else if (const auto *removed = std::get_if<ChatRemoved>(&change)) {
            const Jid talk = removed->chat.address;
            if (removed->chat.account != m_context.account || talk.isBare()) continue;
            const auto room = m_talks.find(talk.bare());
            if (room == m_talks.end()) continue;
            room->remove(talk.resource());
            if (room->isEmpty()) m_talks.erase(room);
        }
    }
}

void PrivateTalks::meet(const Jid &room, const Participant &who)
{
    const auto talks = m_talks.constFind(room);
    if (talks == m_talks.cend() || !who.present || !talks->contains(who.nick)) return;
    check(room.withResource(who.nick), partnerOf(who.key, who.stableKey, who.address), who.nick);
}

// Whoever writes is the one it is a talk with, also where the list of people has not been stored yet.
void PrivateTalks::messageStored(const Message &message)
{
    const Jid talk = message.chat.address;
    if (talk.isBare() || message.author.isMe || message.notice != Notice::None) return;
    check(talk, partnerOf(message.author.key, message.author.stable, message.author.address),
          talk.resource());
}

void PrivateTalks::check(const Jid &talk, const QString &partner, const QString &nick)
{
    QString &known = m_talks[talk.bare()][talk.resource()];
    if (partner.isEmpty() || known == partner) return;
    known = partner;
    Message notice;
    notice.chat = m_context.chat(talk);
    notice.notice = Notice::AnotherPerson;
    notice.body = nick;
    notice.time = m_context.clock.now();
    auto told = m_context.database.write(
        [partner, notice](Transaction &tx) { return tellApart(tx, notice.chat, partner, notice); });
    Q_UNUSED(told) // a full disk: nothing waits there either
}

/// A new talk: with whoever has the nick now.
void PrivateTalks::adopt(const Jid &talk)
{
    auto found = m_context.database.write([room = m_context.chat(talk.bare()), nick = talk.resource()](
                                              Transaction &tx) -> Result<std::optional<Participant>> {
        return ChatStore(tx).participantNamed(room, nick);
    });
    whenDone(found, this, [this, talk](const Result<std::optional<Participant>> &who) {
        if (!who || !*who || !m_talks.value(talk.bare()).value(talk.resource()).isEmpty()) return;
        check(talk, partnerOf((*who)->key, (*who)->stableKey, (*who)->address), talk.resource());
    });
}

} // namespace Mingle
