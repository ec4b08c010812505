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
    /// A server that says it goes down, or is full, is left alone for a while first.
    /// A bad certificate is mostly the network's of a hotel, which ends by itself, but not in a minute: the slow end.
    std::chrono::milliseconds next(double random, const Error &reason = {});
    void reset() { m_tries = 0; }
    /// It was live for so long, and then ended: a line that breaks is tried as if for the first time; a server that lets one
    /// in and puts one out at once, over and over, is not.
    void lived(std::chrono::seconds time, const Error &reason);

private:
    int m_tries = 0;
};

} // namespace Mingle
