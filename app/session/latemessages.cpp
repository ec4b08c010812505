// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/latemessages.h"

#include "core/futures.h"
#include "session/pageplacement.h"
#include "xmpp/connection.h"

#include <algorithm>

namespace Mingle {

namespace {
constexpr int fullPage = 250;
// They come one behind the other, so a page mostly has them all; a room that keeps sending such is not followed for ever.
constexpr qsizetype mostAtOnce = 500;
} // namespace

LateMessages::LateMessages(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{}

void LateMessages::add(const IncomingMessage &message)
{
    if (message.archiveId.isEmpty()) return;
    Late &late = m_late[message.kind == ChatKind::Person ? m_context.account : message.chat];
    if (late.size() < mostAtOnce) late.append(message);
}

void LateMessages::clear()
{
    ++m_session;
    m_late.clear();
    m_asking.clear();
}

void LateMessages::putInPlace()
{
    const auto archives = m_late.keys();
    for (const Jid &archive : archives)
        ask(archive);
}

void LateMessages::ask(const Jid &archive)
{
    const Late late = m_late.value(archive);
    if (late.isEmpty()) {
        m_late.remove(archive);
        return;
    }
    if (m_asking.contains(archive)) return;
    m_asking.insert(archive);
    ArchiveQuery query;
    query.archive = archive;
    query.kind = late.first().kind;
    query.afterId = late.first().archiveId;
    query.limit = fullPage;
    whenDone(m_context.connection.archive()->fetch(query), this,
             [this, archive, session = m_session](const Result<ArchivePage> &page) {
                 if (session != m_session) return;
                 // Left, or the line is down: a new session asks for everything.
                 if (page) return store(archive, *page);
                 m_asking.remove(archive);
                 m_late.remove(archive);
             });
}

void LateMessages::store(const Jid &archive, ArchivePage page)
{
    const IncomingMessage late = m_late[archive].takeFirst();
    const QString lastId = page.lastId.isEmpty() ? late.archiveId : page.lastId;
    page.messages.prepend(late);
    page.firstId = late.archiveId;
    page.lastId = lastId;
    page.complete = false; // it says that of the other end
    ++page.count;
    m_late[archive].removeIf([&page](const IncomingMessage &other) {
        return std::ranges::any_of(page.messages, [&other](const IncomingMessage &message) {
            return message.archiveId == other.archiveId;
        });
    });
    PageRequest request;
    request.archive = {m_context.account, archive};
    request.within = true;
    whenDone(PagePlacement::store(m_context.database, request, page), this,
             [this, archive, session = m_session](const Result<PageStored> &) {
                 if (session != m_session) return;
                 m_asking.remove(archive);
                 ask(archive);
             });
}

} // namespace Mingle
