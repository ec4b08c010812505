// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/localhistory.h"

#include <QObject>
#include <QTimer>

namespace Mingle {

class Accounts;

/// What is being written in one chat: its draft, kept in the store across restarts, and the sending of it.
/// Lives on the UI thread.
class ComposerModel : public QObject
{
    Q_OBJECT
public:
    /// history must outlive this; accounts may be null: then nothing is stored or sent.
    ComposerModel(LocalHistory &history, Accounts *accounts, QObject *parent = nullptr);
    ~ComposerModel() override;

    /// Stores the old chat's draft first. Then draftLoaded().
    void setChat(const ChatId &chat);
    const ChatId &chat() const { return m_chat; }
    /// Stores it soon; at once when the chat changes.
    void setDraft(const QString &text);
    void flush();
    /// Hands the text over for sending. sent() or failed() follows.
    void send(const QString &body);

Q_SIGNALS:
    /// Empty at once when the chat changes; again with its draft as soon as that is read, if there is one.
    void draftLoaded(const QString &text);
    void sent(const Mingle::ChatId &chat); ///< committed to the outbox
    /// Nothing of it was kept: body must not be lost. chat: where it was to go, maybe no longer shown.
    void failed(const Mingle::ChatId &chat, const QString &body, const Mingle::Error &error);

protected:
    // The commands, for tests to look at.
    virtual QFuture<Result<qint64>> askSend(const ChatId &chat, const QString &body);
    virtual void store(const ChatId &chat, const QString &text);

private:
    LocalHistory &m_history;
    Accounts *m_accounts;
    ChatId m_chat;
    QString m_draft;
    bool m_dirty = false;
    quint64 m_generation = 0;
    QTimer m_timer;
};

} // namespace Mingle
