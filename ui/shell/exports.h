// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/chatexport.h"

#include <QObject>

#include <memory>

class QWidget;

namespace Mingle {

class ExportStripView;

/// Exports of chats into files: asks, writes one at a time, and tells in a strip how far it is.
class Exports final : public QObject
{
    Q_OBJECT
public:
    /// history must outlive this. parent: of the strip.
    Exports(const LocalHistory &history, QWidget *parent);
    ~Exports() override;

    ExportStripView *strip() const { return m_strip; }
    void ask(const Chat &chat);

private:
    void start(const ChatExport::Job &job);
    void finished(const Error &error);

    const LocalHistory &m_history;
    QWidget *m_parent;
    ExportStripView *m_strip;
    std::unique_ptr<ChatExport> m_export;
};

} // namespace Mingle
