// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/errortext.h"

#include <QDialog>
#include <QList>

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace Mingle {

struct Account;
class ErrorView;
class Jid;

/// Grows when something appears in it (an error, unfolded fields), so that nothing is squeezed. Never shrinks under
/// the person's hands.
class GrowingDialog : public QDialog
{
    Q_OBJECT
public:
    using QDialog::QDialog;

protected:
    bool event(QEvent *event) override;
};

/// A small form that asks a server for something: fields, one button that does it, progress, and the error inline with
/// everything typed still there. Closing it while it works only closes the form.
class FormDialog : public GrowingDialog
{
    Q_OBJECT
public:
    FormDialog(const QString &title, const QString &button, QWidget *parent);

protected:
    virtual void submit() = 0;

    void addText(const QString &text);
    QLineEdit *addLine(const QString &label, const QString &placeholder = {});
    void addField(const QString &label, QWidget *field);
    void setFieldVisible(QWidget *field, bool visible);
    /// Asks which account; not shown if there is only one.
    QComboBox *addAccounts(const QList<Account> &accounts);
    /// Under the fields.
    void addBelow(QWidget *widget);

    void setBusy(const QString &text);
    void fail(const Error &error, Attempt attempt);
    /// Something is wrong with what was typed in field.
    void complain(QWidget *field, const QString &text);
    void clearError();
    bool isBusy() const { return m_busy; }

private:
    void leaveBusy();

    QVBoxLayout *m_column;
    QFormLayout *m_form;
    QWidget *m_fields;
    ErrorView *m_error;
    QProgressBar *m_progress;
    QLabel *m_progressText;
    QPushButton *m_submit;
    bool m_busy = false;
};

/// One button, "Close", in the program's own words: those of Qt may not be installed.
QDialogButtonBox *closeBox(QDialog *dialog);
/// The account chosen in what addAccounts() made.
Jid accountIn(const QComboBox *accounts);

} // namespace Mingle
