// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomsettingsdialog.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "views/formfields.h"
#include "views/settingwords.h"
#include "widgets/avatar.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QProgressBar>
#include <QScrollArea>
#include <QToolButton>

namespace Mingle {

RoomSettingsDialog::RoomSettingsDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent)
    : GrowingDialog(parent)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_error(new ErrorView(this))
    , m_progress(new QProgressBar(this))
    , m_status(plainLabel({}, this))
    , m_scroll(new QScrollArea(this))
    , m_buttons(new QDialogButtonBox(this))
{
    setWindowTitle(tr("Room settings"));
    QLabel *headline = plainLabel(tr("Settings of “%1”").arg(singleLine(chat.title(), 60)), this);
    headline->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(space(font(), 1));
    m_progress->setAccessibleName(tr("Waiting for the room"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setAccessibleName(tr("Settings"));
    m_scroll->setFocusPolicy(Qt::NoFocus); // its fields take the focus
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QPushButton *apply = m_buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    apply->setDefault(true);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &RoomSettingsDialog::save);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(headline);
    column->addWidget(m_error);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_progress);
    column->addWidget(m_status);
    column->addWidget(m_buttons);
    resize(space(font(), 120), space(font(), 130));
    load();
}

void RoomSettingsDialog::setBusy(const QString &text)
{
    const bool busy = !text.isEmpty();
    m_progress->setVisible(busy);
    m_status->setText(text);
    m_status->setVisible(busy);
    if (m_page) m_page->setEnabled(!busy);
    for (QAbstractButton *button : m_buttons->buttons())
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(!busy && m_page);
}

void RoomSettingsDialog::fail(const Error &error)
{
    setBusy({});
    m_error->setError(error, Attempt::Alter);
}

void RoomSettingsDialog::load()
{
    m_loading = true;
    setBusy(tr("Asking the room…"));
    whenDone(m_commands.settings(m_chat), this, [this](const Result<Form> &form) {
        m_loading = false;
        if (!form) return fail(form.error());
        setBusy({});
        show(*form);
        setBusy({});
        if (m_stale) refresh();
    });
}

void RoomSettingsDialog::refresh()
{
    // What is on its way may have been read before the change that was just heard of.
    m_stale = m_loading;
    if (m_loading || !m_page || !m_page->isEnabled()) return;
    m_loading = true;
    whenDone(m_commands.settings(m_chat), this, [this](const Result<Form> &form) {
        m_loading = false;
        if (m_stale) return refresh();
        if (!form) return;
        for (FormFieldEdit *edit : std::as_const(m_edits))
            if (const FormField *field = form->find(edit->name())) edit->update(*field);
    });
}

void RoomSettingsDialog::show(const Form &form)
{
    m_page = new QWidget(m_scroll);
    m_groups = new QVBoxLayout(m_page);
    m_groups->setContentsMargins(0, 0, space(font(), 2), 0);
    m_groups->setSpacing(space(font(), 3));
    constexpr int groups = int(SettingGroup::More) + 1;
    QList<QList<FormField>> sorted(groups);
    for (const FormField &field : form.fields) {
        if (field.type == FormField::Type::Hidden || field.type == FormField::Type::Note) continue;
        sorted[int(settingWords(field.name).group)].append(field);
    }
    for (int group = 0; group < groups; ++group)
        if (!sorted[group].isEmpty()) addGroup(group, sorted[group]);
    m_groups->addStretch();
    m_scroll->setWidget(m_page);
    if (!m_edits.isEmpty()) m_edits.first()->control()->setFocus();
}

void RoomSettingsDialog::addGroup(int group, const QList<FormField> &fields)
{
    const QString title = settingGroupText(SettingGroup(group));
    auto *box = new QWidget(m_page);
    auto *rows = new QFormLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setRowWrapPolicy(QFormLayout::WrapLongRows);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const FormField &field : fields) {
        auto *edit = new FormFieldEdit(field, box);
        const QString known = settingWords(field.name).label;
        if (!known.isEmpty()) edit->setLabel(known);
        m_edits.append(edit);
        if (edit->hasOwnLabel()) {
            rows->addRow(edit->control());
            continue;
        }
        QLabel *label = plainLabel(edit->control()->accessibleName(), box);
        label->setBuddy(edit->control());
        rows->addRow(label, edit->control());
    }
    if (SettingGroup(group) != SettingGroup::More) {
        QLabel *heading = plainLabel(title, m_page);
        heading->setFont(sized(font(), TextSize::Normal, QFont::DemiBold));
        m_groups->addWidget(heading);
    } else {
        auto *fold = new QToolButton(m_page);
        fold->setText(title);
        fold->setIcon(icon(Sign::Right));
        fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        fold->setAutoRaise(true);
        fold->setCheckable(true);
        fold->setFocusPolicy(Qt::StrongFocus);
        box->setVisible(false);
        connect(fold, &QToolButton::toggled, box, [fold, box](bool open) {
            fold->setIcon(icon(open ? Sign::Down : Sign::Right));
            box->setVisible(open);
        });
        m_groups->addWidget(fold);
    }
    m_groups->addWidget(box);
}

QWidget *RoomSettingsDialog::control(const QString &field) const
{
    for (const FormFieldEdit *edit : m_edits)
        if (edit->name() == field) return edit->control();
    return nullptr;
}

void RoomSettingsDialog::save()
{
    m_error->clear();
    Form changes;
    for (const FormFieldEdit *edit : std::as_const(m_edits))
        if (edit->isChanged()) changes.fields.append(edit->field());
    if (changes.fields.isEmpty()) return accept();
    setBusy(tr("Telling the room…"));
    whenDone(m_commands.changeSettings(m_chat, changes), this, [this](const Outcome &outcome) {
        if (outcome) return accept();
        fail(outcome.error());
    });
}

} // namespace Mingle
