// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/preferencesdoor.h"

#include "session/accountsworker.h"
#include "session/preferences.h"

namespace Mingle {

QFuture<Outcome> PreferencesDoor::choose(const ChatId &chat, const ChatPreference &wanted,
                                         PreferenceParts parts)
{
    return m_worker.ask<std::monostate>(chat.account, [chat, wanted, parts](Session &session) {
        return session.preferences().choose(chat, wanted, parts);
    });
}

} // namespace Mingle
