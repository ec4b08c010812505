// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "core/participant.h"

#include <QObject>

#include <variant>

namespace Mingle {

/// What one committed transaction changed; the models follow these and read nothing again.
struct MessageAdded {
    Message message;
};
struct MessageChanged {
    Message message;
};
struct MessageRemoved {
    ChatId chat;
    qint64 row = 0;
};
struct ChatChanged {
    Chat chat;
};
struct ChatRemoved {
    ChatId chat;
};
/// Members came, went or changed: read them again (they come in bulk).
struct ParticipantsChanged {
    ChatId chat;
};
/// Older messages came in below newer ones, or a range was proven complete: read the window again.
struct HistoryChanged {
    ChatId chat;
};

using Change = std::variant<MessageAdded, MessageChanged, MessageRemoved, ChatChanged, ChatRemoved,
                            ParticipantsChanged, HistoryChanged>;

/// Tells what was committed. Emitted from the database thread: connect with a context object.
class ChangeFeed : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

Q_SIGNALS:
    void changed(const QList<Mingle::Change> &changes);
};

} // namespace Mingle

Q_DECLARE_METATYPE(QList<Mingle::Change>)
