// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search.h"

#include <atomic>
#include <memory>

namespace Mingle {

class Database;
class SearchMemory;

/// core's MessageSearch on the database's searching thread.
class SearchReader final : public MessageSearch
{
public:
    /// database must outlive the reader.
    explicit SearchReader(const Database &database);
    ~SearchReader() override;

    QFuture<Result<SearchPage>> search(const SearchQuery &query, const ChatId &chat, SearchOrder order,
                                       int limit, const QByteArray &from = {}) override;

private:
    const Database &m_database;
    std::shared_ptr<std::atomic<quint64>> m_newest; ///< number of the newest search: all others are over
    std::shared_ptr<SearchMemory> m_memory; ///< of the searching thread
};

} // namespace Mingle
