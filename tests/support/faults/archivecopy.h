// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QHash>
#include <QList>

namespace Mingle {

class PeerProcess;

/// What a server keeps of one archive, read by a peer that is not Mingle.
class ArchiveCopy
{
public:
    struct Entry {
        QString archiveId;
        QString originId;
        QString from; ///< full
        QString to;
        QString body; ///< empty: nothing for a timeline
    };

    /// archive: a room, or empty for the peer's own.
    ArchiveCopy(const QString &archive, ChatKind kind)
        : m_archive(archive)
        , m_kind(kind)
    {}

    /// Reads what came since the last time, page by page. False: refused, or it does not end.
    bool extend(PeerProcess &reader);
    void clear();

    ChatKind kind() const { return m_kind; }
    const QList<Entry> &entries() const { return m_entries; }
    /// Place of an id in the archive; negative: it is not there.
    qsizetype place(const QString &archiveId) const { return m_places.value(archiveId, -1); }
    /// How often something with this origin-id lies there.
    int count(const QString &originId) const { return m_counts.value(originId); }

private:
    bool concerns(const Entry &entry) const;

    QString m_archive;
    ChatKind m_kind;
    QList<Entry> m_entries;
    QHash<QString, qsizetype> m_places;
    QHash<QString, int> m_counts;
};

} // namespace Mingle
