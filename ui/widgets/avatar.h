// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QPixmap>
#include <QRectF>
#include <QString>
#include <QWidget>

class QPainter;
class QPainterPath;

namespace Mingle {

enum class AvatarShape {
    Person, ///< a disc
    Room,   ///< a rounded square
};

/// What an avatar without a picture shows. All texts are untrusted.
struct AvatarLook {
    QString name;      ///< its first letter is drawn; without one: "#" for a room, "?" for a person
    QString colourKey; ///< from colourKey(); of a room: its address
    AvatarShape shape = AvatarShape::Person;
    bool dimmed = false; ///< somebody who is away, a room not joined
    QPixmap picture = {}; ///< cut to the shape (AvatarPictures); null: none
};

void addAvatarShape(QPainterPath *path, const QRectF &rect, AvatarShape shape);

/// Draws into rect, which should be square. No text of the name leaves the rectangle, whatever it holds.
void paintAvatar(QPainter *painter, const QRectF &rect, const AvatarLook &look);

/// What somebody's colour is made from (XEP-0392): the address where it is known, so that one person has one colour
/// in the timeline, among the members and in the room list; else the nick. Not the key: servers make new occupant ids
/// (XEP-0421) when they start anew, and somebody would change colour in the middle of a talk.
QString colourKey(const Jid &address, const QString &key, const QString &nick);

/// The first letter or emoji of a name as people see it: one whole grapheme cluster (bounded), in upper case,
/// control and bidi characters skipped, punctuation in front skipped too if a letter follows. May be empty.
QString avatarLetter(const QString &name);

/// text made safe to stand in a line together with other text: bidi controls, line breaks and control
/// characters taken out, no more than a few combining marks on one letter, at most limit UTF-16 units. Spaces
/// around it are trimmed.
QString singleLine(const QString &text, int limit = 120);

/// line in the direction of its first letter, whatever the direction of the window: for lines that stand alone. Give
/// it what singleLine() made.
QString isolated(const QString &line);

/// An avatar as a widget of a fixed size that grows with the font. Not focusable; its accessible name is the
/// name.
class AvatarLabel final : public QWidget
{
    Q_OBJECT
public:
    /// steps: edge length on the 4 px grid of theme.h.
    explicit AvatarLabel(int steps = 9, QWidget *parent = nullptr);
    void setLook(const AvatarLook &look);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    AvatarLook m_look;
    int m_steps;
};

} // namespace Mingle
