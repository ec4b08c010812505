// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/participantwriter.h"

#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"

#include <QTimer>

#include <algorithm>

namespace Mingle {

ParticipantWriter::ParticipantWriter(const SessionContext &context, std::function<bool(const Jid &)> isKept,
                                     QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_isKept(std::move(isKept))
{}

void ParticipantWriter::reset(const Jid &room, const QList<Participant> &participants)
{
    m_changes[room] = {participants, {}};
    schedule();
}

void ParticipantWriter::put(const Jid &room, const Participant &participant)
{
    m_changes[room].some.insert(participant.key, participant);
    schedule();
}

void ParticipantWriter::remove(const Jid &room, const QString &key)
{
    m_changes[room].some.insert(key, std::nullopt);
    schedule();
}

void ParticipantWriter::kept(const Jid &room)
{
    if (m_changes.contains(room)) schedule();
}

void ParticipantWriter::schedule()
{
    if (std::exchange(m_scheduled, true)) return;
    // At once where it is quiet; in a storm each write would cost more than what it writes.
    constexpr qint64 pauseMs = 100;
    const qint64 quiet = m_sinceWrite.isValid() ? m_sinceWrite.elapsed() : pauseMs;
    QTimer::singleShot(int(std::max<qint64>(pauseMs - quiet, 0)), this, &ParticipantWriter::write);
}

void ParticipantWriter::write()
{
    m_scheduled = false;
    QHash<Jid, Changes> changes;
    for (auto it = m_changes.begin(); it != m_changes.end();) {
        if (!m_isKept(it.key())) {
            ++it;
            continue;
        }
        changes.insert(it.key(), *it);
        it = m_changes.erase(it);
    }
    if (changes.isEmpty()) return;
    m_sinceWrite.start();
    auto written =
        m_context.database.write([changes, account = m_context.account](Transaction &tx) -> Outcome {
            ChatStore chats(tx);
            for (const auto &[room, change] : changes.asKeyValueRange()) {
                const ChatId chat{account, room};
                const auto known = chats.find(chat);
                if (!known) return known.error();
                if (!*known) continue; // left meanwhile
                if (change.all)
                    if (auto done = chats.setParticipants(chat, *change.all); !done) return done;
                for (const auto &[key, participant] : change.some.asKeyValueRange()) {
                    auto done = participant ? chats.putParticipant(chat, *participant)
                                            : chats.removeParticipant(chat, key);
                    if (!done) return done;
                }
            }
            return {};
        });
    Q_UNUSED(written)
}

} // namespace Mingle
