// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

/// Namespaces of the stream itself; those of extensions stand where they are used.
namespace Mingle::ns {

inline constexpr QStringView client = u"jabber:client";
inline constexpr QStringView stream = u"http://etherx.jabber.org/streams";
inline constexpr QStringView streamError = u"urn:ietf:params:xml:ns:xmpp-streams";
inline constexpr QStringView stanzaError = u"urn:ietf:params:xml:ns:xmpp-stanzas";
inline constexpr QStringView tls = u"urn:ietf:params:xml:ns:xmpp-tls";
inline constexpr QStringView sasl = u"urn:ietf:params:xml:ns:xmpp-sasl";
inline constexpr QStringView sasl2 = u"urn:xmpp:sasl:2";
inline constexpr QStringView bind = u"urn:ietf:params:xml:ns:xmpp-bind";
inline constexpr QStringView bind2 = u"urn:xmpp:bind:0";
inline constexpr QStringView fast = u"urn:xmpp:fast:0";
inline constexpr QStringView rosterVersions = u"urn:xmpp:features:rosterver";
inline constexpr QStringView streamManagement = u"urn:xmpp:sm:3";
inline constexpr QStringView ping = u"urn:xmpp:ping";
inline constexpr QStringView discoInfo = u"http://jabber.org/protocol/disco#info";
inline constexpr QStringView discoItems = u"http://jabber.org/protocol/disco#items";

} // namespace Mingle::ns
