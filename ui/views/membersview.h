// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/participant.h"

#include <QWidget>

class QLabel;
class QMenu;
class QLineEdit;
class QListView;

namespace Mingle {

class ElidedLabel;
class MembersModel;

/// The right panel: who is in the room.
class MembersView final : public QWidget
{
    Q_OBJECT
public:
    /// model must outlive the view.
    explicit MembersView(MembersModel &model, QWidget *parent = nullptr);

    void focusFilter();
    QListView *list() const { return m_list; }

Q_SIGNALS:
    void closeWanted();
    /// Somebody whose address the room shows was chosen: a talk with them is wanted.
    void talkWanted(const Mingle::Jid &address);
    void cardWanted(const Mingle::Participant &who);
    /// The menu of somebody is about to open: whoever knows more that may be done adds it.
    void menuOpening(QMenu *menu, const Mingle::Participant &who);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeTop();
    void updateCounts();
    void showMenu(const QPoint &position);

    MembersModel &m_model;
    ElidedLabel *m_title = nullptr;
    QLineEdit *m_filter = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_empty = nullptr;
};

} // namespace Mingle
