// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/archive.h"
#include "xmpp/messagedecoder.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace Mingle {

/// XEP-0313 with XEP-0059. A result counts only if it comes from the very archive that was asked and bears the random
/// id of a query that still runs; nothing else in this module looks into <forwarded/>.
class ArchiveClient : public Archive
{
    Q_OBJECT
public:
    ArchiveClient(Wire &wire, MucDriver &muc, MixDriver &mix, QObject *parent);
    ~ArchiveClient() override;

    QFuture<Result<ArchivePage>> fetch(const ArchiveQuery &query) override;

private:
    struct Running;

    void onMessage(const QDomElement &stanza, const Jid &from);
    void onAnswer(const QString &queryId, const Result<QDomElement> &answer);
    void verify(const std::shared_ptr<Running> &running, const QString &id);
    void complete(const std::shared_ptr<Running> &running);
    void finish(Running &running, Result<ArchivePage> result);
    void onAuthorsKnown(const Jid &channel);
    bool isTooEarly(Running &running) const;
    bool knowsIds(const ArchiveQuery &query) const;

    Wire &m_wire;
    MucDriver &m_muc;
    MixDriver &m_mix;
    MessageDecoder m_decoder;
    QHash<QString, std::shared_ptr<Running>> m_running; ///< by query id
    QList<std::shared_ptr<Running>> m_waiting; ///< complete but for the names of their authors
    QSet<Jid> m_withoutIds; ///< archives that cannot be asked for one id
};

} // namespace Mingle
