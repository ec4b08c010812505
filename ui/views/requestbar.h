// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace Mingle {

/// Above a talk: what a stranger or a contact wants of me, or that I have blocked them, and the answers to that. Shows
/// itself when there is something to answer.
class RequestBar final : public QWidget
{
    Q_OBJECT
public:
    enum class Answer { AcceptTalk, Dismiss, Block, LetSee, StopShowing, Unblock };

    explicit RequestBar(QWidget *parent = nullptr);

    void setChat(const Chat &chat);
    /// The one that is shown for this answer; nullptr if it is not offered now.
    QPushButton *button(Answer answer) const;

Q_SIGNALS:
    void answered(Mingle::RequestBar::Answer answer);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QPushButton *add(Answer answer, const QString &text);
    void offer(const QList<Answer> &answers);

    QLabel *m_text;
    QList<QPushButton *> m_buttons; ///< by Answer
};

} // namespace Mingle
