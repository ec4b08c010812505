// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/mentionrules.h"
#include "storage/amendmentstore.h"
#include "storage/archivestore.h"
#include "storage/chatstore.h"
#include "storage/messagestore.h"
#include "xmpp/events.h"

#include <optional>

namespace Mingle {

/// What became of one incoming message.
struct Applied {
    enum class What {
        Nothing, ///< known already, refused, or nothing for the timeline
        Added,
        Changed,
    };
    What what = What::Nothing;
    Message message; ///< as stored; not for Nothing
    bool request = false; ///< Added: a stranger's, who waits
};

/// Puts incoming messages into the database: dedupe, then new, correction, retraction, subject or error. On the
/// writing thread, within one transaction; knows no connection.
class MessageApplier
{
public:
    MessageApplier(Transaction &tx, const Jid &account)
        : m_tx(tx)
        , m_account(account)
    {}

    /// order: the place in the archive if the caller knows it, else above everything.
    Result<Applied> apply(const IncomingMessage &message, std::optional<qint64> order = {});

    /// The stored copy of an incoming message, by archive id, by my origin-id, or by likeness where a server
    /// gives no ids.
    Result<std::optional<Message>> stored(const IncomingMessage &message) const;

private:
    ChatId chatOf(const IncomingMessage &message) const { return {m_account, message.chat}; }
    Jid archiveOf(const IncomingMessage &message) const;
    Result<Applied> applyError(const IncomingMessage &message);
    Result<std::optional<Message>> refusedMessage(const IncomingMessage &message, const QString &id) const;
    Result<Applied> addNotice(Notice notice, const IncomingMessage &in, const QString &what);
    Outcome applyInvitation(const IncomingMessage &message);
    Result<Applied> applySubject(const IncomingMessage &message);
    Result<Applied> applyRetraction(const IncomingMessage &message, std::optional<qint64> order);
    Result<bool> mayCorrect(const IncomingMessage &message) const;
    Result<Applied> applyCorrection(const IncomingMessage &message, std::optional<qint64> order);
    static Amendment amendment(const IncomingMessage &message, Amendment::Kind kind, const QString &target);
    /// Stores it, and changes the message that it is about if that is here.
    template<typename Find>
    Result<Applied> keep(const IncomingMessage &message, Amendment amendment, std::optional<qint64> order,
                         Find find);
    /// What was said of a message, to be done before it is written.
    Outcome amend(Message &message, ChatKind kind) const;
    Result<Applied> meetStored(const IncomingMessage &message, Message stored, std::optional<qint64> order);
    Outcome nameTalk(const IncomingMessage &in);
    Result<Applied> addNew(const IncomingMessage &message, std::optional<qint64> order);
    Result<Applied> save(const Message &message);
    Outcome placeAboveArchived(Message &message, const Jid &archiveAddress);

    Transaction &m_tx;
    Jid m_account;
};

} // namespace Mingle
