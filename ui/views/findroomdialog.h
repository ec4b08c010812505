// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/chatcommands.h"
#include "models/roomdirectorymodel.h"
#include "models/xmpplink.h"

#include <QDialog>
#include <QSet>
#include <QTimer>

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QProgressBar;
class QPushButton;

namespace Mingle {

class ErrorView;
class PlaceChooser;
class RoomCardView;
class Settings;

/// Finds a room by words, an address or a link, shows what it is, and joins it. Nothing is joined that was not shown.
/// All of it works from the line at the top: arrows choose, Enter shows, then joins.
class FindRoomDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Needs {
        ChatCommands chats;
        DirectoryCommands directory;
        QList<Account> accounts;
        std::function<QSet<Jid>(const Jid &account)> joined; ///< the rooms the account is in
        Settings &settings;
    };

    FindRoomDialog(const Needs &needs, QWidget *parent);

    /// What the line starts with: words, a link, an address or part of one.
    void fill(const QString &text);
    void fill(const XmppLink &link);
    /// A room that did not let us in: shows why, and asks for what is missing.
    void fillFailed(const Chat &chat, const Error &error);

    const RoomDirectoryModel &model() const { return m_model; }

Q_SIGNALS:
    /// Joined, or to be opened because it was before.
    void joined(const Mingle::ChatId &chat);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makeTop(const QList<Account> &accounts, QBoxLayout *column);
    void makeStatus(QBoxLayout *column);
    void setUpList();
    QWidget *makeEntry();
    void makeButtons(QBoxLayout *column);
    void connectModel();

    Jid account() const;
    void accountChosen();
    void placeChosen();
    void textChanged();
    void settle();
    void lookAtPlace();
    void followState();
    QString statusText() const;
    void showMessage();
    void askVisible();
    void keepSelection();
    void currentChanged();
    void showCard();
    RoomCard current() const;
    void act();
    void join(const RoomCard &card);
    void refused(const Error &error);
    void setBusy(bool busy);
    void arrange();
    void restyle();

    Needs m_needs;
    RoomDirectoryModel m_model;
    QTimer m_pause; ///< after what was typed, before somebody is asked
    QTimer m_visible; ///< gathers what moves the rows
    QComboBox *m_accounts;
    QLineEdit *m_text;
    PlaceChooser *m_places;
    QLabel *m_status;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    QListView *m_list;
    QWidget *m_empty;
    QLabel *m_message;
    QPushButton *m_again;
    RoomCardView *m_card;
    QWidget *m_entry = nullptr;
    QLineEdit *m_nick = nullptr;
    QLabel *m_nickLabel = nullptr;
    QLineEdit *m_password;
    QLabel *m_passwordLabel = nullptr;
    ErrorView *m_error;
    QPushButton *m_join = nullptr;
    QBoxLayout *m_sides = nullptr;
    Jid m_kept; ///< the room chosen, over a change of the rows
    Jid m_shownAddress; ///< typed, and asked already
    bool m_passwordWanted = false; ///< the room said so, or the link had one
    bool m_busy = false;
};

} // namespace Mingle
