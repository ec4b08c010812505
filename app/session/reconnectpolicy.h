// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <chrono>

namespace Mingle {

/// When to try again after a stream has ended. A value; no clock, no thread.
class ReconnectPolicy
{
public:
    /// Trying again by itself makes sense: not for a wrong password, which only a person can mend.
    static bool mayRetry(const Error &reason);

    /// Delay before the next try: exponential from under a second to two minutes, jittered so that ten thousand
    /// clients of a restarted server do not come at once. random is in [0, 1).
    /// A bad certificate is mostly the network's of a hotel, which ends by itself, but not in a minute: the slow end.
    std::chrono::milliseconds next(double random, const Error &reason = {});
    void reset() { m_tries = 0; }

private:
    int m_tries = 0;
};

} // namespace Mingle
