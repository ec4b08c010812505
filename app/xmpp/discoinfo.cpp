// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/discoinfo.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

#include <algorithm>

namespace Mingle {

namespace {
constexpr qsizetype maxIdentities = 32;
constexpr qsizetype maxFeatures = 1000;
constexpr qsizetype maxFields = 200;

void readFields(const QDomElement &form, QHash<QString, QString> &fields)
{
    Dom::forEach(form, [&fields](const QDomElement &field) {
        const QString name = Dom::idAttribute(field, QStringLiteral("var"));
        if (fields.size() >= maxFields || name.isEmpty() || fields.contains(name)) return;
        fields.insert(name, Dom::cut(Dom::childNamed(field, u"value").text(), Dom::maxNameBytes));
    });
}
} // namespace

bool DiscoInfo::hasIdentity(QStringView category, QStringView type) const
{
    return std::any_of(identities.cbegin(), identities.cend(),
                       [&](const Identity &i) { return i.category == category && i.type == type; });
}

bool DiscoInfo::isMix() const
{
    return hasIdentity(u"conference", u"mix") || has(Ns::mixCore1) || has(Ns::mixCore0);
}

bool DiscoInfo::isMuc() const
{
    return has(Ns::muc) && !hasIdentity(u"conference", u"mix");
}

bool DiscoInfo::carries(ChatKind kind) const
{
    if (kind == ChatKind::Mix) return isMix();
    // Gateways to other networks have rooms, too, but none of our own making.
    return isMuc() && !hasIdentity(u"conference", u"irc") && !hasIdentity(u"gateway", u"irc");
}

DiscoInfo readDiscoInfo(const QDomElement &iq)
{
    DiscoInfo info;
    Dom::forEach(Dom::child(iq, u"query", Ns::discoInfo), [&](const QDomElement &e) {
        if (e.localName() == u"feature") {
            if (info.features.size() < maxFeatures)
                info.features.insert(Dom::idAttribute(e, QStringLiteral("var")));
        } else if (e.localName() == u"identity") {
            if (info.identities.size() < maxIdentities)
                info.identities.append({Dom::idAttribute(e, QStringLiteral("category")),
                                        Dom::idAttribute(e, QStringLiteral("type")),
                                        Dom::cut(e.attribute(QStringLiteral("name")), Dom::maxNameBytes)});
        } else if (Dom::is(e, u"x", Ns::dataForms)) {
            readFields(e, info.fields);
        }
    });
    return info;
}

Jid DiscoInfo::mirror() const
{
    if (carries(ChatKind::Mix) == carries(ChatKind::Muc)) return {};
    const auto *field = carries(ChatKind::Mix) ? u"muc-mirror" : u"mix-mirror";
    const auto mirror = Jid::parse(fields.value(QString::fromUtf16(field)));
    return mirror && mirror->local().isEmpty() && mirror->isBare() ? *mirror : Jid();
}

QFuture<Result<DiscoInfo>> requestDiscoInfo(Wire &wire, const Jid &address, const QString &node)
{
    PayloadIq iq(QXmppIq::Get, address, [node](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"query");
        xml.writeDefaultNamespace(Ns::discoInfo);
        if (!node.isEmpty()) xml.writeAttribute(u"node", node);
    });
    return wire.request(std::move(iq)).then([](const Result<QDomElement> &answer) -> Result<DiscoInfo> {
        if (!answer.ok()) return answer.error();
        return readDiscoInfo(*answer);
    });
}

namespace {
// Stored: new ones are added at the end.
constexpr bool RoomTraits::*const packedTraits[]{
    &RoomTraits::known,        &RoomTraits::archive,        &RoomTraits::archiveIds,
    &RoomTraits::occupantIds,  &RoomTraits::stanzaIds,      &RoomTraits::moderated,
    &RoomTraits::subjectByAll, &RoomTraits::passwordNeeded, &RoomTraits::membersOnly,
    &RoomTraits::nonAnonymous, &RoomTraits::hidden,         &RoomTraits::persistent,
    &RoomTraits::selfPing,     &RoomTraits::invitesByAll,   &RoomTraits::picture,
};
} // namespace

int packTraits(const RoomTraits &traits)
{
    int packed = 0;
    for (int i = 0; i < int(std::size(packedTraits)) && traits.known; ++i)
        packed |= int(traits.*packedTraits[i]) << i;
    return packed;
}

RoomTraits unpackTraits(int packed)
{
    RoomTraits traits;
    for (int i = 0; i < int(std::size(packedTraits)) && packed != 0; ++i)
        traits.*packedTraits[i] = packed & 1 << i;
    return traits;
}

RoomTraits roomTraits(const DiscoInfo &info)
{
    RoomTraits traits;
    traits.known = true;
    traits.archive = info.has(Ns::archive);
    traits.archiveIds = info.has(u"urn:xmpp:mam:2#extended");
    traits.occupantIds = info.has(Ns::occupantId);
    traits.stanzaIds = info.has(Ns::stanzaIds);
    traits.moderated = !info.has(u"muc_unmoderated");
    traits.passwordNeeded = info.has(u"muc_passwordprotected");
    traits.membersOnly = info.has(u"muc_membersonly");
    traits.nonAnonymous = info.has(u"muc_nonanonymous");
    traits.hidden = info.has(u"muc_hidden");
    traits.persistent = info.has(u"muc_persistent") || !info.has(u"muc_temporary");
    traits.invitesByAll = Dom::isTrue(info.fields.value(QStringLiteral("muc#roomconfig_allowinvites")));
    traits.picture = info.has(Ns::vcard);
    traits.selfPing = info.has(u"http://jabber.org/protocol/muc#self-ping-optimization");
    traits.choices = info.has(Ns::mixAnon);
    traits.description =
        Dom::cut(info.fields.value(QStringLiteral("muc#roominfo_description")), Dom::maxSubjectBytes);
    // XEP-0045 6.4; ejabberd says it under the name of the configuration field.
    traits.subjectByAll = Dom::isTrue(info.fields.value(QStringLiteral("muc#roominfo_changesubject")))
                          || Dom::isTrue(info.fields.value(QStringLiteral("muc#roomconfig_changesubject")));
    const auto identity =
        std::find_if(info.identities.cbegin(), info.identities.cend(), [](const DiscoInfo::Identity &i) {
            return i.category == u"conference" && !i.name.isEmpty();
        });
    if (identity != info.identities.cend()) traits.name = identity->name;
    if (traits.name.isEmpty()) traits.name = info.fields.value(QStringLiteral("muc#roomconfig_roomname"));
    return traits;
}

RoomProperties RoomTraits::properties() const
{
    RoomProperties all;
    all.setFlag(RoomProperty::Hidden, hidden);
    all.setFlag(RoomProperty::MembersOnly, membersOnly);
    all.setFlag(RoomProperty::AddressesVisible, nonAnonymous);
    all.setFlag(RoomProperty::Moderated, known && moderated);
    all.setFlag(RoomProperty::PasswordNeeded, passwordNeeded);
    all.setFlag(RoomProperty::Archived, archive);
    all.setFlag(RoomProperty::Temporary, known && !persistent);
    return all;
}

int readPeople(const QString &text)
{
    constexpr int believable = 10'000'000;
    bool isNumber = false;
    const int people = text.size() > 20 ? -1 : text.trimmed().toInt(&isNumber);
    return isNumber && people >= 0 && people <= believable ? people : -1;
}

QString readLanguage(const QString &text)
{
    constexpr qsizetype longest = 35; // RFC 5646 4.4.1
    const QString tag = text.trimmed();
    const bool usable = tag.size() <= longest && std::ranges::all_of(tag, [](QChar c) {
                            return c == u'-' || (c.unicode() < 0x80 && c.isLetterOrNumber());
                        });
    return usable ? tag : QString();
}

std::optional<RoomCard> roomCard(const DiscoInfo &info, const Jid &address)
{
    if (!info.isMix() && !info.isMuc()) return {};
    const RoomTraits traits = roomTraits(info);
    const auto field = [&info](const char16_t *name) { return info.fields.value(QString::fromUtf16(name)); };
    RoomCard room;
    room.address = address;
    room.kind = info.isMuc() ? ChatKind::Muc : ChatKind::Mix;
    room.name = traits.name;
    room.description = traits.description;
    room.subject = Dom::cut(field(u"muc#roominfo_subject"), Dom::maxSubjectBytes);
    room.language = readLanguage(field(u"muc#roominfo_lang"));
    room.people = readPeople(field(u"muc#roominfo_occupants"));
    room.properties = traits.properties();
    room.told = RoomProperty::Hidden | RoomProperty::MembersOnly | RoomProperty::AddressesVisible
                | RoomProperty::Moderated | RoomProperty::PasswordNeeded | RoomProperty::Archived
                | RoomProperty::Temporary;
    if (room.kind == ChatKind::Mix) // there are no passwords (XEP-0369 8.1), and the rest its own nodes tell
        room.told = RoomProperty::Archived | RoomProperty::PasswordNeeded;
    room.properties &= room.told;
    return room;
}

} // namespace Mingle
