// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QDialog>

class QLabel;
class QListView;
class QPushButton;
class QStandardItemModel;

namespace Mingle {

class ConnectionModel;

/// What the last connects of an account came to, to look at and to put into a bug report. Follows while it is open.
class ConnectionDialog final : public QDialog
{
    Q_OBJECT
public:
    /// model must outlive the dialog.
    ConnectionDialog(const ConnectionModel &model, const Jid &account, QWidget *parent);

private:
    void fill();
    void copy();

    const ConnectionModel &m_model;
    Jid m_account;
    QStandardItemModel *m_rows;
    QListView *m_list;
    QLabel *m_nothing;
    QLabel *m_explanation;
    QPushButton *m_copy = nullptr;
};

} // namespace Mingle
