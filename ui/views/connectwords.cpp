// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectwords.h"

#include "views/errortext.h"
#include "views/timelinewords.h"
#include "widgets/avatar.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <QSysInfo>

#include <algorithm>

namespace Mingle {

namespace {

using Login = ConnectReport::Login;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::ConnectWords)
};

QString howText(const ConnectReport &report)
{
    switch (report.login) {
    case Login::Token:
        return report.resumed ? Words::tr("Resumed with a token") : Words::tr("Signed in with a token");
    case Login::Password:
        return report.resumed ? Words::tr("Resumed with the password")
                              : Words::tr("Signed in with the password");
    case Login::None:
        break;
    }
    return Words::tr("Not connected");
}

QString timeText(const QDateTime &time, const QDate &near)
{
    return time.toLocalTime().date() == near ? TimelineWords::time(time) : TimelineWords::dateAndTime(time);
}

QString durationText(std::chrono::milliseconds duration)
{
    const QLocale locale;
    if (duration < std::chrono::seconds(1)) return Words::tr("%1 ms").arg(locale.toString(duration.count()));
    return Words::tr("%1 s").arg(locale.toString(double(duration.count()) / 1000, 'f', 1));
}

QString sizeText(qint64 bytes)
{
    return Words::tr("%1 kB").arg(QLocale().toString(double(bytes) / 1000, 'f', 1));
}

QString costText(const ConnectReport &report)
{
    QStringList parts{report.wasLive() ? Words::tr("In %1").arg(durationText(report.took))
                                       : Words::tr("After %1").arg(durationText(report.took))};
    if (report.tries > 1) parts << Words::tr("%n tries", nullptr, report.tries);
    if (report.roundTrips > 0) parts << Words::tr("%n round trip(s)", nullptr, report.roundTrips);
    if (!report.tls.isEmpty()) parts << report.tls;
    if (report.bytesUp > 0) parts << Words::tr("%1 sent").arg(sizeText(report.bytesUp));
    if (report.bytesDown > 0) parts << Words::tr("%1 received").arg(sizeText(report.bytesDown));
    return parts.join(QStringLiteral(" · "));
}

QString endText(const ConnectReport &report)
{
    if (report.isLive()) return Words::tr("Still connected");
    const QString why =
        report.ended ? errorText(report.ended, Attempt::Connect).happened : Words::tr("Ended as you chose");
    // A failed one has ended when it was given up: that is said already.
    if (!report.wasLive()) return why;
    //: %1 is a time of day, maybe with a date; %2 what happened then
    return Words::tr("%1: %2").arg(timeText(report.endedAt, report.began.toLocalTime().date()), why);
}

QString utc(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QStringLiteral("-");
}

QStringList technicalRow(const ConnectReport &report)
{
    QString way = QStringLiteral("failed");
    if (report.wasLive())
        way = report.login == Login::Token ? QStringLiteral("token") : QStringLiteral("password");
    if (report.resumed) way.prepend(QStringLiteral("resumed,"));
    QString server = QStringLiteral("-");
    if (!report.host.isEmpty())
        server = QStringLiteral("%1:%2").arg(singleLine(report.host, 100)).arg(report.port);
    QString reason = QStringLiteral("-");
    if (!report.isLive())
        reason = report.ended ? singleLine(errorText(report.ended, Attempt::Connect).technical, 400)
                              : QStringLiteral("as asked for");
    return {utc(report.began),
            server,
            report.host.isEmpty() ? QStringLiteral("-")
            : report.directTls    ? QStringLiteral("direct")
                                  : QStringLiteral("starttls"),
            report.tls.isEmpty() ? QStringLiteral("-") : report.tls,
            way,
            QString::number(report.tries),
            QString::number(report.roundTrips),
            QString::number(report.bytesUp),
            QString::number(report.bytesDown),
            QString::number(report.took.count()),
            utc(report.endedAt),
            reason};
}

} // namespace

QString ConnectWords::spoken() const
{
    return QStringList{how, when, cost, end}.join(QStringLiteral(", "));
}

ConnectWords connectWords(const ConnectReport &report, const QDateTime &now)
{
    return {howText(report), timeText(report.began, now.toLocalTime().date()), costText(report),
            endText(report)};
}

QString connectReportText(const QList<ConnectReport> &reports)
{
    QList<QStringList> rows{{QStringLiteral("began"), QStringLiteral("server"), QStringLiteral("mode"),
                             QStringLiteral("tls"), QStringLiteral("way"), QStringLiteral("tries"),
                             QStringLiteral("trips"), QStringLiteral("up"), QStringLiteral("down"),
                             QStringLiteral("ms"), QStringLiteral("ended"), QStringLiteral("reason")}};
    for (const ConnectReport &report : reports)
        rows << technicalRow(report);
    QString text = QStringLiteral("Mingle %1, Qt %2, %3\n")
                       .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()),
                            QSysInfo::prettyProductName());
    text += QStringLiteral(
        "Connects of one account, newest first; up and down are bytes until live, without TLS\n");
    for (const QStringList &row : std::as_const(rows)) {
        QStringList cells;
        for (qsizetype column = 0; column + 1 < row.size(); ++column) {
            const auto width = [column](const QStringList &other) { return other.at(column).size(); };
            cells << row.at(column).leftJustified(std::ranges::max(rows, {}, width).at(column).size());
        }
        text += (cells << row.last()).join(QStringLiteral("  ")) + u'\n';
    }
    return text;
}

} // namespace Mingle
