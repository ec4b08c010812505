// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "views/formdialog.h"

namespace Mingle {

/// Who somebody in a room is, as far as the room and my own list tell, with what one does most.
class MemberCard final : public GrowingDialog
{
    Q_OBJECT
public:
    /// known: my talk with them or what my list has of them; empty if there is none.
    MemberCard(const Chat &room, const Participant &who, const Chat &known, QWidget *parent = nullptr);

Q_SIGNALS:
    /// To their address.
    void talkWanted(const Mingle::Jid &address);
    /// By way of the room, which hides it.
    void privateTalkWanted();
    void addWanted(const Mingle::Jid &address, const QString &name);

private:
    void addButtons(const Chat &room, const Participant &who, const Chat &known);

    QVBoxLayout *m_column;
};

} // namespace Mingle
