// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/commandline.h"

namespace Mingle {

class ProfileFolder;

/// The runs without a window. Need a QCoreApplication; say in one sentence on standard error what went wrong.
ExitStatus runAddAccount(const CommandLine &line, const ProfileFolder &profile);
ExitStatus runExport(const CommandLine &line, const ProfileFolder &profile);

/// One line without its end; at most 4 KB.
QByteArray passwordFromStdin();
void complain(const QString &sentence);

} // namespace Mingle
