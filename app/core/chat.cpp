// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat.h"

namespace Mingle {

QString Chat::title() const
{
    if (!name.isEmpty()) return name;
    return id.address.local().isEmpty() ? id.address.toString() : id.address.local();
}

} // namespace Mingle
