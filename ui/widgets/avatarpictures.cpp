// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/avatarpictures.h"

#include "core/avatar.h"
#include "core/futures.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <QPainterPath>
#include <QThreadPool>

namespace Mingle {

namespace {
constexpr int kept = 16 * 1024 * 1024; ///< bytes of pixels
constexpr qsizetype maxBroken = 10'000;

// By their first bytes, whatever is said of them; never SVG, which is a program.
bool isKnown(const QByteArray &format)
{
    return format == "png" || format == "jpeg" || format == "jpg" || format == "webp" || format == "gif";
}
} // namespace

QImage squareImage(const QByteArray &data, int pixels)
{
    QBuffer buffer;
    buffer.setData(data);
    buffer.open(QIODevice::ReadOnly);
    const QByteArray format = QImageReader::imageFormat(&buffer);
    if (!isKnown(format)) return {};
    QImageReader reader(&buffer, format);
    reader.setAutoTransform(true);
    const QSize size = reader.size(); // before anything is decoded
    if (size.isEmpty() || size.width() > maxAvatarEdge || size.height() > maxAvatarEdge) return {};
    // Not made larger: a small one is scaled when it is cut.
    if (std::min(size.width(), size.height()) > pixels)
        reader.setScaledSize(size.scaled(pixels, pixels, Qt::KeepAspectRatioByExpanding));
    QImage image = reader.read();
    if (image.isNull()) return {};
    const int edge = std::min(image.width(), image.height());
    image = image.copy((image.width() - edge) / 2, (image.height() - edge) / 2, edge, edge);
    return edge == pixels ? image
                          : image.scaled(pixels, pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QImage avatarImage(const QByteArray &data, int pixels, AvatarShape shape)
{
    const QImage square = squareImage(data, pixels);
    return square.isNull() ? QImage() : cutToShape(square, pixels, shape);
}

QImage cutToShape(const QImage &image, int pixels, AvatarShape shape)
{
    const QImage square = image.scaled(pixels, pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QImage cut(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    cut.fill(Qt::transparent);
    QPainter painter(&cut);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    addAvatarShape(&path, cut.rect(), shape);
    QBrush brush(square);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(Qt::white)); // behind what is transparent
    painter.drawPath(path);
    painter.setBrush(brush);
    painter.drawPath(path);
    return cut;
}

AvatarPictures::AvatarPictures(const Source &source, QWidget *window)
    : QObject(window)
    , m_source(source)
    , m_pictures(kept)
{}

AvatarPictures *AvatarPictures::of(const QWidget *widget)
{
    for (const QWidget *at = widget; at; at = at->parentWidget()) {
        if (!at->isWindow()) continue;
        if (auto *found = at->findChild<AvatarPictures *>(Qt::FindDirectChildrenOnly)) return found;
    }
    return nullptr;
}

QPixmap AvatarPictures::picture(const ChatId &of, const QString &id, AvatarShape shape, qreal edge,
                                qreal ratio)
{
    if (id.isEmpty()) return {};
    const Key key{id, qRound(edge * ratio), shape};
    if (const QPixmap *known = m_pictures.object(key)) return *known;
    if (!m_broken.contains(key) && !m_loading.contains(key)) load(of, key, ratio);
    return {};
}

QPixmap AvatarPictures::picture(const Chat &chat, qreal edge, qreal ratio)
{
    return picture(chat.id, chat.avatar, chat.isRoom() ? AvatarShape::Room : AvatarShape::Person, edge,
                   ratio);
}

QPixmap AvatarPictures::picture(const ChatId &room, const Participant &person, qreal edge, qreal ratio)
{
    if (!person.avatar.isEmpty())
        return picture({room.account, room.address.withResource(person.nick)}, person.avatar,
                       AvatarShape::Person, edge, ratio);
    if (person.address.isEmpty()) return {};
    const ChatId talk{room.account, person.address};
    return picture(talk, m_source.idOf(talk), AvatarShape::Person, edge, ratio);
}

void AvatarPictures::load(const ChatId &of, const Key &key, qreal ratio)
{
    m_loading.insert(key);
    auto image =
        m_source.fetch(of, key.id)
            .then(QThreadPool::globalInstance(), [key](const Result<QByteArray> &data) -> Result<QImage> {
                if (!data) return data.error();
                const QImage made = avatarImage(*data, key.pixels, key.shape);
                return made.isNull() ? Result<QImage>(Error::Kind::InvalidInput) : Result<QImage>(made);
            });
    whenDone(image, this, [this, key, ratio](const Result<QImage> &made) {
        m_loading.remove(key);
        if (!made) {
            // Without a connection it is asked for again when it is to be drawn again.
            if (made.error().kind != Error::Kind::ConnectionLost && m_broken.size() < maxBroken)
                m_broken.insert(key);
            return;
        }
        auto *pixmap = new QPixmap(QPixmap::fromImage(*made));
        pixmap->setDevicePixelRatio(ratio);
        m_pictures.insert(key, pixmap, key.pixels * key.pixels * 4);
        Q_EMIT ready();
    });
}

} // namespace Mingle
