// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "widgets/messagetext.h"

#include <QCoreApplication>

namespace Mingle {

/// What a message row shows, beside what is in the message itself. All texts are plain.
struct MessageLook {
    Message message;
    bool grouped = false;  ///< no avatar and name
    bool expanded = false; ///< all of a long body
    QString name;          ///< of the author, safe in one line
    QString failure;       ///< why it could not be sent, as a sentence
    QString quotedName;    ///< of the message it answers; empty: that is not at hand
    QString quotedText;    ///< one line
    QString quotedKey;
};

/// Something in a message that can be clicked or reached by keyboard.
struct MessagePart {
    enum class Kind { Quote, Link, ShowAll, Retry, Discard, Day };

    Kind kind = Kind::Link;
    int link = -1; ///< Link: which
    QRectF area;   ///< of a link: of its first line
    QString label; ///< what it says; plain text
};

/// A message laid out at one width. Relative to the row's top left corner, in device independent pixels; a
/// row in a right-to-left window is mirrored already.
class MessageLayout
{
    Q_DECLARE_TR_FUNCTIONS(Mingle::MessageLayout)

public:
    MessageLayout(const MessageLook &look, const TimelineMetrics &metrics);

    const MessageLook &look() const { return m_look; }
    qreal height() const { return m_height; }
    bool hasText() const { return m_text != nullptr; } ///< not so when retracted
    const MessageText *text() const { return m_text.get(); }
    QPointF textPosition() const { return m_textPosition; }
    const QList<MessagePart> &parts() const { return m_parts; }
    int partAt(const QPointF &point) const; ///< -1: none
    QList<QRectF> partRects(int part) const;

    // For the painter.
    QRectF avatarRect() const { return m_avatar; }
    QRectF nameRect() const { return m_name; }
    QRectF timeRect() const { return m_time; }
    QRectF quoteRect() const { return m_quote; }
    QRectF editedRect() const { return m_edited; }
    QRectF deliveryRect() const { return m_delivery; }
    QRectF noteRect() const { return m_note; } ///< in place of a retracted body, or below one that is cut
    QRectF failureRect() const { return m_failure; }
    QString timeText() const;
    static QString editedText() { return tr("(edited)"); }
    static QString lostQuoteText() { return tr("In reply to an earlier message"); }
    QString failureText() const;
    QString noteText() const;

    /// About how high a message will be, without laying it out.
    static qreal estimatedHeight(const Message &message, bool grouped, const TimelineMetrics &metrics);

private:
    void layOutHeader(const TimelineMetrics &metrics);
    void layOutBody(const TimelineMetrics &metrics);
    void layOutMarks(const TimelineMetrics &metrics);
    void layOutFailure(const TimelineMetrics &metrics);
    void addButton(MessagePart::Kind kind, const QString &label, qreal *x, const TimelineMetrics &metrics);
    void mirror(const TimelineMetrics &metrics);

    MessageLook m_look;
    std::unique_ptr<MessageText> m_text;
    QPointF m_textPosition;
    QList<MessagePart> m_parts;
    QRectF m_avatar;
    QRectF m_name;
    QRectF m_time;
    QRectF m_quote;
    QRectF m_edited;
    QRectF m_delivery;
    QRectF m_note;
    QRectF m_failure;
    qreal m_height = 0;
};

/// The mentions of a message as ranges of its body: those that lie outside, overlap or are reversed are left
/// out.
QList<TextRange> mentionRanges(const Message &message);

} // namespace Mingle
