// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "models/timelinemodel.h"

#include <QCoreApplication>

namespace Mingle {

/// What a timeline says, on the screen and to a screen reader. All results are plain text.
class TimelineWords
{
    Q_DECLARE_TR_FUNCTIONS(Mingle::TimelineWords)

public:
    static QString name(const Author &author); ///< safe in one line, never empty
    static QString time(const QDateTime &time);
    static QString dateAndTime(const QDateTime &time);
    static QString day(const QDate &day, const QDate &today);
    static QString newSince(const QDateTime &time, const QDate &today);
    static QString beginning(const QString &title); ///< of the chat called so
    static QString notice(const Message &message); ///< what happened, in one line
    static QString failure(const Error &error);
    static QString delivery(Delivery delivery); ///< empty for what others sent
    static QString seam(SeamState state, const Error &error);
    static QString seamAction(SeamState state, const Error &error); ///< empty: none
    /// A whole message: "Ada, 10:02: text".
    static QString spoken(const Message &message);
    static QString announced(const QList<Message> &messages);
    static QString copied(const Message &message, const QString &text, bool withDate);
};

} // namespace Mingle
