// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "core/result.h"
#include "widgets/avatar.h"

#include <QCache>
#include <QObject>
#include <QPixmap>
#include <QSet>

#include <functional>

namespace Mingle {

/// Pictures for everything that draws avatars in a window, of which it is a child: see of(). They are fetched when
/// something wants to draw them, decoded off the UI thread and kept ready in their size and shape. UI thread.
class AvatarPictures final : public QObject
{
    Q_OBJECT
public:
    struct Source {
        /// of: a chat, or an occupant by full address.
        std::function<QFuture<Result<QByteArray>>(const ChatId &of, const QString &id)> fetch;
        /// Chat::avatar; empty: none, or no such chat.
        std::function<QString(const ChatId &)> idOf;
    };
    AvatarPictures(const Source &source, QWidget *window);

    /// That of the window which widget is in, also when it is in a dialog of that window; nullptr: there is none.
    static AvatarPictures *of(const QWidget *widget);

    /// Null while it is not there; then it is on its way, or there is none. edge: in logical pixels.
    QPixmap picture(const ChatId &of, const QString &id, AvatarShape shape, qreal edge, qreal ratio);
    /// What could not be had is asked for once more when it is to be drawn.
    void tryAgain() { m_broken.clear(); }
    QPixmap picture(const Chat &chat, qreal edge, qreal ratio);
    /// Their picture in this room; else that of the talk with them.
    QPixmap picture(const ChatId &room, const Participant &person, qreal edge, qreal ratio);

Q_SIGNALS:
    /// One has come that was not there before.
    void ready();

private:
    struct Key {
        QString id;
        int pixels = 0;
        AvatarShape shape = AvatarShape::Person;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, key.id, key.pixels, int(key.shape));
        }
    };
    void load(const ChatId &of, const Key &key, qreal ratio);

    Source m_source;
    QCache<Key, QPixmap> m_pictures; ///< cost in bytes
    QSet<Key> m_loading;
    QSet<Key> m_broken;
};

/// A picture as the network gave it, cut to a disc or a rounded square of this many pixels; null if it is none that is
/// known (PNG, JPEG, WebP, GIF), or says to be too large. Any thread.
QImage avatarImage(const QByteArray &data, int pixels, AvatarShape shape);
/// The same from a square picture.
QImage cutToShape(const QImage &square, int pixels, AvatarShape shape);
/// Only made a square of at most that many pixels, for sending.
QImage squareImage(const QByteArray &data, int pixels);

} // namespace Mingle
