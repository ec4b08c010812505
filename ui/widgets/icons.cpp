// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>

namespace Mingle {

namespace {

QString nameOf(Sign sign)
{
    static constexpr const char *names[] = {
        "menu",  "add",    "back",     "close",  "search", "members", "info",  "warning",
        "retry", "show",   "hide",     "down",   "right",  "copy",    "leave", "settings",
        "lock",  "check",  "room",     "person", "send",   "at",      "exit",  "keyboard",
        "more",  "return", "calendar", "save",   "left",   "bell",    "muted", "star"};
    return QLatin1StringView(names[int(sign)]);
}

/// Signs that point along the line of reading.
bool isDirected(Sign sign)
{
    return sign == Sign::Back || sign == Sign::Left || sign == Sign::Right || sign == Sign::Leave
           || sign == Sign::Send || sign == Sign::Return;
}

/// size in device pixels.
QPixmap drawn(Sign sign, const QSize &size, const QColor &colour)
{
    const bool mirrored = isDirected(sign) && QGuiApplication::isRightToLeft();
    const QString key = QStringLiteral("sign:%1:%2x%3:%4:%5")
                            .arg(nameOf(sign))
                            .arg(size.width())
                            .arg(size.height())
                            .arg(colour.rgba(), 8, 16)
                            .arg(int(mirrored));
    QPixmap result;
    if (QPixmapCache::find(key, &result)) return result;
    QImageReader reader(QStringLiteral(":/icons/%1.svg").arg(nameOf(sign)), "svg");
    reader.setScaledSize(size);
    QImage image = reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) return {};
    if (mirrored) image = image.mirrored(true, false);
    QPainter painter(&image);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), colour);
    painter.end();
    result = QPixmap::fromImage(image);
    QPixmapCache::insert(key, result);
    return result;
}

class SignEngine final : public QIconEngine
{
public:
    explicit SignEngine(Sign sign)
        : m_sign(sign)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintSign(painter, rect, m_sign, colourFor(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return drawn(m_sign, size, colourFor(mode));
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        QPixmap result = drawn(m_sign, size * scale, colourFor(mode));
        result.setDevicePixelRatio(scale);
        return result;
    }

    QIconEngine *clone() const override { return new SignEngine(*this); }
    QString key() const override { return QStringLiteral("MingleSign"); }

private:
    static QColor colourFor(QIcon::Mode mode)
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        case QIcon::Selected:
            return palette.color(QPalette::Active, QPalette::HighlightedText);
        case QIcon::Normal:
        case QIcon::Active:
            break;
        }
        return palette.color(QPalette::Active, QPalette::ButtonText);
    }

    Sign m_sign;
};

} // namespace

QIcon icon(Sign sign)
{
    return QIcon(new SignEngine(sign));
}

void paintSign(QPainter *painter, const QRectF &rect, Sign sign, const QColor &colour)
{
    const qreal scale = painter->device()->devicePixelRatio();
    QPixmap pixmap = drawn(sign, (rect.size() * scale).toSize(), colour);
    pixmap.setDevicePixelRatio(scale);
    painter->drawPixmap(rect.topLeft(), pixmap);
}

} // namespace Mingle
