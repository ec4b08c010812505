// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/preferencecommands.h"

#include <QObject>

namespace Mingle {

class RoomListModel;
class WindowActions;

/// What a person chooses for a chat: whether and where it is among the favourites, and of which messages to be told.
class ChatChoices final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it. subject: the chat that a menu or a key is about now.
    struct Needs {
        RoomListModel &rooms;
        WindowActions &actions;
        PreferenceCommands commands;
        std::function<ChatId()> subject;
        QWidget *window; ///< its dialogs stand over it
    };
    ChatChoices(const Needs &needs, QObject *parent);

    /// A favourite goes step places down; anything else becomes one.
    void move(const ChatId &chat, int step);

private:
    void refresh();
    void choose(const ChatId &chat, const ChatPreference &wanted, PreferenceParts parts);
    void toggle(const ChatId &chat);
    void place(const ChatId &chat, qsizetype place);
    void notify(NotifyWhen when);
    void name(const ChatId &chat);
    qsizetype placeOf(const ChatId &chat) const;

    Needs m_needs;
};

} // namespace Mingle
