// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomcardview.h"

#include "views/errorview.h"
#include "views/roomcardwords.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace Mingle {

namespace {

constexpr int longestAbout = 2000;

QLabel *selectable(QWidget *parent)
{
    QLabel *label = plainLabel({}, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// With a sign in front, which says nothing by itself.
class FactRow final : public QWidget
{
public:
    FactRow(const RoomFact &fact, QWidget *parent)
        : QWidget(parent)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space(font(), 2));
        auto *sign = new QLabel(this);
        const int edge = space(font(), 4);
        sign->setPixmap(icon(fact.sign).pixmap(QSize(edge, edge), devicePixelRatioF()));
        row->addWidget(sign, 0, Qt::AlignTop);
        row->addWidget(plainLabel(fact.text, this), 1);
    }
};

QString protocolText(const RoomCard &card)
{
    return card.kind == ChatKind::Mix ? RoomCardView::tr("MIX channel") : RoomCardView::tr("MUC room");
}

} // namespace

RoomCardView::RoomCardView(QWidget *parent)
    : QScrollArea(parent)
    , m_description(nullptr)
    , m_subject(nullptr)
    , m_state(nullptr)
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("About the room"));
    auto *page = new QWidget(this);
    page->setAccessibleName(tr("About the room"));
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(space(font(), 3), space(font(), 2), space(font(), 3), space(font(), 2));
    m_column->setSpacing(space(font(), 2));
    m_description = selectable(page);
    m_subject = selectable(page);
    m_state = plainLabel({}, page);
    m_column->addWidget(makeHead());
    m_column->addWidget(m_description);
    m_column->addWidget(m_subject);
    m_column->addWidget(m_state);
    m_column->addWidget(makeDetails());
    m_column->addStretch();
    setWidget(page);
    restyle();
}

QWidget *RoomCardView::makeHead()
{
    m_head = new QWidget(this);
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space(font(), 3));
    m_avatar = new AvatarLabel(12, m_head);
    m_name = selectable(m_head);
    m_name->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    m_address = selectable(m_head);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_name);
    texts->addWidget(m_address);
    row->addWidget(m_avatar, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    return m_head;
}

QWidget *RoomCardView::makeDetails()
{
    m_under = new QWidget(this);
    auto *column = new QVBoxLayout(m_under);
    column->setContentsMargins(0, 0, 0, 0);
    m_fold = new QToolButton(m_under);
    m_fold->setText(tr("Details"));
    m_fold->setIcon(icon(Sign::Right));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setAutoRaise(true);
    m_fold->setCheckable(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_details = selectable(m_under);
    m_details->setVisible(false);
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) {
        m_fold->setIcon(icon(open ? Sign::Down : Sign::Right));
        m_details->setVisible(open);
    });
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_details);
    return m_under;
}

void RoomCardView::setHint(const QString &text)
{
    for (QWidget *part :
         {m_head, static_cast<QWidget *>(m_description), static_cast<QWidget *>(m_subject), m_under})
        part->setVisible(false);
    delete std::exchange(m_facts, nullptr);
    m_state->setAlignment(Qt::AlignCenter);
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
}

void RoomCardView::setCard(const RoomCard &card, RoomDirectoryModel::Told told, const Error &refusal,
                           bool joined)
{
    using Told = RoomDirectoryModel::Told;
    m_head->setVisible(true);
    m_avatar->setLook({roomTitle(card), card.address.toString(), AvatarShape::Room, false});
    m_name->setText(roomTitle(card));
    m_address->setText(card.address.toString());
    m_description->setText(singleLine(card.description, longestAbout));
    m_description->setVisible(!card.description.isEmpty());
    const bool sameWords = card.subject == card.description;
    m_subject->setText(tr("Now: %1").arg(singleLine(card.subject, longestAbout)));
    m_subject->setVisible(!card.subject.isEmpty() && !sameWords);
    m_state->setAlignment(Qt::AlignLeft);
    if (told == Told::Refused)
        m_state->setText(errorText(refusal, Attempt::Join).plain());
    else
        m_state->setText(told == Told::All ? QString() : tr("Asking the room what it is…"));
    m_state->setVisible(!m_state->text().isEmpty());
    setFacts(card, joined);
    QStringList details{protocolText(card)};
    if (!card.twin.isEmpty() && card.twin != card.address)
        details.append(tr("The same room for other programs: %1").arg(card.twin.toString()));
    if (card.twin == card.address) details.append(tr("Can be used as a MIX channel and as a MUC room"));
    m_details->setText(details.join(u'\n'));
    m_under->setVisible(told == Told::All);
}

void RoomCardView::setFacts(const RoomCard &card, bool joined)
{
    delete std::exchange(m_facts, nullptr);
    const QList<RoomFact> facts = roomFacts(card, joined);
    if (facts.isEmpty()) return;
    m_facts = new QWidget(widget());
    auto *column = new QVBoxLayout(m_facts);
    column->setContentsMargins(0, space(font(), 1), 0, 0);
    column->setSpacing(space(font(), 2));
    for (const RoomFact &fact : facts)
        column->addWidget(new FactRow(fact, m_facts));
    m_column->insertWidget(m_column->indexOf(m_state) + 1, m_facts);
    m_facts->show();
}

void RoomCardView::restyle()
{
    const Theme theme = Theme::of(this);
    for (QLabel *label : {m_address, m_subject, m_state, m_details}) {
        QPalette quiet = label->palette();
        for (const auto role : {QPalette::WindowText, QPalette::Text})
            quiet.setColor(role, theme.muted);
        label->setPalette(quiet);
    }
}

void RoomCardView::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_details) restyle();
}

QSize RoomCardView::sizeHint() const
{
    return {space(font(), 70), space(font(), 50)};
}

} // namespace Mingle
