// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Mingle {

/// The round button over a timeline that goes back to the newest message, with how many are unread.
class JumpButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit JumpButton(QWidget *parent = nullptr);
    void setCount(int count);
    int count() const { return m_count; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    int m_count = 0;
};

} // namespace Mingle
