// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jumpmodel.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;

namespace Mingle {

/// Ctrl+K: type a few letters, press Enter, be there.
class JumpDialog final : public QDialog
{
    Q_OBJECT
public:
    JumpDialog(const QList<Chat> &chats, QWidget *parent);

Q_SIGNALS:
    void chosen(const Mingle::ChatId &chat);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(int row);
    void textChanged(const QString &text);

    JumpModel m_model;
    QLineEdit *m_text;
    QListView *m_list;
    QLabel *m_nothing;
};

} // namespace Mingle
