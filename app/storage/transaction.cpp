// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/transaction.h"

#include "storage/ledger.h"
#include "storage/statements.h"

#include <QHash>
#include <QSet>

namespace Mingle {

namespace {
template<class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};

// Keeps the last change of each message and each chat, at the place of the last; a message that was added and
// then changed is still one that was added.
class Merger
{
public:
    QList<Change> merge(QList<Change> changes)
    {
        m_changes = std::move(changes);
        m_keep.fill(true, m_changes.size());
        for (qsizetype i = 0; i < m_changes.size(); ++i)
            look(i);
        QList<Change> merged;
        merged.reserve(m_changes.size());
        for (qsizetype i = 0; i < m_changes.size(); ++i) {
            if (m_keep.at(i)) merged.append(std::move(m_changes[i]));
        }
        return merged;
    }

private:
    void look(qsizetype i)
    {
        std::visit(Overloaded{
                       [&](const MessageAdded &change) { m_messages.insert(change.message.row, i); },
                       [&](const MessageChanged &change) { messageChanged(change.message, i); },
                       [&](const MessageRemoved &change) { messageRemoved(change.row, i); },
                       [&](const ChatChanged &change) { replace(m_chats, change.chat.id, i); },
                       [&](const ChatRemoved &change) { replace(m_chats, change.chat, i); },
                       [&](const ParticipantsChanged &change) { replace(m_members, change.chat, i); },
                       [&](const HistoryChanged &change) { replace(m_histories, change.chat, i); },
                   },
                   m_changes.at(i));
    }

    void messageChanged(const Message &message, qsizetype i)
    {
        const auto last = m_messages.constFind(message.row);
        const bool known = last != m_messages.cend();
        const bool added = known && std::holds_alternative<MessageAdded>(m_changes.at(*last));
        if (known) m_keep[*last] = false;
        m_messages.insert(message.row, i);
        if (added) m_changes[i] = MessageAdded{message}; // ends the life of message
    }

    void messageRemoved(qint64 row, qsizetype i)
    {
        const auto it = m_messages.constFind(row);
        if (it != m_messages.cend()) {
            // Nobody has heard of a message that was added and removed in one transaction.
            if (std::holds_alternative<MessageAdded>(m_changes.at(*it))) m_keep[i] = false;
            m_keep[*it] = false;
        }
        m_messages.insert(row, i);
    }

    void replace(QHash<ChatId, qsizetype> &last, const ChatId &chat, qsizetype i)
    {
        if (const auto it = last.constFind(chat); it != last.cend()) m_keep[*it] = false;
        last.insert(chat, i);
    }

    QList<Change> m_changes;
    QList<bool> m_keep;
    QHash<qint64, qsizetype> m_messages;
    QHash<ChatId, qsizetype> m_chats;
    QHash<ChatId, qsizetype> m_members;
    QHash<ChatId, qsizetype> m_histories;
};
} // namespace

Transaction::Transaction(Statements &statements)
    : m_statements(statements)
    , m_ledger(std::make_unique<Ledger>(*this))
{}

Transaction::~Transaction() = default;

const QSqlDatabase &Transaction::database() const
{
    return m_statements.database();
}

void Transaction::note(Change change)
{
    m_changes.append(std::move(change));
}

QList<Change> Transaction::takeChanges()
{
    return Merger().merge(std::exchange(m_changes, {}));
}

} // namespace Mingle
