// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/requestbar.h"

#include "views/errorview.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace Mingle {

RequestBar::RequestBar(QWidget *parent)
    : QWidget(parent)
    , m_text(plainLabel({}, this))
{
    const int gap = space(font(), 2);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(gap);
    buttons->addStretch();
    const QString texts[] = {tr("Accept"), tr("Dismiss"), tr("Block…"),
                             tr("Allow"),  tr("Decline"), tr("Unblock")};
    for (qsizetype i = 0; i < qsizetype(std::size(texts)); ++i)
        add(Answer(i), texts[i]);
    // The one that says yes stands at the end, as in dialogs.
    for (const Answer answer : {Answer::Block, Answer::Dismiss, Answer::StopShowing, Answer::Unblock,
                                Answer::LetSee, Answer::AcceptTalk})
        buttons->addWidget(m_buttons[qsizetype(answer)]);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * gap, gap, 2 * gap, gap);
    column->setSpacing(gap);
    column->addWidget(m_text);
    column->addLayout(buttons);
    setVisible(false);
}

QPushButton *RequestBar::add(Answer answer, const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setVisible(false);
    connect(button, &QPushButton::clicked, this, [this, answer] { Q_EMIT answered(answer); });
    m_buttons.append(button);
    return button;
}

QPushButton *RequestBar::button(Answer answer) const
{
    QPushButton *found = m_buttons[qsizetype(answer)];
    return found->isVisibleTo(this) ? found : nullptr;
}

void RequestBar::offer(const QList<Answer> &answers)
{
    for (qsizetype i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setVisible(answers.contains(Answer(i)));
    setVisible(!answers.isEmpty());
}

void RequestBar::setChat(const Chat &chat)
{
    const QString name = singleLine(chat.title(), 60);
    const QString address = chat.id.address.toString();
    const bool known = chat.ties.testFlag(Tie::Contact);
    if (chat.isRoom()) return offer({});
    if (chat.isBlocked()) {
        m_text->setText(tr("You have blocked %1. Nothing from them reaches you.").arg(name));
        return offer({Answer::Unblock});
    }
    if (chat.requests.testFlag(Request::Talk)) {
        m_text->setText(
            tr("You do not know %1. They do not learn that you have read this, nor whether you are online, "
               "until you answer.")
                .arg(address));
        return offer({Answer::Block, Answer::Dismiss, Answer::AcceptTalk});
    }
    if (chat.requests.testFlag(Request::Subscription)) {
        const QString nick = singleLine(chat.description, 60);
        m_text->setText(
            known ? tr("%1 would like to see when you are online.").arg(name)
            : nick.isEmpty()
                ? tr("%1 would like to see when you are online, and to be one of your contacts.").arg(address)
                : tr("%1, who goes by the name of “%2”, would like to see when you are online, and to be one "
                     "of your contacts.")
                      .arg(address, nick));
        return offer(known ? QList{Answer::StopShowing, Answer::LetSee}
                           : QList{Answer::Block, Answer::StopShowing, Answer::LetSee});
    }
    offer({});
}

void RequestBar::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.separator);
}

} // namespace Mingle
