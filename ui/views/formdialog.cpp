// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/formdialog.h"

#include "core/account.h"
#include "views/errorview.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace Mingle {

bool GrowingDialog::event(QEvent *event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest && layout()) {
        const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width())
                                                         : layout()->totalSizeHint().height();
        if (wanted > height()) resize(width(), wanted);
    }
    return handled;
}

FormDialog::FormDialog(const QString &title, const QString &button, QWidget *parent)
    : GrowingDialog(parent)
    , m_column(new QVBoxLayout(this))
    , m_form(new QFormLayout)
    , m_fields(new QWidget(this))
    , m_error(new ErrorView(this))
    , m_progress(new QProgressBar(this))
    , m_progressText(plainLabel({}, this))
{
    setWindowTitle(title);
    const int gap = space(font(), 3);
    m_column->setContentsMargins(gap + gap / 2, gap + gap / 2, gap + gap / 2, gap + gap / 2);
    m_column->setSpacing(gap);
    QLabel *headline = plainLabel(title, this);
    headline->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    m_fields->setLayout(m_form);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setSpacing(space(font(), 2));
    // Labels above the fields: nothing is cut in a narrow window or with big text.
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(space(font(), 1));
    m_progress->setAccessibleName(tr("Working"));
    auto *buttons = new QDialogButtonBox(this);
    m_submit = buttons->addButton(button, QDialogButtonBox::AcceptRole);
    m_submit->setDefault(true);
    // Enter means what the form is for, whichever button the focus happens to begin on.
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (!m_busy) submit();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_column->addWidget(headline);
    m_column->addWidget(m_error);
    m_column->addWidget(m_fields);
    m_column->addWidget(m_progress);
    m_column->addWidget(m_progressText);
    m_column->addStretch();
    m_column->addWidget(buttons);
    setMinimumWidth(space(font(), 95));
    leaveBusy();
}

void FormDialog::addText(const QString &text)
{
    m_form->addRow(plainLabel(text, m_fields));
}

QLineEdit *FormDialog::addLine(const QString &label, const QString &placeholder)
{
    auto *line = new QLineEdit(m_fields);
    line->setPlaceholderText(placeholder);
    addField(label, line);
    return line;
}

void FormDialog::addField(const QString &label, QWidget *field)
{
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setMinimumHeight(std::max(space(font(), 8), field->minimumSizeHint().height()));
    m_form->addRow(label, field);
}

void FormDialog::setFieldVisible(QWidget *field, bool visible)
{
    m_form->setRowVisible(field, visible);
}

QComboBox *FormDialog::addAccounts(const QList<Account> &accounts)
{
    auto *box = new QComboBox(m_fields);
    for (const Account &account : accounts)
        box->addItem(account.address.toString(), QVariant::fromValue(account.address));
    addField(tr("&With account"), box);
    setFieldVisible(box, accounts.size() > 1);
    return box;
}

void FormDialog::addBelow(QWidget *widget)
{
    m_form->addRow(widget);
}

void FormDialog::setBusy(const QString &text)
{
    m_busy = true;
    m_error->clear();
    m_fields->setEnabled(false);
    m_submit->setEnabled(false);
    m_progress->setVisible(true);
    m_progressText->setText(text);
    m_progressText->setVisible(true);
}

void FormDialog::leaveBusy()
{
    m_busy = false;
    m_fields->setEnabled(true);
    m_submit->setEnabled(true);
    m_progress->setVisible(false);
    m_progressText->setVisible(false);
}

void FormDialog::fail(const Error &error, Attempt attempt)
{
    leaveBusy();
    m_error->setError(error, attempt);
}

void FormDialog::complain(QWidget *field, const QString &text)
{
    leaveBusy();
    m_error->setText({text, {}, {}, {}});
    field->setFocus();
}

void FormDialog::clearError()
{
    m_error->clear();
}

QDialogButtonBox *closeBox(QDialog *dialog)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    buttons->button(QDialogButtonBox::Close)->setText(FormDialog::tr("Close"));
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

Jid accountIn(const QComboBox *accounts)
{
    return accounts->currentData().value<Jid>();
}

} // namespace Mingle
