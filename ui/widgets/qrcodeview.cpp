// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/qrcodeview.h"

#include "widgets/theme.h"

#include <QPainter>

#include <memory>
#include <qrencode.h>

namespace Mingle {

namespace {
constexpr int quietZone = 4; // squares on each side, which readers need

QImage squaresOf(const QString &text)
{
    const auto code = std::unique_ptr<QRcode, decltype(&QRcode_free)>(
        QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code) return {};
    const int width = code->width;
    QImage image(width + 2 * quietZone, width + 2 * quietZone, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < width; ++y)
        for (int x = 0; x < width; ++x)
            if (code->data[y * width + x] & 1) image.setPixelColor(x + quietZone, y + quietZone, Qt::black);
    return image;
}
} // namespace

QrCodeView::QrCodeView(QWidget *parent)
    : QWidget(parent)
{}

void QrCodeView::setText(const QString &text)
{
    m_squares = squaresOf(text);
    setAccessibleName(tr("QR code of %1").arg(text));
    updateGeometry();
    update();
}

QSize QrCodeView::sizeHint() const
{
    const int least = space(font(), 50);
    const int squares = std::max(m_squares.width(), 1);
    const int side = squares * std::max(1, (least + squares - 1) / squares);
    return {side, side};
}

void QrCodeView::paintEvent(QPaintEvent *)
{
    if (m_squares.isNull()) return;
    QPainter painter(this);
    // Squares of unequal size are hard to read.
    const qreal ratio = devicePixelRatio();
    const int pixels = int(std::min(width(), height()) * ratio) / m_squares.width();
    if (pixels < 1) return;
    const qreal side = pixels * m_squares.width() / ratio;
    painter.drawImage(QRectF((width() - side) / 2, (height() - side) / 2, side, side), m_squares);
}

} // namespace Mingle
