// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"
#include "xmpp/groupdriver.h"
#include "xmpp/mixchannel.h"
#include "xmpp/wire.h"

#include <QDeadlineTimer>

#include <memory>
#include <vector>

namespace Mingle {

class MixControls;
class RosterClient;

/// MIX channels (XEP-0369) by way of my own account (XEP-0405). Membership lasts longer than a session: channels come
/// back with the roster, in which the account notes them. Who is in them is asked anew in every session.
/// Conditions of removed(): "destroyed" (NotFound), "kicked"; None: my account left the channel, on another device.
/// After follow(), a channel that the roster brings is answered with participantsReset() and groupChanged().
class MixDriver : public GroupDriver
{
    Q_OBJECT
public:
    MixDriver(Wire &wire, QObject *parent);
    ~MixDriver() override;

    /// The roster whose channels are mine. Once, by whoever puts driver and roster together.
    void follow(RosterClient &roster);

    ChatKind kind() const override { return ChatKind::Mix; }
    /// For a channel that is joined it only answers how it stands.
    QFuture<Result<JoinedGroup>> join(const JoinRequest &request) override;
    QFuture<Outcome> leave(const Jid &room) override;
    void look(const Jid &room) override;
    QFuture<Result<JoinedGroup>> create(const CreateRequest &request) override;
    bool isJoined(const Jid &room) const override;
    GroupControls &controls() override;

    // For the decoder of messages.
    /// Null unless joined.
    MixChannel *channel(const Jid &address) const;
    bool isChannelAddress(const Jid &address) const;
    /// Participants have been asked for and are not here yet: authors() will follow.
    bool isLoading(const Jid &channel) const;
    /// A message came from somebody who is not in the list: asks for the list again, but not often.
    void missParticipant(const Jid &channel);

Q_SIGNALS:
    /// Participants are complete now, as far as the channel gives them.
    void authorsKnown(const Mingle::Jid &channel);

private:
    struct Entry;

    Entry &entry(const Jid &channel);
    Entry *find(const Jid &channel) const;
    void onRoster(const QList<Contact> &contacts);
    void onContact(const Contact &contact);
    void onContactRemoved(const Jid &address);
    void onMessage(const QDomElement &message, const Jid &from);
    void onParticipants(Entry &entry, const QDomElement &items);
    void requestJoin(Entry &entry, QStringView core);
    void onJoinAnswer(const Jid &channel, quint64 attempt, const Result<QDomElement> &answer);
    void checkUnanswered(const Jid &channel, quint64 attempt);
    void load(Entry &entry);
    void requestParticipants(Entry &entry);
    void onLoaded(const Jid &channel, quint64 attempt, const Result<QDomElement> &answer);
    QFuture<Outcome> checkLeft(const Jid &channel, quint64 attempt);
    static Outcome left(Entry &entry, const Error &error);
    void loadOne(Entry &entry);
    void loadNode(Entry &entry, QStringView node);
    void subscribe(Entry &entry);
    void refreshNodes(Entry &entry);
    void onPresence(const QDomElement &presence, const Jid &from);
    void trustPresence(const Jid &channel, quint64 attempt);
    void onNodes(Entry &entry, const Result<QDomElement> &answer);
    void onEvent(Entry &entry, QStringView node, const QDomElement &items);
    void takeNode(Entry &entry, QStringView node, const QDomElement &items);
    Entry *current(const Jid &channel, quint64 attempt) const;
    void setNick(const Jid &channel, const QString &nick);
    void finish(Entry &entry);
    void fail(Entry &entry, const Error &error);
    void lose(Entry &entry, const Error &reason);
    void requestCreate(const CreateRequest &request, QStringView core,
                       const std::shared_ptr<QPromise<Result<JoinedGroup>>> &promise);
    void onCreated(const Jid &channel, const CreateRequest &request,
                   const std::shared_ptr<QPromise<Result<JoinedGroup>>> &promise);
    void forgetAll();
    static JoinedGroup describe(const Entry &entry);

    Wire &m_wire;
    QHash<Jid, std::shared_ptr<Entry>> m_entries;
    std::unique_ptr<MixControls> m_controls;
    quint64 m_attempts = 0;
};

} // namespace Mingle
