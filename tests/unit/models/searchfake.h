// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search.h"

#include <QPromise>

#include <memory>
#include <vector>

namespace Mingle::Test {

/// MessageSearch that remembers what it was asked and answers when told to.
class SearchFake final : public MessageSearch
{
public:
    struct Question {
        SearchQuery query;
        ChatId chat;
        SearchOrder order = SearchOrder::Newest;
        QByteArray from;
        std::shared_ptr<QPromise<Result<SearchPage>>> promise;

        void answer(const Result<SearchPage> &page) const
        {
            promise->addResult(page);
            promise->finish();
        }
        bool isCancelled() const { return promise->isCanceled(); }
    };
    std::vector<Question> asked;

    QFuture<Result<SearchPage>> search(const SearchQuery &query, const ChatId &chat, SearchOrder order, int,
                                       const QByteArray &from) override
    {
        auto promise = std::make_shared<QPromise<Result<SearchPage>>>();
        promise->start();
        asked.push_back({query, chat, order, from, promise});
        return promise->future();
    }
};

} // namespace Mingle::Test
