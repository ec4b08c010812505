// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preference.h"
#include "core/result.h"

#include <QObject>

namespace Mingle {

/// What my server holds of a chat's preference.
struct KeptPreference {
    Jid chat; ///< bare
    ChatKind kind = ChatKind::Person;
    ChatPreference preference;
    friend bool operator==(const KeptPreference &, const KeptPreference &) = default;
};

/// What I want of my chats, kept on my server for all my devices. Those of MUC rooms are part of their bookmarks and come
/// with them (Connection::bookmarks()). Lives on the session thread.
class ChatPreferences : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks for those of people and MIX channels; received() comes before the answer.
    virtual QFuture<Outcome> load() = 0;
    /// Those parts of what the chat has. NotFound for a MUC room without a bookmark; Unsupported where the server cannot
    /// keep it private.
    virtual QFuture<Outcome> put(const Chat &chat, PreferenceParts parts) = 0;
    /// The chat is left for good. That of a MUC room goes with its bookmark.
    virtual QFuture<Outcome> forget(const Chat &chat) = 0;

Q_SIGNALS:
    /// All of one sort, as they were when they were asked for.
    void received(const QList<Mingle::KeptPreference> &preferences);
    /// By any device of mine, this one too: what the server holds, with what is on its way there.
    void changed(const Mingle::KeptPreference &preference);
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::KeptPreference)
