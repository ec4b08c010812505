// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faults/archivecopy.h"

#include "support/servers/peerprocess.h"

#include <QJsonArray>

namespace Mingle {

using namespace Qt::StringLiterals;

bool ArchiveCopy::extend(PeerProcess &reader)
{
    for (int pages = 0; pages < 10'000; ++pages) {
        QJsonObject query{{u"max"_s, 250}};
        if (!m_archive.isEmpty()) query.insert(u"archive", m_archive);
        query.insert(u"after", m_entries.isEmpty() ? QString() : m_entries.last().archiveId);
        if (m_entries.isEmpty()) query.remove(u"after");
        const QJsonObject page = reader.run(u"mam"_s, query);
        if (page.value(u"event").toString() != u"done") return false;
        const QJsonArray messages = page.value(u"messages").toArray();
        for (const QJsonValue &value : messages) {
            const QString id = value[u"archive_id"].toString();
            m_places.insert(id, m_entries.size());
            const Entry entry{id, value[u"origin_id"].toString(), value[u"from"].toString(),
                              value[u"to"].toString(), value[u"body"].toString()};
            if (concerns(entry) && !entry.body.isEmpty()) ++m_counts[entry.originId];
            m_entries.append(entry);
            // ejabberd keeps what a room has refused in the archive of the sender: nothing for a timeline.
            if (!concerns(entry)) m_entries.last().body.clear();
        }
        if (page.value(u"complete").toBool() || messages.isEmpty()) return true;
    }
    return false;
}

bool ArchiveCopy::concerns(const Entry &entry) const
{
    const auto isRoom = [](const QString &address) {
        return address.section(u'@', 1).contains(u'.' + u"chat.test"_s);
    };
    return m_kind != ChatKind::Person || (!isRoom(entry.from) && !isRoom(entry.to));
}

void ArchiveCopy::clear()
{
    m_entries.clear();
    m_places.clear();
    m_counts.clear();
}

} // namespace Mingle
