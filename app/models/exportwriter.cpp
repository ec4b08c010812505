// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exportwriter.h"

#include "models/displaytext.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {

/// The policy is for the browser that opens the file later: nothing is fetched and nothing runs, whatever stands in it.
constexpr auto htmlHead = R"(<!DOCTYPE html>
<html lang="%1" dir="%2">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%3</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin: 0; }
h2 { font-size: .95em; text-align: center; margin: 2em 0 1em; opacity: .7; }
header p, .gap, time, .note { opacity: .7; }
.gap { text-align: center; font-style: italic; }
article { margin: .6em 0; }
time, .note { font-size: .85em; }
article p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
</head>
<body>
<header>
<h1><bdi>%3</bdi></h1>
<p>%4</p>
</header>
)";

QString safe(const QString &text)
{
    // Where displayText() must keep the count of units, here nothing need be left of what is hidden.
    return displayText(text).remove(QChar(0x2060));
}

QString html(const QString &text)
{
    return safe(text).toHtmlEscaped();
}

QString stateName(Delivery delivery)
{
    switch (delivery) {
    case Delivery::Received:
        return u"received"_s;
    case Delivery::Waiting:
        return u"waiting"_s;
    case Delivery::Sent:
        return u"sent"_s;
    case Delivery::Archived:
        return u"archived"_s;
    case Delivery::Failed:
        return u"failed"_s;
    }
    return {};
}

QByteArray jsonLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QString noticeName(Notice notice)
{
    switch (notice) {
    case Notice::SubjectChanged:
        return u"subject"_s;
    case Notice::Removed:
        return u"removed"_s;
    case Notice::Banned:
        return u"banned"_s;
    case Notice::Invited:
        return u"invited"_s;
    case Notice::AnotherPerson:
        return u"another-person"_s;
    case Notice::None:
        break;
    }
    return {};
}

QJsonObject jsonOf(const Message &message)
{
    const QJsonObject author{
        {u"key"_s, message.author.key},
        {u"nick"_s, message.author.nick},
        {u"address"_s, message.author.address.toString()},
        {u"me"_s, message.author.isMe},
    };
    QJsonObject object{
        {u"archive_id"_s, message.archiveId},
        {u"origin_id"_s, message.originId},
        {u"author"_s, author},
        {u"time"_s, message.time.toUTC().toString(Qt::ISODateWithMs)},
        {u"body"_s, message.body},
        {u"state"_s, stateName(message.delivery)},
    };
    if (message.notice != Notice::None) {
        object.insert(u"notice"_s, noticeName(message.notice));
        if (!message.replacedBody.isEmpty()) object.insert(u"reason"_s, message.replacedBody);
    }
    if (message.edited) object.insert(u"edited"_s, true);
    if (message.retracted) object.insert(u"retracted"_s, true);
    if (!message.replyTo.isEmpty()) object.insert(u"reply_to"_s, message.replyTo);
    return object;
}

} // namespace

ExportWriter::ExportWriter(ExportFormat format, const Chat &chat, const ExportWords &words)
    : m_format(format)
    , m_chat(chat)
    , m_words(words)
{}

QString ExportWriter::nameOf(const Message &message) const
{
    // One to one nobody has a nick.
    if (!m_chat.isRoom() && !message.author.isMe && message.author.nick.isEmpty()) {
        Author named = message.author;
        named.nick = m_chat.title();
        return m_words.name(named);
    }
    return m_words.name(message.author);
}

QByteArray ExportWriter::begin() const
{
    const QString title = safe(m_chat.title()).simplified();
    switch (m_format) {
    case ExportFormat::Text:
        return QString(title % u'\n' % m_words.about % u'\n').toUtf8();
    case ExportFormat::Html:
        return QString::fromLatin1(htmlHead)
            .arg(m_words.language.toHtmlEscaped(), m_words.rightToLeft ? u"rtl"_s : u"ltr"_s,
                 title.toHtmlEscaped(), m_words.about.toHtmlEscaped())
            .toUtf8();
    case ExportFormat::JsonLines:
        break;
    }
    return {};
}

QByteArray ExportWriter::dayLine(const QDate &day)
{
    if (!day.isValid() || day == m_day) return {};
    m_day = day;
    const QString words = m_words.day(day);
    if (m_format == ExportFormat::Html) return QString(u"<h2>" % words.toHtmlEscaped() % u"</h2>\n").toUtf8();
    return QString(u"\n== " % words % u" ==\n").toUtf8();
}

QByteArray ExportWriter::message(const Message &message)
{
    if (m_format == ExportFormat::JsonLines) return jsonLine(jsonOf(message));
    QByteArray result = dayLine(message.time.toLocalTime().date());
    const QString time = m_words.time(message.time);
    if (message.notice != Notice::None) {
        const QString happened = m_words.notice(message);
        const bool html = m_format == ExportFormat::Html;
        return result
               + (html ? QString(u"<p class=\"gap\">" % happened.toHtmlEscaped() % u"</p>\n")
                       : QString(u'[' % time % u"] -- " % happened % u'\n'))
                     .toUtf8();
    }
    const QString name = nameOf(message);
    const bool edited = message.edited && !message.retracted;
    if (m_format == ExportFormat::Html) {
        const QString note =
            edited ? u" <span class=\"note\">" % m_words.edited.toHtmlEscaped() % u"</span>" : QString();
        const QString body =
            message.retracted ? u"<em>" % m_words.retracted.toHtmlEscaped() % u"</em>" : html(message.body);
        const QString when = message.time.toUTC().toString(Qt::ISODate);
        result += QString(u"<article><b><bdi>" % name.toHtmlEscaped() % u"</bdi></b> <time datetime=\"" % when
                          % u"\">" % time.toHtmlEscaped() % u"</time>" % note % u"\n<p dir=\"auto\">" % body
                          % u"</p></article>\n")
                      .toUtf8();
        return result;
    }
    QString body = message.retracted ? m_words.retracted : safe(message.body);
    if (edited) body += u' ' % m_words.edited;
    // What goes on is indented: only Mingle begins a line with a time.
    body.replace(u'\n', u"\n    "_s);
    result += QString(u'[' % time % u"] " % name % u": " % body % u'\n').toUtf8();
    return result;
}

QByteArray ExportWriter::gap()
{
    switch (m_format) {
    case ExportFormat::Text:
        return QString(u"\n-- " % m_words.gap % u" --\n").toUtf8();
    case ExportFormat::Html:
        return QString(u"<p class=\"gap\">" % m_words.gap.toHtmlEscaped() % u"</p>\n").toUtf8();
    case ExportFormat::JsonLines:
        break;
    }
    return jsonLine({{u"gap"_s, true}});
}

QByteArray ExportWriter::end() const
{
    return m_format == ExportFormat::Html ? "</body>\n</html>\n"_ba : QByteArray();
}

} // namespace Mingle
