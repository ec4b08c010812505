// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/composermodel.h"

#include "session/accounts.h"

namespace Mingle {

namespace {

constexpr int storeAfter = 600; // ms without a key press

} // namespace

ComposerModel::ComposerModel(LocalHistory &history, Accounts *accounts, QObject *parent)
    : QObject(parent)
    , m_history(history)
    , m_accounts(accounts)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(storeAfter);
    connect(&m_timer, &QTimer::timeout, this, &ComposerModel::flush);
}

ComposerModel::~ComposerModel() = default;

void ComposerModel::setChat(const ChatId &chat)
{
    if (chat == m_chat) {
        return;
    }
    flush();
    m_chat = chat;
    m_draft.clear();
    const quint64 generation = ++m_generation;
    Q_EMIT draftLoaded({}); // what was written elsewhere must not stand here even for a moment
    if (chat.isEmpty()) {
        return;
    }
    m_history.draft(chat).then(this, [this, generation](const Result<QString> &draft) {
        // What was typed while the answer was under way is newer.
        if (generation != m_generation || m_dirty) {
            return;
        }
        m_draft = draft.ok() ? draft.value() : QString();
        if (!m_draft.isEmpty()) {
            Q_EMIT draftLoaded(m_draft);
        }
    });
}

void ComposerModel::setDraft(const QString &text)
{
    if (text == m_draft || m_chat.isEmpty()) {
        return;
    }
    m_draft = text;
    m_dirty = true;
    m_timer.start();
}

void ComposerModel::flush()
{
    m_timer.stop();
    if (m_dirty) {
        m_dirty = false;
        store(m_chat, m_draft);
    }
}

void ComposerModel::send(const QString &body)
{
    askSend(m_chat, body).then(this, [this, chat = m_chat, body](const Result<qint64> &row) {
        if (row.ok()) {
            Q_EMIT sent(chat);
        } else {
            if (chat != m_chat) {
                store(chat, body); // back to where it was written
            }
            Q_EMIT failed(chat, body, row.error());
        }
    });
}

QFuture<Result<qint64>> ComposerModel::askSend(const ChatId &chat, const QString &body)
{
    return m_accounts ? m_accounts->sendMessage(chat, body)
                      : answered(Result<qint64>(Error::Kind::NoNetwork));
}

void ComposerModel::store(const ChatId &chat, const QString &text)
{
    if (m_accounts) {
        m_accounts->setDraft(chat, text);
    }
}

} // namespace Mingle
