// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/pageplacement.h"
#include "session/sessioncontext.h"

#include <QObject>

#include <memory>

namespace Mingle {

/// Fetches what lies below a seam because somebody scrolled up to it (XEP-0313, XEP-0059). Session thread.
class OlderPages : public QObject
{
    Q_OBJECT
public:
    OlderPages(const SessionContext &context, QObject *parent);

    /// The stretch whose older end lies directly above the seam below this row, or above the seam before everything (0).
    /// A gap, whose isGap(), only if there is nothing else; an empty one (row 0) if there is no such seam.
    QFuture<Result<Interval>> seamBelow(const ChatId &chat, ChatKind kind, qint64 row);
    /// A page below this interval. For a person, pages until something of theirs comes.
    QFuture<Outcome> fetch(const ChatId &chat, ChatKind kind, const Interval &interval);

private:
    using Promise = std::shared_ptr<QPromise<Outcome>>;

    void goOn(const ChatId &chat, ChatKind kind, int pagesLeft, const Interval &interval,
              const Promise &promise);
    QFuture<Result<PageStored>> fetchBelow(const ChatId &chat, ChatKind kind, const Interval &interval);
    QFuture<Result<ArchivePage>> fetchByTime(ArchiveQuery query, const Error &expired);

    SessionContext m_context;
};

} // namespace Mingle
