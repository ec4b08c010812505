// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/errorview.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace Mingle {

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

ErrorView::ErrorView(QWidget *parent)
    : QFrame(parent)
    , m_happened(plainLabel({}, this))
    , m_advice(plainLabel({}, this))
    , m_technical(plainLabel({}, this))
    , m_details(new QToolButton(this))
{
    m_happened->setFont(sized(font(), TextSize::Normal, QFont::DemiBold));
    m_technical->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_technical->setAccessibleName(tr("Technical details"));
    m_details->setText(tr("Technical details"));
    m_details->setIcon(icon(Sign::Right));
    m_details->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_details->setAutoRaise(true);
    m_details->setCheckable(true);
    connect(m_details, &QToolButton::toggled, this, [this](bool open) {
        m_technical->setVisible(open);
        m_details->setIcon(icon(open ? Sign::Down : Sign::Right));
    });

    auto *layout = new QVBoxLayout(this);
    const int margin = space(font(), 3);
    layout->setContentsMargins(margin + space(font(), 6), margin, margin, margin);
    layout->setSpacing(space(font(), 1));
    layout->addWidget(m_happened);
    layout->addWidget(m_advice);
    layout->addWidget(m_details, 0, Qt::AlignLeft);
    layout->addWidget(m_technical);
    setVisible(false);
    // On a page of another role its labels would not take the colours that are set for this one.
    setBackgroundRole(QPalette::Window);
    applyTheme();
}

void ErrorView::setError(const Error &error, Attempt attempt)
{
    setText(errorText(error, attempt));
}

void ErrorView::setText(const ErrorText &text)
{
    const QStringList parts = {text.meaning, text.advice};
    m_happened->setText(text.happened);
    m_advice->setText(parts.join(u' ').trimmed());
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_technical->setText(text.technical);
    m_details->setVisible(!text.technical.isEmpty());
    m_details->setChecked(false);
    m_technical->setVisible(false);
    setAccessibleName(text.plain());
    setVisible(!text.happened.isEmpty());
    if (isVisible()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void ErrorView::clear()
{
    setText({});
}

void ErrorView::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) applyTheme();
}

void ErrorView::applyTheme()
{
    QPalette colours = palette();
    const Theme theme(colours);
    QPalette strong(colours);
    strong.setColor(QPalette::WindowText, theme.danger);
    m_happened->setPalette(strong);
    QPalette quiet(colours);
    quiet.setColor(QPalette::WindowText, theme.muted);
    m_technical->setPalette(quiet);
}

void ErrorView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(theme.window, theme.danger, 0.10));
    const int radius = space(font(), 2);
    painter.drawRoundedRect(rect(), radius, radius);
    const int edge = space(font(), 5);
    const int margin = space(font(), 3);
    const int left = layoutDirection() == Qt::RightToLeft ? width() - margin - edge + 4 : margin - 4;
    paintSign(&painter, QRectF(left, margin - 1, edge, edge), Sign::Warning, theme.danger);
}

} // namespace Mingle
