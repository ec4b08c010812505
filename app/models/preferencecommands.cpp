// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preferencecommands.h"

#include "session/accounts.h"
#include "session/preferencesdoor.h"

namespace Mingle {

PreferenceCommands preferenceCommandsOf(Accounts &accounts)
{
    Accounts *const to = &accounts;
    return {[to](const ChatId &chat, const ChatPreference &wanted, PreferenceParts parts) {
        return to->preferences().choose(chat, wanted, parts);
    }};
}

} // namespace Mingle
