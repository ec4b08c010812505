// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

namespace Mingle {

/// What the person wanted when it went wrong: the same condition means other things to each.
enum class Attempt { Connect, Join, Create, Leave, Talk, Send, Read, Receive, Invite, Nick, Alter, Block };

/// An error in plain words. All parts are plain text; technical may hold words of a server.
struct ErrorText {
    QString happened; ///< one short line
    QString meaning; ///< one or two sentences; may be empty
    QString advice; ///< what to do now; may be empty
    QString technical; ///< one click away, for those who help

    /// happened, meaning and advice in one paragraph, for tool tips and screen readers.
    QString plain() const;
};

ErrorText errorText(const Error &error, Attempt attempt);
/// Whether trying the same again may help.
bool worthRetrying(const Error &error);

} // namespace Mingle
