// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/localhistory.h"
#include "models/exportwriter.h"

#include <QObject>

#include <atomic>
#include <memory>

class QIODevice;
class QThread;

namespace Mingle {

/// Told after each page: how many messages are written, and of how many (0: they are still being counted). False stops.
using ExportProgress = std::function<bool(qint64 done, qint64 total)>;

/// Writes all that is stored of a chat, oldest first, page by page. Waits for the reading thread: not for the UI
/// thread of a window. Errors: those of reading; Cancelled; TooLarge if the device took not all (its errorString()).
Outcome writeExport(const LocalHistory &history, const ChatId &chat, ExportWriter &writer, QIODevice &out,
                    const ExportProgress &progress = {});

/// An export into a file, on a thread of its own. The file appears only when all of it is written, readable for its
/// owner alone. UI thread.
class ChatExport final : public QObject
{
    Q_OBJECT
public:
    struct Job {
        Chat chat;
        ExportFormat format = ExportFormat::Text;
        ExportWords words;
        QString path;
    };
    /// Begins at once. history must outlive this.
    ChatExport(const LocalHistory &history, const Job &job, QObject *parent = nullptr);
    /// Stops it if it is not done; waits for the page under way.
    ~ChatExport() override;

    const Job &job() const { return m_job; }
    /// finished() comes all the same.
    void cancel() { m_stop = true; }

Q_SIGNALS:
    void progressed(qint64 done, qint64 total);
    /// Once. InvalidInput: the file could not be written, for the reason in its text.
    void finished(const Mingle::Error &error);

private:
    Error run();

    const LocalHistory &m_history;
    Job m_job;
    std::atomic<bool> m_stop = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace Mingle
