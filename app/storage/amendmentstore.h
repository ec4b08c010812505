// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "core/result.h"

namespace Mingle {

class Transaction;

/// What somebody said later of a message: other words for it (XEP-0308), or that it is taken back (XEP-0424, XEP-0425).
struct Amendment {
    enum class Kind { Correction, Retraction };

    Kind kind = Kind::Correction;
    QString
        target; ///< Correction and one to one: the id attribute of the message; Retraction in a room: its archive id
    QString authorKey; ///< by whom
    bool byModerator = false; ///< the room itself took it back
    qint64 order =
        0; ///< its own place in the archive: of two corrections the later counts, whichever came first
    QString archiveId; ///< empty: not known
    QString stanzaId;
    QString body;
    QList<Mention> mentions;

    friend bool operator==(const Amendment &, const Amendment &) = default;
};

/// Amendments are kept: the archive hands them out again at every fetch, and older pages, with the message that they
/// are about or with earlier ones, come after newer ones. Every function may fail with Storage.
class AmendmentStore
{
public:
    explicit AmendmentStore(Transaction &tx)
        : m_tx(tx)
    {}

    /// False: it was here already.
    Result<bool> add(const ChatId &chat, const Amendment &amendment);
    /// All of a message with one of these ids, oldest first. Whether they are its author's is for the caller to see.
    Result<QList<Amendment>> of(const ChatId &chat, const QStringList &ids) const;
    /// Whether the chat has a message with this id attribute or archive id, by anybody.
    Result<bool> isMessage(const ChatId &chat, const QString &id) const;

private:
    Result<bool> isKnown(qint64 chat, const Amendment &amendment) const;

    Transaction &m_tx;
};

} // namespace Mingle
