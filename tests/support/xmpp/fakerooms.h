// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/xmpp/fakewire.h"
#include "xmpp/archiveclient.h"
#include "xmpp/messagerouter.h"
#include "xmpp/mixdriver.h"
#include "xmpp/mucdriver.h"
#include "xmpp/rosterclient.h"

namespace Mingle {

/// Everything that decodes messages, on a FakeWire that answers as a server with one MUC room and one MIX channel.
struct FakeRooms {
    explicit FakeRooms(const QString &address = QStringLiteral("me@example.org/here"))
        : wire(address)
        , me(Jid::trusted(address))
        , roster(wire, nullptr)
        , muc(wire, nullptr)
        , mix(wire, nullptr)
        , router(wire, muc, mix, nullptr)
        , archive(wire, muc, mix, nullptr)
    {
        mix.follow(roster);
        QObject::connect(&router, &MessageRouter::messageReceived, &router,
                         [this](const IncomingMessage &message) { received.append(message); });
        wire.onRequest = [this](const QDomElement &iq) { return reply(iq); };
    }

    void goLive() { wire.goLive(); }

    /// I am in the MUC room, with Ada.
    void enterMuc()
    {
        answer = muc.join({mucRoom, QStringLiteral("Me"), {}, 20});
        wire.receive(occupant(QStringLiteral("Ada"), QStringLiteral("ada-id"), QStringLiteral("moderator")));
        wire.receive(
            occupant(QStringLiteral("Me"), QStringLiteral("my-id"), QStringLiteral("participant"), 110));
        wire.receive(
            QStringLiteral("<message type='groupchat' from='%1/Ada'><subject>topic</subject></message>")
                .arg(mucRoom.toString()));
        received.clear();
    }

    /// I am in the MIX channel, with Ada, because the roster says so.
    void enterMix()
    {
        rosterItems = QStringLiteral("<item jid='%1' subscription='both'>"
                                     "<channel xmlns='urn:xmpp:mix:roster:0' participant-id='p-me'/></item>")
                          .arg(mixRoom.toString());
        wire.goLive();
    }

    QString occupant(const QString &nick, const QString &id, const QString &role, int code = 0,
                     const QString &rest = {}) const
    {
        return QStringLiteral(
                   "<presence from='%1/%2'><occupant-id xmlns='urn:xmpp:occupant-id:0' id='%3'/>"
                   "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='%4'/>"
                   "%5%6</x></presence>")
            .arg(mucRoom.toString(), nick, id, role,
                 code ? QStringLiteral("<status code='%1'/>").arg(code) : QString(), rest);
    }

    QString reply(const QDomElement &iq)
    {
        const QString text = FakeWire::toText(iq);
        const QString to = iq.attribute(QStringLiteral("to"));
        if (text.contains(u"disco#info")) return disco(to);
        if (text.contains(u"disco#items") && to.contains(u"@mix.")) return nodes();
        if (text.contains(u"jabber:iq:roster"))
            return QStringLiteral("<query xmlns='jabber:iq:roster'>%1</query>").arg(rosterItems);
        if (text.contains(u"nodes:participants") && text.contains(u"<items"))
            return participants.isNull()
                       ? QString()
                       : QStringLiteral("<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                                        "<items node='urn:xmpp:mix:nodes:participants'>%1</items></pubsub>")
                             .arg(participants);
        if (text.contains(u"nodes:info") && !text.contains(u"client-join"))
            return QStringLiteral("<error type='cancel'><service-unavailable "
                                  "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
        return {};
    }

    QString disco(const QString &to) const
    {
        QStringList features = discoFeatures;
        QString identity;
        if (to.contains(u"@muc.") || to.contains(u"@conference.")) {
            identity = QStringLiteral("<identity category='conference' type='text' name='The Room'/>");
            features << QStringLiteral("http://jabber.org/protocol/muc");
        } else if (to.contains(u"@mix.")) {
            identity = QStringLiteral("<identity category='conference' type='mix'/>");
            features = {QStringLiteral("urn:xmpp:mix:core:1"), QStringLiteral("urn:xmpp:mam:2")};
        }
        QString all;
        for (const QString &feature : std::as_const(features))
            all += QStringLiteral("<feature var='%1'/>").arg(feature);
        return QStringLiteral("<query xmlns='http://jabber.org/protocol/disco#info'>%1%2</query>")
            .arg(identity, all);
    }

    QString nodes() const
    {
        QString all;
        for (const QString &node : mixNodes)
            all += QStringLiteral("<item jid='channel@mix.example.org' node='urn:xmpp:mix:nodes:%1'/>")
                       .arg(node);
        return QStringLiteral("<query xmlns='http://jabber.org/protocol/disco#items' node='mix'>%1</query>")
            .arg(all);
    }

    static QString participant(const QString &id, const QString &nick, const QString &jid)
    {
        return QStringLiteral(
                   "<item id='%1'><participant xmlns='urn:xmpp:mix:core:1'><nick>%2</nick><jid>%3</jid>"
                   "</participant></item>")
            .arg(id, nick, jid);
    }

    FakeWire wire;
    Jid me;
    RosterClient roster;
    MucDriver muc;
    MixDriver mix;
    MessageRouter router;
    ArchiveClient archive;
    const Jid mucRoom = Jid::trusted(u"room@muc.example.org");
    const Jid mixRoom = Jid::trusted(u"channel@mix.example.org");
    QStringList discoFeatures{QStringLiteral("urn:xmpp:mam:2"), QStringLiteral("urn:xmpp:sid:0"),
                              QStringLiteral("urn:xmpp:occupant-id:0")};
    QStringList mixNodes{QStringLiteral("messages"), QStringLiteral("participants")};
    QString rosterItems;
    QString participants =
        participant(QStringLiteral("p-me"), QStringLiteral("Me"), QStringLiteral("me@example.org"))
        + participant(QStringLiteral("p-ada"), QStringLiteral("Ada"), QStringLiteral("ada@example.org"));
    QFuture<Result<JoinedGroup>> answer;
    QList<IncomingMessage> received;
};

} // namespace Mingle
