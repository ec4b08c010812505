// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/noticerow.h"

#include "storage/messagestore.h"
#include "storage/transaction.h"

namespace Mingle {

Outcome addNotice(Transaction &tx, Message row, const ArchiveId &archive)
{
    row.delivery = Delivery::Archived;
    const auto order = ArchiveStore(tx, archive).nextOrder();
    if (!order) return order.error();
    row.order = *order;
    const auto added = MessageStore(tx).add(row);
    return added ? Outcome() : added.error();
}

} // namespace Mingle
