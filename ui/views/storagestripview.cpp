// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/storagestripview.h"

#include "views/errortext.h"
#include "views/errorview.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

namespace Mingle {

namespace {

/// So long "Trying…" stands at least: a disk says no at once, and nothing would seem to have happened.
constexpr int answerMs = 700;

} // namespace

StorageStripView::StorageStripView(ConnectionModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_happened(plainLabel({}, this))
    , m_advice(plainLabel({}, this))
    , m_technical(plainLabel({}, this))
    , m_details(new QPushButton(tr("Details"), this))
    , m_action(new QPushButton(this))
{
    const int gap = space(font(), 2);
    m_happened->setFont(sized(font(), TextSize::Normal, QFont::DemiBold));
    m_technical->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_technical->setAccessibleName(tr("Technical details"));
    m_technical->setVisible(false);
    m_details->setCheckable(true);
    m_details->setAccessibleName(tr("Technical details"));
    connect(m_details, &QPushButton::toggled, m_technical, &QWidget::setVisible);
    connect(m_action, &QPushButton::clicked, this, [this] {
        m_trying = true;
        showAction();
        QTimer::singleShot(answerMs, this, [this] {
            m_trying = false;
            showAction();
        });
        Q_EMIT retryWanted();
    });

    auto *texts = new QVBoxLayout;
    texts->setSpacing(space(font(), 1) / 2);
    texts->addWidget(m_happened);
    texts->addWidget(m_advice);
    texts->addWidget(m_technical);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(gap);
    buttons->addStretch();
    buttons->addWidget(m_details, 0, Qt::AlignVCenter);
    buttons->addWidget(m_action, 0, Qt::AlignVCenter);
    // Room for the sign, on the side where reading begins.
    m_row->setContentsMargins(0, gap, gap, gap);
    m_row->setSpacing(gap);
    auto *indented = new QHBoxLayout;
    indented->addSpacing(2 * gap + space(font(), 8));
    indented->addLayout(texts, 1);
    m_row->addLayout(indented, 1);
    m_row->addLayout(buttons);
    setVisible(false);
    showAction();
    restyle();
    connect(&model, &ConnectionModel::storingChanged, this, &StorageStripView::follow);
    follow();
}

void StorageStripView::follow()
{
    const Error error = m_model.storing();
    if (!error) {
        m_details->setChecked(false);
        setVisible(false);
        return;
    }
    const ErrorText text = errorText(error, Attempt::Receive);
    m_happened->setText(text.happened);
    m_advice->setText(text.meaning + u' ' + text.advice);
    m_technical->setText(text.technical);
    setAccessibleName(text.plain());
    const bool appears = !isVisible();
    setVisible(true);
    if (appears && isVisible()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void StorageStripView::showAction()
{
    m_action->setText(m_trying ? tr("Trying…") : tr("Try again"));
}

void StorageStripView::restyle()
{
    const Theme theme = Theme::of(this);
    QPalette strong = palette();
    strong.setColor(QPalette::WindowText, theme.danger);
    m_happened->setPalette(strong);
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, theme.muted);
    m_technical->setPalette(quiet);
}

void StorageStripView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) restyle();
}

/// In a narrow window the words need its whole width.
void StorageStripView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_row->setDirection(width() < space(font(), 160) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void StorageStripView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), mixed(theme.base, theme.danger, 0.12));
    painter.fillRect(QRect(0, 0, width(), 1), theme.separator);
    const int edge = space(font(), 5);
    const int left = 2 * space(font(), 2);
    const QRectF place(layoutDirection() == Qt::RightToLeft ? width() - left - edge : left,
                       m_happened->y() + (m_happened->height() - edge) / 2.0, edge, edge);
    paintSign(&painter, place, Sign::Warning, theme.danger);
}

} // namespace Mingle
