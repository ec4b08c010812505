// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/roomcommands.h"
#include "views/formdialog.h"

class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QScrollArea;
class QVBoxLayout;

namespace Mingle {

class ErrorView;
class FormFieldEdit;

/// All settings of a room, as the room itself offers them: what Mingle knows in its own words and order, the rest under
/// "More". Only what was changed here is sent.
class RoomSettingsDialog final : public GrowingDialog
{
    Q_OBJECT
public:
    RoomSettingsDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent = nullptr);

    /// Somebody has changed the room: shows that, where nothing was changed here.
    void refresh();
    ChatId chat() const { return m_chat; }
    /// The control of a field; for tests.
    QWidget *control(const QString &field) const;

private:
    void load();
    void show(const Form &form);
    void addGroup(int group, const QList<FormField> &fields);
    void save();
    void setBusy(const QString &text);
    void fail(const Error &error);

    RoomCommands m_commands;
    ChatId m_chat;
    QList<FormFieldEdit *> m_edits;
    ErrorView *m_error;
    QProgressBar *m_progress;
    QLabel *m_status;
    QScrollArea *m_scroll;
    QWidget *m_page = nullptr;
    QVBoxLayout *m_groups = nullptr;
    QDialogButtonBox *m_buttons;
    bool m_loading = false;
    bool m_stale = false; ///< changed while an answer was on its way
};

} // namespace Mingle
