// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace Mingle {

/// What a stream may contain. A server that goes beyond makes us end the stream; all are checked before any
/// DOM exists, because QDom is quadratic in depth and QXmpp knows no limit at all.
struct StreamLimits {
    int depth = 64; ///< of elements in a stanza, the stanza itself being 1
    qsizetype stanzaBytes = 256 * 1024;
    /// Answers to IQs may be longer: a roster or a list of rooms is one stanza by the protocol (RFC
    /// 6121 2.1.4).
    qsizetype iqBytes = 1024 * 1024;
    int attributes = 64;                      ///< of one element, namespace declarations included
    qsizetype attributeBytes = 16 * 1024;     ///< of one value
    qsizetype tagBytes = 64 * 1024;           ///< from '<' to '>'
    int children = 8192;                      ///< elements directly in one element
    int elements = 16384;                     ///< in one stanza
    qsizetype skippedBytes = 8 * 1024 * 1024; ///< of a stanza that is being skipped
};

} // namespace Mingle
