// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/membersview.h"

#include "models/membersmodel.h"
#include "views/errorview.h"
#include "views/memberdelegate.h"
#include "views/roomwords.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace Mingle {

MembersView::MembersView(MembersModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_filter(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_empty(plainLabel({}, this))
{
    setAccessibleName(tr("Members"));
    m_filter->setPlaceholderText(tr("Filter members"));
    m_filter->setAccessibleName(tr("Filter members"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumHeight(space(font(), 8));
    m_filter->addAction(icon(Sign::Search), QLineEdit::LeadingPosition)->setText(tr("Filter members"));
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        updateCounts();
    });

    m_list->setModel(&model);
    m_list->setItemDelegate(new MemberDelegate(m_list));
    m_list->setAccessibleName(tr("Members of the room"));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this, &MembersView::showMenu);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        const auto person = index.data(MembersModel::ParticipantRole).value<Participant>();
        if (!person.key.isEmpty()) Q_EMIT cardWanted(person);
    });
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setContentsMargins(space(font(), 4), space(font(), 6), space(font(), 4), 0);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTop());
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space(font(), 3), 0, space(font(), 3), space(font(), 2));
    row->addWidget(m_filter);
    layout->addLayout(row);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_list, 1);

    connect(&model, &MembersModel::loaded, this, &MembersView::updateCounts);
    connect(&model, &QAbstractItemModel::modelReset, this, &MembersView::updateCounts);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &MembersView::updateCounts);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &MembersView::updateCounts);
    updateCounts();
}

QWidget *MembersView::makeTop()
{
    auto *top = new QWidget(this);
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(space(font(), 4), space(font(), 2), space(font(), 2), space(font(), 2));
    m_title = new ElidedLabel({}, top);
    m_title->setFont(sized(font(), TextSize::Normal, QFont::DemiBold));
    auto *close = new QToolButton(top);
    close->setIcon(icon(Sign::Close));
    close->setIconSize(QSize(space(font(), 5), space(font(), 5)));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close (Esc)"));
    close->setAccessibleName(tr("Close the members panel"));
    close->setFocusPolicy(Qt::StrongFocus);
    connect(close, &QToolButton::clicked, this, &MembersView::closeWanted);
    layout->addWidget(m_title, 1);
    layout->addWidget(close);
    top->setMinimumHeight(space(font(), 13));
    return top;
}

void MembersView::updateCounts()
{
    const int total = m_model.total();
    const QString count = QLocale().toString(total);
    m_title->setText(total > 0 ? tr("Members · %1").arg(count) : tr("Members"));
    const bool nobody = m_model.rowCount() == 0;
    // Where all are plain members, the title above says it.
    const QModelIndex first = m_model.index(0);
    const bool onlyHeading =
        first.data(MembersModel::CountRole).toInt() == total
        && first.data(Qt::DisplayRole).toString() == memberWords().heading(Standing::Member);
    if (!nobody) m_list->setRowHidden(0, onlyHeading);
    m_list->setVisible(!nobody);
    m_empty->setVisible(nobody);
    if (!nobody) return;
    if (!m_model.isLoaded()) {
        m_empty->clear();
    } else {
        m_empty->setText(total > 0 ? tr("Nobody here is called that.")
                                   : tr("The room does not say who is in it."));
    }
}

void MembersView::showMenu(const QPoint &position)
{
    const QModelIndex index = m_list->indexAt(position);
    const auto person = index.data(MembersModel::ParticipantRole).value<Participant>();
    if (person.key.isEmpty()) return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(Sign::Info), tr("About this person"), this,
                    [this, person] { Q_EMIT cardWanted(person); });
    if (!person.isMe && !person.address.isEmpty())
        menu->addAction(icon(Sign::Person), tr("Talk"), this,
                        [this, person] { Q_EMIT talkWanted(person.address); });
    if (!person.address.isEmpty())
        menu->addAction(icon(Sign::Copy), tr("Copy address"), this,
                        [person] { QGuiApplication::clipboard()->setText(person.address.toString()); });
    else if (!person.isMe)
        menu->addAction(tr("The room hides this person's address"))->setEnabled(false);
    Q_EMIT menuOpening(menu, person);
    if (menu->isEmpty()) {
        delete menu;
        return;
    }
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void MembersView::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

void MembersView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).base);
}

} // namespace Mingle
