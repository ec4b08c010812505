// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QWidget>

namespace Mingle {

/// One line of plain text that is cut with an ellipsis where there is no room. The whole text is its accessible name,
/// and its tool tip when it is cut.
class ElidedLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    /// Untrusted text is made safe and brought into one line.
    void setText(const QString &text);
    QString text() const { return m_text; }
    /// The palette's text colour, or that of what is said quietly.
    void setMuted(bool muted);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    bool m_muted = false;
};

} // namespace Mingle
