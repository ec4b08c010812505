// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/startmarks.h"

#include <QEvent>
#include <QFile>
#include <QWidget>

#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace Mingle {

namespace {

/// Milliseconds since the system started this process, to 10 ms: field 22 of /proc/self/stat counts clock ticks.
double sinceProcessStart()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly)) return -1;
    // The name of the program, in brackets, may have spaces.
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20) return -1;
    const double began = fields.at(19).toDouble() / double(sysconf(_SC_CLK_TCK));
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - began) * 1000;
}

} // namespace

StartMarks::StartMarks(QObject *parent)
    : QObject(parent)
    , m_wanted(qEnvironmentVariableIntValue("MINGLE_BENCH_MARKS") == 1)
{}

void StartMarks::watch(QWidget *window)
{
    if (!m_wanted) return;
    m_window = window;
    window->installEventFilter(this);
}

void StartMarks::setReadable()
{
    m_readable = true;
    if (m_window) m_window->update();
}

bool StartMarks::eventFilter(QObject *watched, QEvent *event)
{
    // What is queued while a window paints comes when the frame is in the backing store and flushed.
    if (event->type() == QEvent::Paint && !m_done) {
        QMetaObject::invokeMethod(
            this,
            [this, readable = m_readable] {
                if (!std::exchange(m_painted, true)) mark("first-frame");
                if (!readable || std::exchange(m_done, true)) return;
                mark("readable");
                if (m_window) m_window->removeEventFilter(this);
            },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void StartMarks::mark(const char *name)
{
    std::fprintf(stderr, "{\"mark\": \"%s\", \"ms\": %.1f}\n", name, sinceProcessStart());
}

} // namespace Mingle
