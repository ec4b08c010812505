// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/directorycommands.h"

#include <memory>

namespace Mingle::Test {

/// Keeps what was asked; a test answers.
class DirectoryFake
{
public:
    struct Page {
        RoomQuery query;
        std::shared_ptr<QPromise<Result<RoomsPage>>> promise;
    };
    struct Details {
        Jid room;
        std::weak_ptr<const void> asker;
        bool anew = false;
        std::shared_ptr<QPromise<Result<RoomCard>>> promise;
    };

    DirectoryCommands commands()
    {
        DirectoryCommands commands;
        commands.services = [this](const Jid &, const Jid &server) {
            return answered(Result(services.value(server)));
        };
        commands.page = [this](const Jid &, const RoomQuery &query) {
            pages.append({query, std::make_shared<QPromise<Result<RoomsPage>>>()});
            pages.last().promise->start();
            return pages.last().promise->future();
        };
        commands.details = [this](const Jid &, const Jid &room, const Asker &asker, bool anew) {
            details.append({room, asker, anew, std::make_shared<QPromise<Result<RoomCard>>>()});
            details.last().promise->start();
            return details.last().promise->future();
        };
        return commands;
    }

    template<typename T>
    static void answer(const std::shared_ptr<QPromise<Result<T>>> &promise, Result<T> result)
    {
        promise->addResult(std::move(result));
        promise->finish();
    }
    void answerPage(const Result<RoomsPage> &page) { answer(pages.last().promise, page); }

    QHash<Jid, RoomServices> services;
    QList<Page> pages;
    QList<Details> details;
};

} // namespace Mingle::Test
