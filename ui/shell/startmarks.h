// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace Mingle {

/// With MINGLE_BENCH_MARKS=1 in the environment: says on standard error, as JSON lines, how many milliseconds after
/// the process began the first frame was painted, and the first one with the last room readable. Else does nothing.
class StartMarks final : public QObject
{
    Q_OBJECT
public:
    explicit StartMarks(QObject *parent = nullptr);
    void watch(QWidget *window);
    /// From the next frame on the room can be read.
    void setReadable();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void mark(const char *name);

    bool m_wanted;
    bool m_painted = false;
    bool m_readable = false;
    bool m_done = false;
    QPointer<QWidget> m_window;
};

} // namespace Mingle
