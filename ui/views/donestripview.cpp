// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/donestripview.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

namespace Mingle {

namespace {
constexpr int shownMs = 12'000; // long enough to read it, see that it was a mistake, and reach the button
}

DoneStripView::DoneStripView(QWidget *parent)
    : QWidget(parent)
    , m_text(plainLabel({}, this))
    , m_error(new ErrorView(this))
    , m_undo(new QPushButton(tr("Undo"), this))
    , m_close(new QToolButton(this))
    , m_end(new QTimer(this))
{
    const int gap = space(font(), 2);
    m_close->setIcon(icon(Sign::Close));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close this note"));
    m_close->setToolTip(tr("Close"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2 * gap, gap, gap, gap);
    row->setSpacing(gap);
    row->addWidget(m_text, 1);
    row->addWidget(m_error, 1);
    row->addWidget(m_undo);
    row->addWidget(m_close);
    m_end->setSingleShot(true);
    m_end->setInterval(shownMs);
    connect(m_end, &QTimer::timeout, this, [this] {
        // Whoever stands on the button with the keyboard is about to press it.
        if (m_undo->hasFocus() || underMouse())
            m_end->start();
        else
            hide();
    });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_undo, &QPushButton::clicked, this, &DoneStripView::takeBack);
    setVisible(false);
}

void DoneStripView::show(const QString &text)
{
    m_end->stop();
    m_error->clear();
    m_text->setText(text);
    m_text->setVisible(true);
    m_undo->setVisible(false);
    m_undo->setEnabled(true);
    setVisible(true);
    QAccessibleAnnouncementEvent told(this, text);
    QAccessible::updateAccessibility(&told);
}

void DoneStripView::say(const QString &text, const Undo &undo)
{
    m_call = undo;
    show(text);
    m_undo->setVisible(bool(undo));
    m_end->start();
}

void DoneStripView::wait(const QString &text)
{
    m_call = {};
    show(text);
}

void DoneStripView::fail(const Error &error)
{
    show({});
    m_text->setVisible(false);
    m_error->setError(error, Attempt::Alter);
}

void DoneStripView::takeBack()
{
    if (!m_call) return;
    m_undo->setEnabled(false);
    m_end->stop();
    whenDone(m_call(), this, [this](const Outcome &outcome) {
        m_call = {};
        if (outcome)
            say(tr("It was taken back."), {});
        else
            fail(outcome.error());
    });
}

void DoneStripView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme theme = Theme::of(this);
    painter.fillRect(rect(), theme.base);
    painter.setPen(theme.separator);
    painter.drawLine(rect().topLeft(), rect().topRight());
}

} // namespace Mingle
