// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineModel that answers views and speaks to Accounts.
#include "models/timelinemodel.h"

#include "session/accounts.h"

namespace Mingle {

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

const Message *TimelineModel::noticeAt(int index) const
{
    const TimelineRow &row = m_rows.at(index);
    return row.kind == TimelineRow::Kind::Notice && row.message >= 0 ? &m_window.messages().at(row.message)
                                                                     : nullptr;
}

const Message *TimelineModel::messageAt(int index) const
{
    const TimelineRow &row = m_rows.at(index);
    if (row.kind != TimelineRow::Kind::Message || row.message < 0) {
        return nullptr;
    }
    return &m_window.messages().at(row.message);
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const TimelineRow &row = m_rows.at(index.row());
    switch (role) {
    case KindRole:
        return int(row.kind);
    case RowRole:
        return row.row;
    case GroupedRole:
        return row.grouped;
    case DayRole:
        return row.day;
    case SeamStateRole:
        return row.kind == TimelineRow::Kind::Seam ? QVariant(int(seamState(row.row))) : QVariant();
    default:
        break;
    }
    const Message *message = messageAt(index.row());
    if (!message) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return message->body;
    case MessageRole:
        return QVariant::fromValue(*message);
    case AuthorKeyRole:
        return message->author.key;
    case NickRole:
        return message->author.nick;
    case MineRole:
        return message->author.isMe;
    case TimeRole:
        return message->time;
    case DeliveryRole:
        return int(message->delivery);
    case EditedRole:
        return message->edited;
    case RetractedRole:
        return message->retracted;
    case MentionsMeRole:
        return message->mentionsMe;
    default:
        return {};
    }
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{KindRole, "kind"},
                  {RowRole, "row"},
                  {MessageRole, "message"},
                  {TextRole, "text"},
                  {AuthorKeyRole, "authorKey"},
                  {NickRole, "nick"},
                  {MineRole, "mine"},
                  {TimeRole, "time"},
                  {DeliveryRole, "delivery"},
                  {GroupedRole, "grouped"},
                  {EditedRole, "edited"},
                  {RetractedRole, "retracted"},
                  {MentionsMeRole, "mentionsMe"},
                  {DayRole, "day"},
                  {SeamStateRole, "seamState"}});
    return names;
}

int TimelineModel::indexOf(qint64 row) const
{
    for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
        if (m_rows.at(i).row == row && m_rows.at(i).kind == TimelineRow::Kind::Message) {
            return i;
        }
    }
    return -1;
}

const Message *TimelineModel::messageByReference(const QString &id) const
{
    if (id.isEmpty()) {
        return nullptr;
    }
    // In a room only the archive's id is nobody's to choose: it goes before what a sender may have made up.
    for (const Message &message : m_window.messages()) {
        if (message.archiveId == id) {
            return &message;
        }
    }
    for (const Message &message : m_window.messages()) {
        if (message.originId == id || message.stanzaId == id) {
            return &message;
        }
    }
    return nullptr;
}

// ---- seams ----

SeamState TimelineModel::seamState(qint64 row) const
{
    return m_seams.value(row).state;
}

Error TimelineModel::seamError(qint64 row) const
{
    return m_seams.value(row).error;
}

qint64 TimelineModel::rowBelowSeam(qint64 row) const
{
    const qsizetype below = row == 0 ? 0 : m_window.indexOf(row) + 1;
    return below < m_window.messages().size() ? m_window.messages().at(below).row : 0;
}

void TimelineModel::setSeam(qint64 row, const Seam &seam)
{
    m_seams.insert(row, seam);
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).kind == TimelineRow::Kind::Seam && m_rows.at(i).row == row) {
            Q_EMIT dataChanged(index(i), index(i), {SeamStateRole});
        }
    }
}

void TimelineModel::fetchSeam(qint64 row)
{
    if (!m_window.seams().contains(row) || seamState(row) == SeamState::Loading) {
        return;
    }
    setSeam(row, {.state = SeamState::Loading, .below = rowBelowSeam(row)});
    askArchive(m_chat.id, row).then(this, [this, chat = m_chat.id, row](const Outcome &outcome) {
        if (chat != m_chat.id || !m_seams.contains(row)) {
            return;
        }
        Seam seam = m_seams.value(row);
        if (outcome.ok()) {
            seam.answered = true;
            m_seams.insert(row, seam);
            reread();
        } else {
            seam.state = SeamState::Failed;
            seam.error = outcome.error();
            setSeam(row, seam);
        }
    });
}

/// After a reading: what the archive's answers have come to.
void TimelineModel::settleSeams()
{
    const QList<qint64> rows = m_seams.keys();
    for (const qint64 row : rows) {
        if (!m_window.seams().contains(row)) {
            m_seams.remove(row);
            continue;
        }
        Seam seam = m_seams.value(row);
        if (!seam.answered) {
            continue;
        }
        // Something came, and there is more: ask again when that comes into view. Nothing came: only when
        // told to.
        const bool gained = rowBelowSeam(row) != seam.below;
        setSeam(row, {.state = gained ? SeamState::Quiet : SeamState::Failed});
    }
}

void TimelineModel::connectionIsLive(const Jid &account)
{
    if (account != m_chat.id.account) {
        return;
    }
    const QList<qint64> rows = m_seams.keys();
    for (const qint64 row : rows) {
        if (m_seams.value(row).state == SeamState::Failed) {
            setSeam(row, {});
        }
    }
}

// ---- commands ----

void TimelineModel::markRead(qint64 row)
{
    const qsizetype index = m_window.indexOf(row);
    const qsizetype known = m_window.indexOf(m_chat.readUpTo);
    // Where the read position lies outside, it is known to be older only if all that is newer is here.
    if (index < 0 || (known >= 0 ? index <= known : !m_window.atNewest())) {
        return;
    }
    m_chat.readUpTo = row;
    tellRead(m_chat.id, row);
}

void TimelineModel::retry(qint64 row)
{
    askRetry(m_chat.id, row).then(this, [this](const Outcome &outcome) {
        if (!outcome.ok()) {
            Q_EMIT commandFailed(outcome.error());
        }
    });
}

void TimelineModel::discard(qint64 row)
{
    askDiscard(m_chat.id, row).then(this, [this](const Outcome &outcome) {
        if (!outcome.ok()) {
            Q_EMIT commandFailed(outcome.error());
        }
    });
}

QFuture<Outcome> TimelineModel::askArchive(const ChatId &chat, qint64 row)
{
    return m_accounts ? m_accounts->fetchOlder(chat, row) : answered(Outcome(Error::Kind::NoNetwork));
}

QFuture<Outcome> TimelineModel::askRetry(const ChatId &chat, qint64 row)
{
    return m_accounts ? m_accounts->retryMessage(chat, row) : answered(Outcome(Error::Kind::NoNetwork));
}

QFuture<Outcome> TimelineModel::askDiscard(const ChatId &chat, qint64 row)
{
    return m_accounts ? m_accounts->discardMessage(chat, row) : answered(Outcome(Error::Kind::NoNetwork));
}

void TimelineModel::tellRead(const ChatId &chat, qint64 row)
{
    if (m_accounts) {
        m_accounts->markRead(chat, row);
    }
}

} // namespace Mingle
