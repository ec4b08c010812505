// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Mingle {

/// The whole program; main() only calls it.
int run(int argc, char **argv);

} // namespace Mingle
