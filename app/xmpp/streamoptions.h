// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/serverfinder.h"

namespace Mingle {

/// What tests want otherwise.
struct StreamOptions {
    using Time = std::chrono::milliseconds;

    Time lookup = std::chrono::seconds(5);   ///< for all SRV records together
    Time target = std::chrono::seconds(8);   ///< until TLS stands with one of the servers
    Time head{300};                          ///< of the first server before others are asked (RFC 8305)
    Time login = std::chrono::seconds(40);   ///< from open() until live
    Time silence = std::chrono::seconds(60); ///< without a byte until the server is asked for one
    Time answer = std::chrono::seconds(20);  ///< for that
    Time doubt = std::chrono::seconds(5);    ///< for that, when the network has changed
    Time lost = std::chrono::seconds(10);    ///< for answers still missing when a stream is taken up again
    Time closing = std::chrono::seconds(2);  ///< for the orderly end
    SrvLookup srv = systemSrvLookup();
};

} // namespace Mingle
