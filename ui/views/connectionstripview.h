// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectionmodel.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Mingle {

class ErrorView;

/// Says when we are not live, why, and what can be done; asks for a password where one is missing. Hidden when all is
/// well: everything stored can be read meanwhile.
class ConnectionStripView final : public QWidget
{
    Q_OBJECT
public:
    /// model must outlive the view.
    explicit ConnectionStripView(ConnectionModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    void retryWanted(const Mingle::Jid &account);
    void onlineWanted(const Mingle::Jid &account);
    void passwordGiven(const Mingle::Jid &account, const QByteArray &password, bool keep);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();
    void showText(const ConnectionModel::Strip &strip);
    void showPassword(const ConnectionModel::Strip &strip);
    QString sentence(const ConnectionModel::Strip &strip) const;
    void submitPassword();
    void act();

    ConnectionModel &m_model;
    std::optional<ConnectionModel::Strip> m_shown;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_details;
    QWidget *m_passwordRow;
    QLineEdit *m_password;
    QCheckBox *m_keep;
    ErrorView *m_error;
    bool m_passwordOpen = false; ///< after a refusal the person asked for the field
};

} // namespace Mingle
