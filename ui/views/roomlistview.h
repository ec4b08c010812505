// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/roomlistmodel.h"

#include <QListView>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace Mingle {

class AvatarLabel;
class ElidedLabel;

/// The list itself: tells a choice of the person from rows that come and go.
class RoomList final : public QListView
{
    Q_OBJECT
public:
    explicit RoomList(RoomListModel &model, QWidget *parent = nullptr);
    void setChosen(const ChatId &chat);

Q_SIGNALS:
    /// entered: with the mouse or the Enter key, so that the person wants to write there now.
    void chosen(const Mingle::ChatId &chat, bool entered);
    void menuWanted(const Mingle::ChatId &chat, const QPoint &globalPosition);
    /// By the keys Ctrl+Shift+Up and Ctrl+Shift+Down.
    void moveWanted(const Mingle::ChatId &chat, int step);

protected:
    void dropEvent(QDropEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void showChosen();
    ChatId chatAt(const QModelIndex &index) const;

    RoomListModel &m_model;
    ChatId m_chosen;
    int m_settling = 0; ///< the model is changing: what becomes current meanwhile was not chosen by anybody
};

/// The left pane: menu, filter, list, and the own account at the bottom.
class RoomListView final : public QWidget
{
    Q_OBJECT
public:
    /// model must outlive the view. menu: behind the ☰ button; add: behind the + button; account: behind the own account.
    struct Menus {
        QMenu *main = nullptr;
        QMenu *add = nullptr;
        QMenu *account = nullptr;
    };
    RoomListView(RoomListModel &model, const Menus &menus, QWidget *parent = nullptr);

    void setChosen(const ChatId &chat);
    /// What the bottom bar shows. several: how many accounts there are.
    void setAccount(const Account &account, const ConnectionStatus &status, int several);
    void focusFilter();
    void focusList();
    QListView *list() const;

Q_SIGNALS:
    void chosen(const Mingle::ChatId &chat, bool entered);
    void menuWanted(const Mingle::ChatId &chat, const QPoint &globalPosition);
    void moveWanted(const Mingle::ChatId &chat, int step);
    /// The filter found nothing; what was typed may be an address to join or write to.
    void addressWanted(const QString &text);
    void joinWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeTop(const Menus &menus);
    QWidget *makeEmpty();
    QWidget *makeBottom(const Menus &menus);
    void filterChanged(const QString &text);
    void updateEmpty();

    RoomListModel &m_model;
    QLineEdit *m_filter = nullptr;
    RoomList *m_list = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_emptyText = nullptr;
    QPushButton *m_emptyButton = nullptr;
    QToolButton *m_accountButton = nullptr;
    AvatarLabel *m_accountAvatar = nullptr;
    ElidedLabel *m_accountName = nullptr;
    ElidedLabel *m_accountStatus = nullptr;
};

} // namespace Mingle
