// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelinewords.h"

#include "models/displaytext.h"
#include "views/errortext.h"
#include "widgets/avatar.h"
#include "widgets/clocktime.h"

#include <QLocale>

namespace Mingle {

namespace {

constexpr qsizetype spokenUnits = 2000; // nobody listens to more of one message at once
constexpr int announcedMessages = 3;

QString bodyOf(const Message &message, qsizetype units)
{
    if (message.retracted) {
        return TimelineWords::tr("This message was deleted.");
    }
    const QString text = displayText(QStringView(message.body).left(units)).trimmed();
    return message.body.size() > units ? text + QChar(0x2026) : text;
}

} // namespace

QString TimelineWords::name(const Author &author)
{
    QString name = singleLine(author.nick, 80);
    if (name.isEmpty() && author.isMe) {
        return tr("Me");
    }
    if (name.isEmpty() && !author.address.isEmpty()) {
        name = singleLine(author.address.local().isEmpty() ? author.address.domain() : author.address.local(),
                          80);
    }
    return name.isEmpty() ? tr("Unknown member") : name;
}

QString TimelineWords::time(const QDateTime &time)
{
    return clockTime(time);
}

QString TimelineWords::dateAndTime(const QDateTime &time)
{
    return dateAndClockTime(time);
}

QString TimelineWords::day(const QDate &day, const QDate &today)
{
    const qint64 ago = day.daysTo(today);
    if (ago == 0) {
        return tr("Today");
    }
    if (ago == 1) {
        return tr("Yesterday");
    }
    //: A day of this year, as in "Monday, 17 November". See QDate::toString().
    const QString thisYear = tr("dddd, d MMMM");
    //: A day of another year, as in "Monday, 17 November 2025"
    const QString otherYear = tr("dddd, d MMMM yyyy");
    return QLocale().toString(day, day.year() == today.year() ? thisYear : otherYear);
}

QString TimelineWords::newSince(const QDateTime &time, const QDate &today)
{
    if (!time.isValid()) {
        return tr("New");
    }
    const QDate day = time.toLocalTime().date();
    const QString clock = TimelineWords::time(time);
    const qint64 ago = day.daysTo(today);
    if (ago == 0) {
        return tr("New since %1").arg(clock);
    }
    if (ago == 1) {
        //: %1 is a time of day
        return tr("New since yesterday, %1").arg(clock);
    }
    if (ago > 1 && ago < 7) {
        //: %1 is a day of the week, %2 a time of day
        return tr("New since %1, %2").arg(QLocale().dayName(day.dayOfWeek()), clock);
    }
    //: A day of this year behind "New since". See QDate::toString().
    const QString thisYear = tr("d MMMM");
    //: A day of another year behind "New since"
    const QString otherYear = tr("d MMMM yyyy");
    const QString date = QLocale().toString(day, day.year() == today.year() ? thisYear : otherYear);
    return tr("New since %1, %2").arg(date, clock);
}

QString TimelineWords::beginning(const QString &title)
{
    return tr("This is the beginning of %1.").arg(isolated(singleLine(title, 60)));
}

QString TimelineWords::notice(const Message &message)
{
    const QString who = isolated(singleLine(message.author.isMe ? tr("You") : message.author.nick, 60));
    const QString what =
        isolated(singleLine(message.body, message.notice == Notice::SubjectChanged ? 300 : 60));
    const bool known = message.author.isMe || !message.author.nick.isEmpty();
    QString text;
    switch (message.notice) {
    case Notice::SubjectChanged:
        if (singleLine(message.body).isEmpty())
            text = known ? tr("%1 removed the topic.").arg(who) : tr("The topic was removed.");
        else
            text =
                known ? tr("%1 changed the topic: %2").arg(who, what) : tr("The topic is now: %1").arg(what);
        break;
    case Notice::Removed:
        text = known ? tr("%1 put %2 out of the room.").arg(who, what)
                     : tr("%1 was put out of the room.").arg(what);
        break;
    case Notice::Banned:
        text =
            known ? tr("%1 keeps %2 out for good.").arg(who, what) : tr("%1 is kept out for good.").arg(what);
        break;
    case Notice::Invited:
        text = known ? tr("%1 asked %2 in.").arg(who, what) : tr("%1 was asked in.").arg(what);
        break;
    case Notice::AnotherPerson:
        text = tr("Somebody else is called %1 in this room now. What you write here goes to them.").arg(what);
        break;
    case Notice::None:
        break;
    }
    const QString reason = singleLine(message.replacedBody, 200);
    //: %1 is what happened, %2 the reason that somebody gave
    return reason.isEmpty() ? text : tr("%1 “%2”").arg(text, isolated(reason));
}

QString TimelineWords::failure(const Error &error)
{
    return error ? errorText(error, Attempt::Send).plain() : QString();
}

QString TimelineWords::delivery(Delivery delivery)
{
    switch (delivery) {
    case Delivery::Received:
        return {};
    case Delivery::Waiting:
        return tr("Waiting to be sent");
    case Delivery::Sent:
        return tr("Sent");
    case Delivery::Archived:
        return tr("Sent and kept by the server");
    case Delivery::Failed:
        return tr("Not sent");
    }
    return {};
}

QString TimelineWords::seam(SeamState state, const Error &error)
{
    if (state == SeamState::Failed && error) {
        return tr("Earlier messages could not be loaded: %1").arg(errorText(error, Attempt::Read).happened);
    }
    return state == SeamState::Failed ? tr("Earlier messages are missing here")
                                      : tr("Earlier messages \u2013 loading\u2026");
}

QString TimelineWords::seamAction(SeamState state, const Error &error)
{
    if (state != SeamState::Failed) {
        return {};
    }
    return error ? tr("Try again") : tr("Load them");
}

QString TimelineWords::spoken(const Message &message)
{
    QString text =
        tr("%1, %2: %3").arg(name(message.author), time(message.time), bodyOf(message, spokenUnits));
    if (message.edited && !message.retracted) {
        text = tr("%1 (edited)").arg(text);
    }
    if (message.delivery == Delivery::Failed) {
        return tr("%1. Not sent: %2").arg(text, failure(message.failure));
    }
    const QString state = delivery(message.delivery);
    return state.isEmpty() ? text : tr("%1. %2").arg(text, state);
}

QString TimelineWords::announced(const QList<Message> &messages)
{
    if (messages.size() > announcedMessages) {
        return tr("%n new message(s)", nullptr, int(messages.size()));
    }
    QStringList lines;
    for (const Message &message : messages) {
        lines.append(tr("%1: %2").arg(name(message.author), bodyOf(message, 300)));
    }
    return lines.join(u'\n');
}

QString TimelineWords::copied(const Message &message, const QString &text, bool withDate)
{
    const QString when = withDate ? dateAndTime(message.time) : time(message.time);
    return name(message.author) % u" [" % when % u"]: " % text;
}

} // namespace Mingle
