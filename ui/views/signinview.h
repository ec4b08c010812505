// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/signinmodel.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace Mingle {

class ErrorView;

/// Address, password and, folded away, how to reach the server: the welcome page, and the form for further accounts.
/// Keeps what was typed whatever happens.
class SignInView final : public QWidget
{
    Q_OBJECT
public:
    enum class Look {
        Welcome, ///< a page of its own, with the name of the program
        Form, ///< inside a dialog
    };
    /// model must outlive the view.
    SignInView(SignInModel &model, Look look, QWidget *parent = nullptr);

    void focusFirst();

private:
    struct Field {
        QWidget *input = nullptr;
        QLabel *problem = nullptr;
    };

    QWidget *inTheMiddle(QWidget *frame);
    QWidget *makeWelcome();
    QWidget *makeServerSettings();
    QWidget *makeButtons();
    Field addField(QWidget *parent, const QString &label, QWidget *input);
    void chooseCaFile();
    void submit();
    void follow();
    void showProblem(QLabel *label, SignInModel::Problem problem);
    void focusProblem();
    SignInModel::Form form() const;

    SignInModel &m_model;
    QWidget *m_fields;
    QLineEdit *m_address;
    QLineEdit *m_password;
    QCheckBox *m_keep;
    QCheckBox *m_plain;
    QToolButton *m_fold = nullptr;
    QWidget *m_server = nullptr;
    QLineEdit *m_host = nullptr;
    QLineEdit *m_port = nullptr;
    QComboBox *m_tls = nullptr;
    QLineEdit *m_caFile = nullptr;
    QLabel *m_addressProblem = nullptr;
    QLabel *m_passwordProblem = nullptr;
    QLabel *m_portProblem = nullptr;
    QLabel *m_caFileProblem = nullptr;
    ErrorView *m_error;
    QProgressBar *m_progress = nullptr;
    QLabel *m_progressText = nullptr;
    QPushButton *m_submit = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace Mingle
