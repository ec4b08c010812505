// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCalendarWidget;

namespace Mingle {

/// Asks for the day to jump to.
class DateDialog final : public QDialog
{
    Q_OBJECT
public:
    /// day: chosen at first.
    DateDialog(const QDate &day, QWidget *parent);

Q_SIGNALS:
    void chosen(const QDate &day);

private:
    void submit();
    void nameParts();

    QCalendarWidget *m_calendar;
};

} // namespace Mingle
