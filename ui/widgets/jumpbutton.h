// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Mingle {

/// The round buttons over a timeline: one goes to the newest message and says how many are unread, the other goes back
/// to where one was before a jump.
class JumpButton final : public QAbstractButton
{
    Q_OBJECT
public:
    enum class Way { Newest, Back };
    explicit JumpButton(Way way, QWidget *parent = nullptr);
    void setCount(int count);
    int count() const { return m_count; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    Way m_way;
    int m_count = 0;
};

} // namespace Mingle
