// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QHash>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

namespace Mingle::Bench {

/// An X server of its own for as long as it lives; empty name() if there is none.
class Display
{
public:
    Display();
    ~Display();
    QString name() const { return m_name; }

private:
    QProcess m_server;
    QString m_name;
};

/// The real mingle as a process with a window on a Display.
class Program
{
public:
    Program(const Display &display, const QString &profile);
    ~Program() { stop(); }

    /// Starts it; stdinText goes to its standard input.
    bool start(const QStringList &arguments = {}, const QByteArray &stdinText = {});
    void stop();
    /// Milliseconds since its start for "first-frame" or "readable" (StartMarks); negative: not within the time.
    double mark(const QString &name, int timeoutMs);
    double residentMegabytes() const;
    /// Processor time used so far, of all threads, in milliseconds.
    double cpuMilliseconds() const;
    QMap<QString, double> cpuByThread() const; ///< the same, by the threads' names
    qint64 pid() const { return m_process.processId(); }

private:
    QString m_profile;
    QProcess m_process;
    QByteArray m_errors;
    QHash<QString, double> m_marks;
};

/// A profile on disk with messages of one room, which opens at the next start.
class Profile
{
public:
    static constexpr auto account = u"alice@chat.test";
    static constexpr auto room = u"everyone@conference.chat.test";

    Profile();
    QString path() const { return m_folder.path(); }
    /// Writes the account, the rooms and the messages, the first room's only.
    void fill(int messages, int rooms);
    qint64 databaseBytes() const;

private:
    QTemporaryDir m_folder;
};

} // namespace Mingle::Bench
