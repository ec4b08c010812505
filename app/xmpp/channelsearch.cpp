// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/channelsearch.h"

#include "xmpp/discoinfo.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

#include <algorithm>

namespace Mingle {

namespace {
constexpr int pageSize = 50;
constexpr qsizetype maxItems = 500; // a service may give more than was asked for
constexpr int maxWordsBytes = 1024;
constexpr qsizetype maxPauses = 100;
constexpr qint64 firstPause = 30; // s, where the service does not say how long
constexpr qint64 longestPause = 3600; // s

PayloadIq searchIq(const RoomQuery &query)
{
    return PayloadIq(QXmppIq::Get, query.place, [query](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"search");
        xml.writeDefaultNamespace(Ns::channelSearch);
        xml.writeStartElement(u"set");
        xml.writeDefaultNamespace(Ns::resultSet);
        xml.writeTextElement(u"max", QString::number(pageSize));
        if (!query.next.isEmpty()) xml.writeTextElement(u"after", query.next);
        xml.writeEndElement();
        startSubmitForm(xml, Ns::channelSearchParams);
        const QString words = Dom::cut(query.words, maxWordsBytes);
        // XEP-0433 3.2.2.6: one or the other, never both.
        words.isEmpty() ? writeField(xml, u"all", u"true") : writeField(xml, u"q", words);
        xml.writeStartElement(u"field");
        xml.writeAttribute(u"var", u"types");
        xml.writeTextElement(u"value", u"xep-0045");
        xml.writeTextElement(u"value", u"xep-0369");
        xml.writeEndElement();
        writeField(xml, u"key", u"{urn:xmpp:channel-search:0:order}nusers");
        xml.writeEndElement();
        xml.writeEndElement();
    });
}

RoomCard readChannel(const QDomElement &item, const Jid &address)
{
    const auto text = [&item](QStringView name, int maxBytes) {
        return Dom::cut(Dom::child(item, name, Ns::channelSearch).text().trimmed(), maxBytes);
    };
    RoomCard room;
    room.address = address;
    const QString type = text(u"service-type", Dom::maxIdBytes);
    room.kind = type == u"xep-0369" ? ChatKind::Mix : ChatKind::Muc;
    room.name = text(u"name", Dom::maxNameBytes);
    room.description = text(u"description", Dom::maxSubjectBytes);
    room.language = readLanguage(text(u"language", Dom::maxIdBytes));
    room.people = readPeople(text(u"nusers", Dom::maxIdBytes));
    // XEP-0433 4.2: a mode that is not known is taken for the one that hides nothing.
    const QString mode = text(u"anonymity-mode", Dom::maxIdBytes);
    room.properties.setFlag(RoomProperty::AddressesVisible, !mode.isEmpty() && mode != u"muc_semianonymous");
    room.told.setFlag(RoomProperty::AddressesVisible, !mode.isEmpty());
    return room;
}
} // namespace

QList<RoomCard> readFoundChannels(const QDomElement &result)
{
    QList<RoomCard> rooms;
    Dom::forEach(result, [&rooms](const QDomElement &item) {
        if (rooms.size() >= maxItems || !Dom::is(item, u"item", Ns::channelSearch)) return;
        const auto address = Jid::parse(item.attribute(QStringLiteral("address")));
        if (address && address->isBare() && !address->local().isEmpty())
            rooms.append(readChannel(item, *address));
    });
    return rooms;
}

ChannelSearch::ChannelSearch(Wire &wire, Clock clock, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_clock(std::move(clock))
{}

Error ChannelSearch::blocked(const Jid &service) const
{
    const qint64 left = m_pauses.value(service).until - m_clock();
    if (left <= 0) return {};
    return {Error::Kind::ServiceFull, QStringLiteral("rate-limit"), QString::number((left + 999) / 1000)};
}

// XEP-0433 4, business rules: as long as it says, else longer each time.
void ChannelSearch::block(const Jid &service, Error &error)
{
    if (m_pauses.size() >= maxPauses) m_pauses.clear();
    Pause &pause = m_pauses[service];
    bool told = false;
    qint64 seconds = error.text.toLongLong(&told);
    if (!told || seconds < 0) seconds = firstPause << std::min(pause.times, 10);
    seconds = std::clamp(seconds, qint64(1), longestPause);
    ++pause.times;
    pause.until = m_clock() + seconds * 1000;
    error.text = QString::number(seconds);
}

QFuture<Result<RoomsPage>> ChannelSearch::page(const RoomQuery &query)
{
    using Answer = Result<RoomsPage>;
    if (const Error error = blocked(query.place)) return answered(Answer(error));
    return m_wire.request(searchIq(query))
        .then(this, [this, query](const Result<QDomElement> &answer) -> Answer {
            if (!answer.ok()) {
                Error error = answer.error();
                if (error.condition == u"rate-limit") block(query.place, error);
                return error;
            }
            m_pauses.remove(query.place);
            const QDomElement result = Dom::child(*answer, u"result", Ns::channelSearch);
            if (result.isNull()) return Answer(Error::Kind::Unsupported, QStringLiteral("no-result"));
            RoomsPage page;
            page.rooms = readFoundChannels(result);
            const QDomElement set = Dom::child(result, u"set", Ns::resultSet);
            page.expected = readPeople(Dom::childNamed(set, u"count").text());
            const QString last = Dom::id(Dom::childNamed(set, u"last").text());
            if (!page.rooms.isEmpty() && last != query.next) page.next = last;
            return page;
        });
}

} // namespace Mingle
