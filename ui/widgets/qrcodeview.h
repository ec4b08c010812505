// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace Mingle {

/// A text as a QR code (ISO/IEC 18004), to be read by the camera of a telephone: always dark on light, and as large as fits in
/// whole pixels for each of its squares. Empty where the text is too long for one.
class QrCodeView final : public QWidget
{
    Q_OBJECT
public:
    explicit QrCodeView(QWidget *parent = nullptr);

    void setText(const QString &text);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_squares; ///< one pixel each, with the quiet zone
};

} // namespace Mingle
