// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/chatpreferences.h"

#include <QHash>

namespace Mingle {

/// What FakeServer holds of preferences: set it up before the accounts start.
struct KeptPreferences {
    QHash<Jid, KeptPreference> all;
    QList<KeptPreference> told; ///< that came from this device, in order
    Error refusal; ///< of asking and telling
    bool takesNone = false; ///< refuses telling only
};

class FakePreferences : public ChatPreferences
{
    Q_OBJECT
public:
    FakePreferences(KeptPreferences &server, QObject *parent)
        : ChatPreferences(parent)
        , m_server(server)
    {}

    QFuture<Outcome> load() override
    {
        if (m_server.refusal) return answered(Outcome(m_server.refusal));
        Q_EMIT received(m_server.all.values());
        return answered(Outcome());
    }
    QFuture<Outcome> put(const Chat &chat, PreferenceParts parts) override
    {
        if (m_server.refusal) return answered(Outcome(m_server.refusal));
        if (m_server.takesNone) return answered(Outcome(Error::Kind::Timeout));
        KeptPreference &kept = m_server.all[chat.id.address];
        kept.chat = chat.id.address;
        kept.kind = chat.kind;
        kept.preference.takeFrom(ChatPreference(chat), parts);
        m_server.told.append(kept);
        Q_EMIT changed(kept);
        return answered(Outcome());
    }
    QFuture<Outcome> forget(const Chat &chat) override
    {
        m_server.all.remove(chat.id.address);
        return answered(Outcome());
    }
    /// Another device of the account has chosen.
    void chooseElsewhere(const KeptPreference &kept)
    {
        m_server.all.insert(kept.chat, kept);
        Q_EMIT changed(kept);
    }

private:
    KeptPreferences &m_server;
};

} // namespace Mingle
