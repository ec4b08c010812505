// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/exportwords.h"

#include "views/timelinewords.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>

namespace Mingle {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::ExportWords)
};

} // namespace

ExportWords exportWords(const Chat &chat, const QDateTime &now)
{
    ExportWords words;
    const QLocale locale;
    words.language = QLocale::languageToCode(locale.language());
    words.rightToLeft = QGuiApplication::isRightToLeft();
    words.about =
        Words::tr("%1, as stored on %2").arg(chat.id.address.toString(), TimelineWords::dateAndTime(now));
    words.gap = Words::tr("Messages are missing here");
    words.retracted = Words::tr("This message was deleted.");
    words.edited = Words::tr("(edited)");
    words.notice = [](const Message &message) { return TimelineWords::notice(message); };
    words.name = [](const Author &author) { return TimelineWords::name(author); };
    words.time = [](const QDateTime &time) { return TimelineWords::time(time); };
    // With its year, always: a file is read later than a window.
    words.day = [locale](const QDate &day) { return locale.toString(day, QLocale::LongFormat); };
    return words;
}

} // namespace Mingle
