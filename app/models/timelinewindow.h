// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"

#include <QSet>

namespace Mingle {

/// The stretch of a chat that a timeline holds: messages without a gap except at the seams, in the order of
/// (order, row), and what is known of its two ends.
class TimelineWindow
{
public:
    const QList<Message> &messages() const { return m_messages; }
    bool atOldest() const { return m_atOldest; } ///< nothing older is stored
    bool atNewest() const { return m_atNewest; }
    /// Rows after which a seam lies; 0: before the first message.
    const QSet<qint64> &seams() const { return m_seams; }
    qsizetype indexOf(qint64 row) const; ///< -1: not here

    /// One to one nobody has a nick: the other's messages bear the name I gave them, mine none. Empty: all keep
    /// the nicks they have. False: nothing is different now.
    bool setPerson(const QString &name);
    void clear(); ///< the person too
    void replace(const MessagePage &page);
    void addOlder(const MessagePage &page);
    void addNewer(const MessagePage &page);
    /// Puts in a new or changed message if its place is in this stretch, takes it out if it has moved
    /// elsewhere. False: nothing is different now.
    bool put(const Message &unnamed);
    bool remove(qint64 row);
    /// Lets go of messages at one end until max are left.
    void dropOldest(qsizetype max);
    void dropNewest(qsizetype max);

private:
    bool holds(const Message &message) const;
    Message named(Message message) const;
    void merge(const MessagePage &page);

    QList<Message> m_messages;
    QSet<qint64> m_seams;
    QString m_person;
    bool m_atOldest = false;
    bool m_atNewest = false;
};

} // namespace Mingle
