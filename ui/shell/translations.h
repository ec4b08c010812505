// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace Mingle {

/// Installs Mingle's and Qt's words in the language of the system, from where they are installed or were built.
void installTranslations(QCoreApplication &application);

} // namespace Mingle
