// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "models/roomcommands.h"

#include <QObject>

#include <functional>

class QMenu;
class QWidget;

namespace Mingle {

class DoneStripView;
class RoomListModel;

/// What may be done to somebody in a room, by those who may; asks once, says what was done, and takes it back if wanted.
class MemberActions final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive the actions; strip tells what was done.
    MemberActions(const RoomCommands &commands, RoomListModel &rooms, DoneStripView &strip, QWidget *window);

    /// Adds what fits to the menu of a member.
    void extend(QMenu *menu, const ChatId &chat, const Participant &who);

    /// Shows who that is.
    void showCard(const ChatId &chat, const Participant &who);

Q_SIGNALS:
    void talkWanted(const Mingle::ChatId &talk);
    /// To an address that is known.
    void personWanted(const Mingle::Jid &address);
    void addWanted(const Mingle::Jid &address, const QString &name);

private:
    using Call = std::function<QFuture<Outcome>()>;

    void addTalk(QMenu *menu, const Chat &chat, const Participant &who);
    void talkInPrivate(const ChatId &chat, const Participant &who);
    void addStandings(QMenu *menu, const Chat &chat, const Participant &who);
    void addSilence(QMenu *menu, const Chat &chat, const Participant &who);
    void addGoing(QMenu *menu, const Chat &chat, const Participant &who);
    void setStanding(const ChatId &chat, const Participant &who, Standing standing);
    /// undo empty: it cannot be taken back.
    void run(const Call &call, const QString &done, const Call &undo);
    Call standingBack(const ChatId &chat, const Participant &who, Standing now) const;

    RoomCommands m_commands;
    RoomListModel &m_rooms;
    DoneStripView &m_strip;
    QWidget *m_window;
};

/// Whether mine is enough to touch somebody of this standing (XEP-0045 5.1.2, 5.2.1).
bool standsAbove(Capabilities mine, Standing theirs);

} // namespace Mingle
