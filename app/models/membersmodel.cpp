// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/membersmodel.h"

#include "core/futures.h"
#include "core/localhistory.h"

#include <QHash>
#include <QTimer>

#include <algorithm>

namespace Mingle {

namespace {

/// While people stream in (joining a big room), the list is read again this often at most...
constexpr qint64 settleMs = 300;
/// ...and seldom enough that reading takes no more than one part of so many of the time.
constexpr qint64 readShare = 8;
/// More differences than this are cheaper to show by starting over.
constexpr int stepLimit = 100;

/// Runs away from the UI thread: folding 10,000 nicks takes several milliseconds.
QList<Participant> inOrder(const QList<Participant> &people)
{
    struct Keyed {
        QString folded;
        const Participant *person;
    };
    QList<Keyed> keyed;
    keyed.reserve(people.size());
    for (const Participant &person : people)
        keyed.append({person.nick.toCaseFolded(), &person});
    std::ranges::sort(keyed, [](const Keyed &a, const Keyed &b) {
        if (a.person->standing != b.person->standing) return a.person->standing < b.person->standing;
        if (a.person->present != b.person->present) return a.person->present;
        if (a.folded != b.folded) return a.folded < b.folded;
        return a.person->key < b.person->key;
    });
    QList<Participant> sorted;
    sorted.reserve(people.size());
    for (const Keyed &entry : std::as_const(keyed))
        sorted.append(*entry.person);
    return sorted;
}

} // namespace

bool MembersModel::Row::same(const Row &other) const
{
    if (isHeading() != other.isHeading()) return false;
    return isHeading() ? standing == other.standing : person.key == other.person.key;
}

MembersModel::MembersModel(const LocalHistory &history, ChangeFeed &feed, QObject *parent)
    : QAbstractListModel(parent)
    , m_history(history)
{
    connect(&feed, &ChangeFeed::changed, this, &MembersModel::take);
}

void MembersModel::setWords(Words words)
{
    m_words = std::move(words);
    if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

void MembersModel::setChat(const ChatId &chat)
{
    if (chat == m_chat) return;
    m_chat = chat;
    ++m_generation;
    m_reading = false;
    m_stale = false;
    m_loaded = false;
    m_present = 0;
    beginResetModel();
    m_people.clear();
    m_places.clear();
    m_rows.clear();
    endResetModel();
    if (!m_chat.isEmpty()) reload();
}

void MembersModel::setFilter(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == m_filter) return;
    m_filter = trimmed;
    show(arranged());
}

void MembersModel::take(const QList<Change> &changes)
{
    if (m_chat.isEmpty()) return;
    for (const Change &change : changes) {
        const auto *people = std::get_if<ParticipantsChanged>(&change);
        if (!people || people->chat != m_chat) continue;
        if (m_reading) {
            m_stale = true;
        } else if (!m_scheduled) {
            m_scheduled = true;
            const qint64 pause = std::max(settleMs, m_readMs * readShare);
            const qint64 quiet = m_sinceRead.isValid() ? m_sinceRead.elapsed() : pause;
            QTimer::singleShot(int(std::max<qint64>(pause - quiet, 0)), this, [this] {
                m_scheduled = false;
                if (!m_reading && !m_chat.isEmpty()) reload();
            });
        }
        return;
    }
}

void MembersModel::reload()
{
    m_reading = true;
    m_stale = false;
    m_sinceRead.start();
    auto sorted = m_history.participants(m_chat).then(
        QtFuture::Launch::Async, [](const Result<QList<Participant>> &answer) -> Result<QList<Participant>> {
            if (!answer) return answer;
            return inOrder(*answer);
        });
    whenDone(sorted, this, [this, generation = m_generation](const Result<QList<Participant>> &answer) {
        if (generation != m_generation) return;
        m_reading = false;
        if (!answer) {
            Q_EMIT loadFailed(answer.error());
            return;
        }
        setPeople(*answer);
        m_readMs = m_sinceRead.elapsed();
        if (m_stale) take({ParticipantsChanged{m_chat}});
    });
}

void MembersModel::setPeople(QList<Participant> people)
{
    m_people = std::move(people);
    m_places.clear();
    for (qsizetype i = 0; i < m_people.size(); ++i)
        if (!m_people[i].avatar.isEmpty() || !m_people[i].address.isEmpty())
            m_places.insert(m_people[i].key, i);
    m_present = int(std::ranges::count_if(m_people, &Participant::present));
    m_loaded = true;
    show(arranged());
    Q_EMIT loaded();
}

QList<MembersModel::Row> MembersModel::arranged() const
{
    QList<Row> rows;
    rows.reserve(m_people.size() + 5);
    qsizetype heading = -1;
    for (const Participant &person : m_people) {
        const bool shown = m_filter.isEmpty() || person.nick.contains(m_filter, Qt::CaseInsensitive)
                           || (!person.address.isEmpty()
                               && person.address.toString().contains(m_filter, Qt::CaseInsensitive));
        if (!shown) continue;
        if (heading < 0 || rows.at(heading).standing != person.standing) {
            heading = rows.size();
            rows.append({person.standing, 0, {}});
        }
        ++rows[heading].count;
        rows.append({person.standing, 0, person});
    }
    return rows;
}

void MembersModel::show(QList<Row> rows)
{
    if (rows == m_rows) return;
    if (!m_rows.isEmpty() && showInSteps(rows)) return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

/// Keeps scrolling and choice where they are. False, with nothing done, when too much is different.
bool MembersModel::showInSteps(const QList<Row> &rows)
{
    const auto nameOf = [](const Row &row) {
        return row.isHeading() ? QString(QChar(1)) + QString::number(int(row.standing)) : row.person.key;
    };
    QHash<QString, int> wanted;
    wanted.reserve(rows.size());
    for (int i = 0; i < rows.size(); ++i)
        wanted.insert(nameOf(rows.at(i)), i);
    // What the order goes by is unchanged in the rows that stay, so among themselves they are in order; the others
    // are taken out and put in again.
    const auto staysPut = [](const Row &a, const Row &b) {
        return a.standing == b.standing && a.person.present == b.person.present
               && a.person.nick == b.person.nick;
    };
    QList<int> taken;
    for (int i = 0; i < m_rows.size(); ++i) {
        const int place = wanted.value(nameOf(m_rows.at(i)), -1);
        if (place < 0 || !staysPut(m_rows.at(i), rows.at(place))) taken.append(i);
    }
    const qsizetype put = rows.size() - (m_rows.size() - taken.size());
    if (taken.size() + put > stepLimit) return false;
    for (auto i = taken.crbegin(); i != taken.crend(); ++i) {
        beginRemoveRows({}, *i, *i);
        m_rows.removeAt(*i);
        endRemoveRows();
    }
    for (int i = 0; i < rows.size(); ++i) {
        if (i < m_rows.size() && m_rows.at(i).same(rows.at(i))) {
            if (m_rows.at(i) == rows.at(i)) continue;
            m_rows[i] = rows.at(i);
            Q_EMIT dataChanged(index(i), index(i));
        } else {
            beginInsertRows({}, i, i);
            m_rows.insert(i, rows.at(i));
            endInsertRows();
        }
    }
    return true;
}

int MembersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

const Participant *MembersModel::find(const QString &key) const
{
    const auto place = m_places.constFind(key);
    return place == m_places.cend() ? nullptr : &m_people.at(*place);
}

QVariant MembersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row &row = m_rows.at(index.row());
    const bool heading = row.isHeading();
    switch (role) {
    case HeadingRole:
        return heading;
    case ChatRole:
        return QVariant::fromValue(m_chat);
    case StandingRole:
        return QVariant::fromValue(row.standing);
    case CountRole:
        return heading ? QVariant(row.count) : QVariant();
    case ParticipantRole:
        return heading ? QVariant() : QVariant::fromValue(row.person);
    case Qt::DisplayRole:
        if (heading) return m_words.heading ? m_words.heading(row.standing) : QString();
        return row.person.nick;
    case Qt::AccessibleTextRole:
        if (heading) return m_words.heading ? m_words.heading(row.standing) : QString();
        return m_words.description ? m_words.description(row.person) : row.person.nick;
    case Qt::ToolTipRole:
        return !heading && m_words.toolTip ? m_words.toolTip(row.person) : QVariant();
    default:
        return {};
    }
}

Qt::ItemFlags MembersModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) return {};
    if (m_rows.at(index.row()).isHeading()) return Qt::ItemNeverHasChildren;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace Mingle
