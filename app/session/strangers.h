// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/result.h"

namespace Mingle {

struct IncomingMessage;
class Transaction;

/// Who writes to me without my having anything to do with them waits in "requests". On the writing thread.
namespace Strangers {

/// Puts the chat of an incoming message into the list, a stranger's as a request; what I have sent from any device takes
/// it up. Whether it is a request now.
Result<bool> requireChat(Transaction &tx, const ChatId &id, const IncomingMessage &message);
/// The person is none any more: by a message of mine, as a contact, or because I said so.
Outcome takeUp(Transaction &tx, const ChatId &id);

} // namespace Strangers

} // namespace Mingle
