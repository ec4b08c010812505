// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/datedialog.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QCalendarWidget>
#include <QDialogButtonBox>
#include <QPainter>
#include <QPushButton>
#include <QTextCharFormat>
#include <QToolButton>
#include <QVBoxLayout>

namespace Mingle {

namespace {

/// Days as quiet as the rest of the window: round where chosen, dim where there is nothing to go to.
class Days final : public QCalendarWidget
{
public:
    using QCalendarWidget::QCalendarWidget;

protected:
    void paintCell(QPainter *painter, const QRect &rect, QDate date) const override
    {
        const Theme theme = Theme::of(this);
        const bool open = date >= minimumDate() && date <= maximumDate();
        const bool ofMonth = date.month() == monthShown() && date.year() == yearShown();
        const bool chosen = date == selectedDate();
        painter->save();
        painter->fillRect(rect, theme.base);
        painter->setRenderHint(QPainter::Antialiasing);
        const qreal edge = std::min(rect.width(), rect.height()) - 2;
        QRectF disc(0, 0, edge, edge);
        disc.moveCenter(QRectF(rect).center());
        if (chosen) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.accent);
            painter->drawEllipse(disc);
        } else if (date == QDate::currentDate()) {
            painter->setPen(QPen(theme.accent, 1.5));
            painter->drawEllipse(disc.adjusted(1, 1, -1, -1));
        }
        const QColor faint = mixed(theme.base, theme.text, 0.3);
        painter->setPen(chosen ? theme.onAccent : !open ? faint : ofMonth ? theme.text : theme.muted);
        painter->drawText(rect, Qt::AlignCenter, QLocale().toString(date.day()));
        painter->restore();
    }
};

} // namespace

DateDialog::DateDialog(const QDate &day, QWidget *parent)
    : QDialog(parent)
    , m_calendar(new Days(this))
{
    setWindowTitle(tr("Jump to a day"));
    const QDate today = QDate::currentDate();
    m_calendar->setMaximumDate(today);
    m_calendar->setMinimumDate(QDate(1999, 1, 1)); // nobody spoke XMPP before
    m_calendar->setSelectedDate(day.isValid() ? std::min(day, today) : today);
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setFirstDayOfWeek(QLocale().firstDayOfWeek());
    m_calendar->setMinimumSize(space(font(), 75), space(font(), 66));
    // One calm colour: a red Saturday means nothing here.
    const Theme theme = Theme::of(this);
    QTextCharFormat plain;
    plain.setForeground(theme.muted);
    for (const Qt::DayOfWeek weekend : {Qt::Saturday, Qt::Sunday})
        m_calendar->setWeekdayTextFormat(weekend, plain);
    QTextCharFormat header;
    header.setForeground(theme.muted);
    header.setBackground(theme.base);
    m_calendar->setHeaderTextFormat(header);
    nameParts();
    connect(m_calendar, &QCalendarWidget::activated, this, &DateDialog::submit);

    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Jump"), QDialogButtonBox::AcceptRole)->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &DateDialog::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    const int gap = space(font(), 3);
    column->setContentsMargins(gap, gap, gap, gap);
    column->setSpacing(gap);
    column->addWidget(m_calendar);
    column->addWidget(buttons);
    m_calendar->setFocus();
}

/// Qt gives the parts of a calendar no names that could be read out.
void DateDialog::nameParts()
{
    const std::pair<const char *, QString> names[] = {
        {"qt_calendar_prevmonth", tr("Month before")}, {"qt_calendar_nextmonth", tr("Month after")},
        {"qt_calendar_monthbutton", tr("Month")},      {"qt_calendar_yearbutton", tr("Year")},
        {"qt_calendar_yearedit", tr("Year")},          {"qt_calendar_calendarview", tr("Days")},
    };
    for (const auto &[object, name] : names) {
        if (auto *part = m_calendar->findChild<QWidget *>(QLatin1StringView(object)))
            part->setAccessibleName(name);
    }
    m_calendar->setAccessibleName(tr("Days"));
    if (auto *bar = m_calendar->findChild<QWidget *>(QStringLiteral("qt_calendar_navigationbar")))
        bar->setBackgroundRole(QPalette::Base);
    // Qt's own arrows are of another world.
    const std::pair<const char *, Sign> arrows[] = {{"qt_calendar_prevmonth", Sign::Left},
                                                    {"qt_calendar_nextmonth", Sign::Right}};
    for (const auto &[object, sign] : arrows) {
        if (auto *arrow = m_calendar->findChild<QToolButton *>(QLatin1StringView(object)))
            arrow->setIcon(icon(sign));
    }
    // The bar was drawn on the highlight's colour.
    for (QToolButton *button : m_calendar->findChildren<QToolButton *>()) {
        QPalette palette = button->palette();
        palette.setColor(QPalette::ButtonText, Theme::of(this).text);
        palette.setColor(QPalette::HighlightedText, Theme::of(this).text);
        button->setPalette(palette);
    }
}

void DateDialog::submit()
{
    const QDate day = m_calendar->selectedDate();
    accept();
    Q_EMIT chosen(day);
}

} // namespace Mingle
