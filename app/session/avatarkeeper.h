// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/avatar.h"
#include "core/result.h"
#include "session/sessioncontext.h"

#include <QHash>
#include <QObject>
#include <QQueue>
#include <QSet>

#include <memory>

namespace Mingle {

/// Pictures of the people and rooms of one account. Their ids stand with the chats (Chat::avatar); the pictures are
/// fetched when somebody wants to see them, a few at a time, and kept. Strangers' are not: asking for one would tell them
/// that I am here. Session thread.
class AvatarKeeper : public QObject
{
    Q_OBJECT
public:
    using Answer = Result<QByteArray>;

    AvatarKeeper(const SessionContext &context, QObject *parent);

    void beginSession();
    /// The picture, from disk if it is there. of: a chat, or an occupant by full address. NotFound.
    QFuture<Answer> picture(const Jid &of, const QString &id);
    /// Somebody looks at this talk: finds out whether they show a picture, unless presence has told, once in a session.
    void look(const ChatId &chat);
    QFuture<Outcome> publish(const AvatarUpload &picture);
    /// Mine. Empty: none, or not known yet.
    QFuture<Answer> mine();

Q_SIGNALS:
    /// I show another picture now, set here or on another device; empty: none.
    void mineChanged(const QString &id);

private:
    struct Wanted {
        Jid of;
        QString id;
        std::shared_ptr<QPromise<Answer>> promise;
    };

    void changed(const Jid &from, const QString &id);
    void fetch(const Wanted &wanted);
    void fetchNext();
    void store(const QString &id, const QByteArray &data);

    SessionContext m_context;
    QQueue<Wanted> m_waiting;
    QSet<std::pair<Jid, QString>> m_missing; ///< in this session
    QSet<Jid> m_looked;
    QHash<Jid, QString> m_told; ///< by presence, last; most presences say nothing new
    int m_underWay = 0;
};

} // namespace Mingle
