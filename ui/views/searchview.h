// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/search.h"

#include <QWidget>

#include <functional>

class QAbstractButton;
class QLabel;
class QLineEdit;
class QListView;
class QToolButton;

namespace Mingle {

class ElidedLabel;
class SearchModel;

/// The right panel when one looks for something: a field, where and in which order, and what was found. All of it works
/// from the field: arrows choose, Enter goes there.
class SearchView final : public QWidget
{
    Q_OBJECT
public:
    /// model must outlive the view; chatOf: what is known of a chat.
    SearchView(SearchModel &model, std::function<Chat(const ChatId &)> chatOf, QWidget *parent = nullptr);

    /// The chat in front; empty: none, so that one can only look everywhere.
    void setChat(const Chat &chat);
    void setEverywhere(bool everywhere);
    bool isEverywhere() const { return m_everywhere; }
    void focusField();

    QLineEdit *field() const { return m_field; }
    QListView *list() const { return m_list; }
    QString stateText() const; ///< what stands there in place of results

Q_SIGNALS:
    void closeWanted();
    void chosen(const Mingle::ChatId &chat, qint64 row, const QList<std::pair<qsizetype, qsizetype>> &marks);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeTop();
    QWidget *makeScope();
    QWidget *makeStatus();
    QWidget *makeHint();
    void setUpList(std::function<Chat(const ChatId &)> chatOf);
    void followScope();
    void followState();
    void rememberRow();
    void restoreRow();
    void choose(const QModelIndex &index);
    void restyle();

    SearchModel &m_model;
    ChatId m_chat;
    bool m_everywhere = false;
    qint64 m_keptRow = 0; ///< chosen by hand, to be found again among new results
    bool m_chosenByHand = false;
    QLineEdit *m_field;
    QAbstractButton *m_here = nullptr;
    QAbstractButton *m_all = nullptr;
    QWidget *m_status = nullptr;
    ElidedLabel *m_count = nullptr;
    QToolButton *m_order = nullptr;
    QWidget *m_hint = nullptr;
    QLabel *m_message;
    QListView *m_list;
};

} // namespace Mingle
