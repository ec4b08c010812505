// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preference.h"
#include "core/result.h"

#include <functional>

namespace Mingle {

class Accounts;

/// What the views ask of the session about notifications and favourites. May be called on the UI thread; does not wait.
struct PreferenceCommands {
    std::function<QFuture<Outcome>(const ChatId &, const ChatPreference &, PreferenceParts)> choose;
};

/// accounts must outlive the commands.
PreferenceCommands preferenceCommandsOf(Accounts &accounts);

} // namespace Mingle
