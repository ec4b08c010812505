// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/jid.h"

#include <QStringList>

#include <optional>

namespace Mingle {

/// What a run without a window ends with; part of the interface, so never renumbered.
enum class ExitStatus {
    Done = 0, ///< added, too, when the password could not be kept: then a sentence says so
    Usage = 2, ///< the command line makes no sense
    Profile = 3, ///< the folder or the database cannot be used
    Refused = 4, ///< the server said no: wrong password, account switched off ...
    Unreachable = 5, ///< no network, no such server, no answer
    NotSafe = 6, ///< no TLS, certificate not trusted, server could not prove who it is
    Running = 7, ///< another Mingle has this profile open
    NoSuchRoom = 8,
};

/// What the command line asks for.
struct CommandLine {
    enum class Task { Window, AddAccount, Export, Version, Help };

    Task task = Task::Window;
    QString profile; ///< empty: the usual place
    bool passwordFromStdin = false;
    Account account; ///< to add
    Jid room; ///< to export
    QStringList links; ///< xmpp: links; they fill forms, nothing more
    QString problem; ///< one sentence, if it makes no sense
};

/// arguments as of QCoreApplication::arguments(), the program's name first.
CommandLine parseCommandLine(const QStringList &arguments);
QString helpText();

} // namespace Mingle
