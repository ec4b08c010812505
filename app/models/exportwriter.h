// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"

#include <QByteArray>
#include <QDate>

#include <functional>

namespace Mingle {

enum class ExportFormat { Text, Html, JsonLines };

/// What an export says beside the messages. Words belong to ui, so they are handed in; called on the exporting thread.
struct ExportWords {
    QString language; ///< as in "de"
    bool rightToLeft = false;
    QString about; ///< under the title: whose this is, and when it was written
    QString gap; ///< messages are missing here
    QString retracted;
    QString edited;
    std::function<QString(const Message &)> notice; ///< what happened, safe in one line
    std::function<QString(const Author &)> name; ///< safe in one line
    std::function<QString(const QDateTime &)> time;
    std::function<QString(const QDate &)> day;
};

/// Writes messages down, oldest first, for people or for programs. Everything from the network is text and nothing
/// else: no line of a message can be taken for another message, nothing in it for markup. UTF-8.
class ExportWriter
{
public:
    /// words may be left out for JSON lines, which have none.
    ExportWriter(ExportFormat format, const Chat &chat, const ExportWords &words = {});

    QByteArray begin() const;
    QByteArray message(const Message &message);
    /// What is archived here is not stored.
    QByteArray gap();
    QByteArray end() const;

private:
    QByteArray dayLine(const QDate &day);
    QString nameOf(const Message &message) const;

    ExportFormat m_format;
    Chat m_chat;
    ExportWords m_words;
    QDate m_day;
};

} // namespace Mingle
