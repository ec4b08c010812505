// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/archiveclient.h"

#include "xmpp/dom.h"
#include "xmpp/mixdriver.h"
#include "xmpp/mucdriver.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace Mingle {

namespace {
constexpr int maxPage = 250;
constexpr qsizetype maxPageBytes = 16 * 1024 * 1024;
constexpr auto pageLimit = 60s;
constexpr auto longestWait = 10s;

QString randomId()
{
    std::array<quint32, 4> words;
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toHex());
}

/// In memory, roughly. A body may be long, and a message may mention many.
qsizetype weight(const IncomingMessage &message)
{
    return message.body.size() * 2 + message.mentions.size() * 4 * Dom::maxIdBytes
           + qsizetype(sizeof(IncomingMessage));
}

PayloadIq queryIq(const ArchiveQuery &query, const QString &queryId, const QString &onlyId = {})
{
    // My own archive is asked without 'to' (XEP-0313 4).
    const Jid to = query.kind == ChatKind::Person ? Jid() : query.archive;
    return PayloadIq(QXmppIq::Set, to, [query, queryId, onlyId](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::archive);
        xml.writeAttribute(u"queryid", queryId);
        if (query.start.isValid() || query.end.isValid() || !onlyId.isEmpty()) {
            startSubmitForm(xml, Ns::archive);
            const auto writeTime = [&xml](QStringView field, const QDateTime &time) {
                if (time.isValid()) writeField(xml, field, time.toUTC().toString(Qt::ISODateWithMs));
            };
            if (!onlyId.isEmpty()) {
                writeField(xml, u"ids", onlyId);
            } else {
                writeTime(u"start", query.start);
                writeTime(u"end", query.end);
            }
            xml.writeEndElement();
        }
        xml.writeStartElement(u"set");
        xml.writeDefaultNamespace(Ns::resultSet);
        xml.writeTextElement(u"max",
                             QString::number(onlyId.isEmpty() ? std::clamp(query.limit, 1, maxPage) : 1));
        if (!onlyId.isEmpty()) {
            // one message is one page
        } else if (!query.afterId.isEmpty()) {
            xml.writeTextElement(u"after", query.afterId);
        } else {
            xml.writeTextElement(u"before", query.beforeId); // XEP-0059 2.5: empty, the last page
        }
        xml.writeEndElement();
        xml.writeEndElement();
    });
}
} // namespace

struct ArchiveClient::Running {
    ArchiveQuery query;
    ArchivePage page;
    QStringList ids; ///< of the results on the page, oldest first
    qsizetype bytes = 0; ///< of the messages on the page
    bool cut = false; ///< the archive sent more than fits
    bool verifying = false; ///< asks whether an id exists; results are only counted
    bool found = false;
    bool tooEarly = false;
    QPromise<Result<ArchivePage>> promise;

    bool isFull() const { return ids.size() >= maxPage || bytes >= maxPageBytes; }
    void dropOldest();
};

void ArchiveClient::Running::dropOldest()
{
    const QString id = ids.takeFirst();
    if (page.messages.isEmpty() || page.messages.constFirst().archiveId != id) return;
    bytes -= weight(page.messages.takeFirst());
}

ArchiveClient::ArchiveClient(Wire &wire, MucDriver &muc, MixDriver &mix, QObject *parent)
    : Archive(parent)
    , m_wire(wire)
    , m_muc(muc)
    , m_mix(mix)
    , m_decoder(wire, muc, mix)
{
    connect(&wire, &Wire::messageReceived, this, &ArchiveClient::onMessage);
    connect(&mix, &MixDriver::authorsKnown, this, &ArchiveClient::onAuthorsKnown);
}

ArchiveClient::~ArchiveClient() = default;

QFuture<Result<ArchivePage>> ArchiveClient::fetch(const ArchiveQuery &query)
{
    using Answer = Result<ArchivePage>;
    if (!m_wire.isLive()) return answered<ArchivePage>(Answer(Error::Kind::ConnectionLost));
    const Jid me = m_wire.ownAddress().bare();
    if (query.archive.isEmpty() || !query.archive.isBare()
        || (query.kind == ChatKind::Person) != (query.archive == me))
        return answered<ArchivePage>(Answer(Error::Kind::InvalidAddress));
    if (!query.beforeId.isEmpty() && !query.afterId.isEmpty())
        return answered<ArchivePage>(Answer(Error::Kind::InvalidInput));

    const QString queryId = randomId();
    const auto running = std::make_shared<Running>();
    running->query = query;
    running->promise.start();
    m_running.insert(queryId, running);
    m_wire.request(queryIq(query, queryId), pageLimit)
        .then(this, [=, this](const Result<QDomElement> &answer) { onAnswer(queryId, answer); });
    return running->promise.future();
}

void ArchiveClient::onMessage(const QDomElement &stanza, const Jid &from)
{
    if (m_running.isEmpty()) return;
    const QDomElement result = Dom::child(stanza, u"result", Ns::archive);
    if (result.isNull()) return;
    const auto running = m_running.value(result.attribute(QStringLiteral("queryid")));
    if (!running) return;
    const ArchiveQuery &query = running->query;
    const bool isOwn = query.kind == ChatKind::Person && from.isEmpty();
    if (!isOwn && from != query.archive) return; // XEP-0313 8.2: somebody else answers for this archive
    const QString id = Dom::idAttribute(result, QStringLiteral("id"));
    if (running->verifying) {
        running->found |= !id.isEmpty() && id == running->query.beforeId + running->query.afterId;
        return;
    }
    if (id.isEmpty() || isTooEarly(*running)) return;
    // A page that is too large is cut at the end from which the next one goes on: else what people have filled it with
    // would hide what comes behind, for ever.
    const bool forward = !query.afterId.isEmpty();
    running->cut |= running->isFull();
    if (running->cut && forward) return;
    while (running->isFull())
        running->dropOldest();
    running->ids.append(id);
    auto message =
        m_decoder.archived(Dom::child(result, u"forwarded", Ns::forward), query.archive, query.kind, id);
    if (!message) return;
    running->bytes += weight(*message);
    running->page.messages.append(std::move(*message));
}

void ArchiveClient::onAnswer(const QString &queryId, const Result<QDomElement> &answer)
{
    const auto running = m_running.take(queryId);
    if (!running) return;
    if (isTooEarly(*running))
        return finish(*running, Error{Error::Kind::Cancelled, QStringLiteral("too-early"), {}});
    if (!answer.ok()) return finish(*running, answer.error());
    const QDomElement fin = Dom::child(*answer, u"fin", Ns::archive);
    if (fin.isNull()) return finish(*running, Error{Error::Kind::Unsupported, QStringLiteral("fin"), {}});
    const QDomElement set = Dom::child(fin, u"set", Ns::resultSet);
    ArchivePage &page = running->page;
    page.count = int(running->ids.size());
    if (!running->cut) {
        page.firstId = Dom::id(Dom::childNamed(set, u"first").text());
        page.lastId = Dom::id(Dom::childNamed(set, u"last").text());
    }
    if (page.firstId.isEmpty()) page.firstId = running->ids.value(0);
    if (page.lastId.isEmpty()) page.lastId = running->ids.isEmpty() ? QString() : running->ids.constLast();
    // A page without results cannot be gone on from: paging must end.
    const bool isLast = Dom::isTrue(fin.attribute(QStringLiteral("complete")));
    page.complete = (isLast && !running->cut) || page.count == 0;

    const QString id = running->query.beforeId + running->query.afterId;
    if (page.count == 0 && !id.isEmpty() && knowsIds(running->query)) return verify(running, id);
    complete(running);
}

/// For an id that is not there any more prosody 13 gives the same answer as for the end of the archive: an empty page,
/// complete. Taking one for the other would prove a gap to be none, so the id itself is asked for (XEP-0313 4.1.3).
void ArchiveClient::verify(const std::shared_ptr<Running> &running, const QString &id)
{
    const QString queryId = randomId();
    running->verifying = true;
    m_running.insert(queryId, running);
    m_wire.request(queryIq(running->query, queryId, id), pageLimit)
        .then(this, [=, this](const Result<QDomElement> &answer) {
            m_running.remove(queryId);
            if (!answer.ok() && answer.error().kind == Error::Kind::ConnectionLost)
                return finish(*running, answer.error());
            if (!answer.ok() && answer.error().kind != Error::Kind::NotFound) {
                m_withoutIds.insert(running->query.archive);
                return complete(running);
            }
            if (running->found) return complete(running);
            finish(*running, Error{Error::Kind::NotFound, QStringLiteral("item-not-found"), {}});
        });
}

// What a room tells of authors is understood from inside, and what is said before I am in does not come live.
bool ArchiveClient::isTooEarly(Running &running) const
{
    const ArchiveQuery &query = running.query;
    if (!query.entering) return false;
    const bool in = query.kind == ChatKind::Muc
                        ? m_muc.isJoined(query.archive) && !m_muc.isEntering(query.archive)
                        : query.kind != ChatKind::Mix || m_mix.channel(query.archive);
    running.tooEarly |= !in;
    return running.tooEarly;
}

bool ArchiveClient::knowsIds(const ArchiveQuery &query) const
{
    if (m_withoutIds.contains(query.archive)) return false;
    if (const MucRoom *room = m_muc.room(query.archive)) return room->traits().archiveIds;
    if (const MixChannel *channel = m_mix.channel(query.archive)) return channel->traits().archiveIds;
    return true; // not known: asking does no harm
}

void ArchiveClient::complete(const std::shared_ptr<Running> &running)
{
    if (running->query.kind != ChatKind::Mix || !m_mix.isLoading(running->query.archive))
        return finish(*running, std::move(running->page));
    m_waiting.append(running);
    QTimer::singleShot(longestWait, this, [this, running] {
        if (m_waiting.removeOne(running)) finish(*running, std::move(running->page));
    });
}

void ArchiveClient::onAuthorsKnown(const Jid &channel)
{
    const auto waiting = m_waiting;
    for (const auto &running : waiting) {
        if (running->query.archive != channel || !m_waiting.removeOne(running)) continue;
        for (IncomingMessage &message : running->page.messages)
            m_decoder.updateAuthor(message);
        finish(*running, std::move(running->page));
    }
}

void ArchiveClient::finish(Running &running, Result<ArchivePage> result)
{
    running.promise.addResult(std::move(result));
    running.promise.finish();
}

} // namespace Mingle
