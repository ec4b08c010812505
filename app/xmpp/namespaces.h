// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

/// XML namespaces that the codecs and drivers of this module read and write; streamnamespaces.h has the stream's.
namespace Mingle::Ns {

inline constexpr QStringView client = u"jabber:client";
inline constexpr QStringView roster = u"jabber:iq:roster";
inline constexpr QStringView dataForms = u"jabber:x:data"; // XEP-0004
inline constexpr QStringView discoInfo = u"http://jabber.org/protocol/disco#info"; // XEP-0030
inline constexpr QStringView discoItems = u"http://jabber.org/protocol/disco#items";
inline constexpr QStringView muc = u"http://jabber.org/protocol/muc"; // XEP-0045
inline constexpr QStringView mucUser = u"http://jabber.org/protocol/muc#user";
inline constexpr QStringView mucAdmin = u"http://jabber.org/protocol/muc#admin";
inline constexpr QStringView mucOwner = u"http://jabber.org/protocol/muc#owner";
inline constexpr QStringView mucRoomConfig = u"http://jabber.org/protocol/muc#roomconfig";
inline constexpr QStringView privateStorage = u"jabber:iq:private"; // XEP-0049
inline constexpr QStringView oldBookmarks = u"storage:bookmarks"; // XEP-0048
inline constexpr QStringView vcard = u"vcard-temp"; // XEP-0054
inline constexpr QStringView vcardUpdate = u"vcard-temp:x:update"; // XEP-0153
inline constexpr QStringView resultSet = u"http://jabber.org/protocol/rsm"; // XEP-0059
inline constexpr QStringView pubsub = u"http://jabber.org/protocol/pubsub"; // XEP-0060
inline constexpr QStringView pubsubEvent = u"http://jabber.org/protocol/pubsub#event";
inline constexpr QStringView pubsubOwner = u"http://jabber.org/protocol/pubsub#owner";
inline constexpr QStringView pubsubNodeConfig = u"http://jabber.org/protocol/pubsub#node_config";
inline constexpr QStringView pubsubPublishOptions = u"http://jabber.org/protocol/pubsub#publish-options";
inline constexpr QStringView nick = u"http://jabber.org/protocol/nick"; // XEP-0172
inline constexpr QStringView blocking = u"urn:xmpp:blocking"; // XEP-0191
inline constexpr QStringView delay = u"urn:xmpp:delay"; // XEP-0203
inline constexpr QStringView directInvitation = u"jabber:x:conference"; // XEP-0249
inline constexpr QStringView carbons = u"urn:xmpp:carbons:2"; // XEP-0280
inline constexpr QStringView forward = u"urn:xmpp:forward:0"; // XEP-0297
inline constexpr QStringView correction = u"urn:xmpp:message-correct:0"; // XEP-0308
inline constexpr QStringView archive = u"urn:xmpp:mam:2"; // XEP-0313
inline constexpr QStringView hints = u"urn:xmpp:hints"; // XEP-0334
inline constexpr QStringView stanzaIds = u"urn:xmpp:sid:0"; // XEP-0359
inline constexpr QStringView mixCore0 = u"urn:xmpp:mix:core:0"; // XEP-0369, as ejabberd 24.12 marks messages
inline constexpr QStringView mixCore1 = u"urn:xmpp:mix:core:1";
inline constexpr QStringView mixPam = u"urn:xmpp:mix:pam:2"; // XEP-0405
inline constexpr QStringView mixRoster = u"urn:xmpp:mix:roster:0";
inline constexpr QStringView mixMessages = u"urn:xmpp:mix:nodes:messages";
inline constexpr QStringView mixParticipants = u"urn:xmpp:mix:nodes:participants";
inline constexpr QStringView mixInfo = u"urn:xmpp:mix:nodes:info";
inline constexpr QStringView avatarData = u"urn:xmpp:avatar:data"; // XEP-0084
inline constexpr QStringView avatarMetadata = u"urn:xmpp:avatar:metadata";
inline constexpr QStringView mixAllowed = u"urn:xmpp:mix:nodes:allowed"; // XEP-0406
inline constexpr QStringView mixBanned = u"urn:xmpp:mix:nodes:banned";
inline constexpr QStringView mixConfig = u"urn:xmpp:mix:nodes:config";
inline constexpr QStringView mixPresence = u"urn:xmpp:mix:nodes:presence"; // XEP-0403
inline constexpr QStringView mixJidMap = u"urn:xmpp:mix:nodes:jidmap"; // XEP-0404
inline constexpr QStringView mixAnon = u"urn:xmpp:mix:anon:0";
inline constexpr QStringView mixAdmin = u"urn:xmpp:mix:admin:0";
inline constexpr QStringView mixMisc = u"urn:xmpp:mix:misc:0"; // XEP-0407
inline constexpr QStringView references = u"urn:xmpp:reference:0"; // XEP-0372
inline constexpr QStringView reporting = u"urn:xmpp:reporting:1"; // XEP-0377
inline constexpr QStringView bookmarks = u"urn:xmpp:bookmarks:1"; // XEP-0402
inline constexpr QStringView pinning = u"urn:xmpp:bookmarks-pinning:0"; // XEP-0469
inline constexpr QStringView notifySettings = u"urn:xmpp:notification-settings:1"; // XEP-0492
inline constexpr QStringView chats =
    u"https://github.com/mingle-im/mingle/chats:0"; // ours: see preferenceclient.h
inline constexpr QStringView occupantId = u"urn:xmpp:occupant-id:0"; // XEP-0421
inline constexpr QStringView fasten = u"urn:xmpp:fasten:0"; // XEP-0422
inline constexpr QStringView retract0 = u"urn:xmpp:message-retract:0"; // XEP-0424
inline constexpr QStringView retract1 = u"urn:xmpp:message-retract:1";
inline constexpr QStringView moderate0 = u"urn:xmpp:message-moderate:0"; // XEP-0425
inline constexpr QStringView moderate1 = u"urn:xmpp:message-moderate:1";
inline constexpr QStringView fallback = u"urn:xmpp:fallback:0"; // XEP-0428
inline constexpr QStringView channelSearch = u"urn:xmpp:channel-search:0:search"; // XEP-0433
inline constexpr QStringView channelSearchParams = u"urn:xmpp:channel-search:0:search-params";
inline constexpr QStringView reply = u"urn:xmpp:reply:0"; // XEP-0461
inline constexpr QStringView readMarks = u"urn:xmpp:mds:displayed:0"; // XEP-0490
inline constexpr QStringView mentions = u"urn:xmpp:mentions:0"; // XEP-0513

} // namespace Mingle::Ns
