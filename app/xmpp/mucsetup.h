// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form.h"
#include "xmpp/groupdriver.h"

#include <optional>

namespace Mingle {

class MucControls;

/// The first settings of a room that has just been made (XEP-0045 10.1): it is locked until its owner has submitted
/// them. Of what is wanted, only what the room's form knows is set. No request: as the service likes it.
QFuture<Outcome> setUpRoom(MucControls &controls, QObject *context, const Jid &room,
                           const std::optional<CreateRequest> &request);

/// The changes that make form what request wants.
Form firstSettings(const Form &form, const CreateRequest &request);

} // namespace Mingle
