// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/jumpdialog.h"

#include "views/errorview.h"
#include "views/roomdelegate.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace Mingle {

JumpDialog::JumpDialog(const QList<Chat> &chats, QWidget *parent)
    : QDialog(parent)
    , m_model(chats)
    , m_text(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(plainLabel(tr("Nothing here is called that."), this))
{
    setWindowTitle(tr("Jump to"));
    m_text->setPlaceholderText(tr("Jump to a room or a person"));
    m_text->setAccessibleName(tr("Jump to a room or a person"));
    m_text->setMinimumHeight(space(font(), 10));
    m_text->addAction(icon(Sign::Search), QLineEdit::LeadingPosition)->setText(tr("Jump to"));
    m_text->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, &JumpDialog::textChanged);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new RoomDelegate(m_list));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // the arrows work from the text field
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    m_nothing->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_nothing);
    column->addWidget(m_list, 1);
    resize(std::min(space(font(), 110), parent ? parent->width() - 20 : 440), space(font(), 100));
    textChanged({});
}

void JumpDialog::textChanged(const QString &text)
{
    m_model.setText(text);
    const bool nothing = m_model.rowCount() == 0;
    m_nothing->setVisible(nothing);
    if (!nothing) m_list->setCurrentIndex(m_model.index(0));
}

void JumpDialog::choose(int row)
{
    if (row < 0 || row >= m_model.rowCount()) return;
    const ChatId chat = m_model.chatAt(row).id;
    accept();
    Q_EMIT chosen(chat);
}

bool JumpDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex().row());
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace Mingle
