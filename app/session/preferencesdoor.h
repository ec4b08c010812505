// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preference.h"
#include "core/result.h"

namespace Mingle {

class AccountsWorker;

/// What Accounts is for everything else. The functions may be called from any thread.
class PreferencesDoor
{
public:
    explicit PreferencesDoor(AccountsWorker &worker)
        : m_worker(worker)
    {}

    /// Ok as soon as it is stored here; my other devices are told when there is a connection.
    QFuture<Outcome> choose(const ChatId &chat, const ChatPreference &wanted, PreferenceParts parts);

private:
    AccountsWorker &m_worker;
};

} // namespace Mingle
