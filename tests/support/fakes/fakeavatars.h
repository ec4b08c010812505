// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/avatars.h"

#include <QHash>

#include <functional>

namespace Mingle {

/// The pictures of a server in memory.
struct FakeAvatarShelf {
    QHash<std::pair<Jid, QString>, QByteArray> pictures; ///< by whose they are and their id
    QHash<Jid, QString> current;
    QStringList asked; ///< addresses, in order
    AvatarUpload published;

    QString put(const Jid &of, const QByteArray &data)
    {
        const QString id = avatarIdOf(data);
        pictures.insert({of, id}, data);
        return id;
    }
};

class FakeAvatars final : public Avatars
{
    Q_OBJECT
public:
    FakeAvatars(FakeAvatarShelf &shelf, QObject *parent)
        : Avatars(parent)
        , m_shelf(shelf)
    {}
    QFuture<Result<QByteArray>> fetch(const Jid &of, const QString &id) override
    {
        m_shelf.asked.append(of.toString());
        const auto found = m_shelf.pictures.constFind({of, id});
        return answered(found == m_shelf.pictures.cend() ? Result<QByteArray>(Error::Kind::NotFound)
                                                         : Result<QByteArray>(*found));
    }
    QFuture<Result<QString>> current(const Jid &person) override
    {
        m_shelf.asked.append(QStringLiteral("current ") + person.toString());
        return answered(Result<QString>(m_shelf.current.value(person)));
    }
    QFuture<Outcome> publish(const AvatarUpload &picture) override
    {
        m_shelf.published = picture;
        return answered(Outcome());
    }

private:
    FakeAvatarShelf &m_shelf;
};

} // namespace Mingle
