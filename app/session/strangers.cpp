// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/strangers.h"

#include "storage/chatstore.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"
#include "xmpp/events.h"

namespace Mingle::Strangers {

namespace {
Result<bool> isStranger(Transaction &tx, const Chat &chat)
{
    const Jid &person = chat.id.address;
    // Me, and what my own server has to say.
    if (person == chat.id.account) return false;
    if (person.local().isEmpty() && person.domain() == chat.id.account.domain()) return false;
    if (chat.ties.testFlag(Tie::Contact)) return false;
    const auto written = MessageStore(tx).hasMine(chat.id);
    return written ? Result<bool>(!*written) : written.error();
}
} // namespace

Result<bool> requireChat(Transaction &tx, const ChatId &id, const IncomingMessage &message)
{
    ChatStore chats(tx);
    const auto known = chats.requests(id);
    if (!known) return known.error();
    if (auto there = chats.require(id, message.kind); !there) return there.error();
    if (message.kind != ChatKind::Person) return false;
    if (message.author.isMe) {
        if (!*known || !(*known)->testFlag(Request::Talk)) return false;
        auto taken = takeUp(tx, id);
        return taken ? Result<bool>(false) : taken.error();
    }
    if (*known && (*known)->testFlag(Request::Talk)) return true;
    if (*known && !(*known)->testFlag(Request::Subscription)) return false; // in the list for long
    auto chat = chats.find(id);
    if (!chat) return chat.error();
    if (!*chat) return false;
    const auto stranger = isStranger(tx, **chat);
    if (!stranger || !*stranger) return stranger;
    (*chat)->requests |= Request::Talk | Request::Unchecked;
    auto stored = chats.update(**chat);
    return stored ? Result<bool>(true) : stored.error();
}

Outcome takeUp(Transaction &tx, const ChatId &id)
{
    ChatStore chats(tx);
    auto chat = chats.find(id);
    if (!chat) return chat.error();
    if (!*chat || !(*chat)->requests.testFlag(Request::Talk)) return {};
    (*chat)->requests &= ~(Request::Talk | Request::Unchecked);
    return chats.update(**chat);
}

} // namespace Mingle::Strangers
