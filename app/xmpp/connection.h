// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/connectreport.h"
#include "core/result.h"
#include "xmpp/archive.h"
#include "xmpp/avatars.h"
#include "xmpp/blocklist.h"
#include "xmpp/chatpreferences.h"
#include "xmpp/contactlist.h"
#include "xmpp/events.h"
#include "xmpp/groupdriver.h"
#include "xmpp/roomdirectory.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Mingle {

/// What is needed to log in. The secrets live only here and in the keychain.
struct Credentials {
    QByteArray password;
    QByteArray token; ///< FAST (XEP-0484) and what else the last login left, opaque; may be empty
    QByteArray features; ///< what the server offered last, see featuresChanged(); no secret; may be empty
    QByteArray roster = {}; ///< see rosterKept(); may be empty
};

/// One account's stream and everything that speaks on it. Lives, with its drivers, on the session thread and is
/// used from there only. Never gives out a stanza. It does not reconnect by itself: the session decides when.
/// After closed() all drivers have forgotten what belonged to the stream, unless the next open() resumes it.
class Connection : public QObject
{
    Q_OBJECT
public:
    enum class State { Offline, Connecting, LoggingIn, Live };
    Q_ENUM(State)

    using QObject::QObject;

    /// Finds the server (SRV, XEP-0368), connects with verified TLS, logs in, and resumes the former stream if it
    /// can (XEP-0198). Ends in live() or in closed(). No credential leaves before TLS is verified.
    virtual void open(const Account &account, const Credentials &credentials) = 0;
    /// Ends the stream in order; closed() follows with Error::None.
    virtual void close() = 0;
    /// The network is suspected dead: drops the socket without a word so that resuming stays possible.
    virtual void abort() = 0;
    /// The network has changed: if this is live, asks for a sign of life, and closed() with ConnectionLost follows soon
    /// unless one comes. The stream can be resumed then.
    virtual void doubt() = 0;
    virtual State state() const = 0;
    /// My full address; empty until live.
    virtual Jid boundAddress() const = 0;
    /// XEP-0352: whether a person is looking.
    virtual void setActive(bool active) = 0;

    /// Hands the message to the stream. The answer comes when the server has acknowledged it (XEP-0198), or with
    /// ConnectionLost if the stream ended, was not resumed, and it is not known whether it arrived.
    virtual QFuture<Outcome> sendMessage(const OutgoingMessage &message) = 0;

    /// Finds out what stands behind a room's address. NotFound, Refused; Unsupported if it is no room.
    virtual QFuture<Result<RoomCard>> discoverRoom(const Jid &address) = 0;
    /// The same room by the other protocol, if the services of both say so of each other (XEP-0408 2); empty: none.
    virtual QFuture<Result<Jid>> twinOf(const Jid &room) = 0;
    /// Services on my own server that can carry rooms of this kind; NotFound if there is none.
    virtual QFuture<Result<Jid>> roomService(ChatKind kind) = 0;

    /// A MIX channel would do for a room with these people: my server and theirs look after channels for them (XEP-0405),
    /// and, if it is to be private, the service of mine can keep others out (XEP-0406).
    virtual QFuture<Result<bool>> mixSuits(const QList<Jid> &people, bool isPrivate) = 0;

    virtual QFuture<Result<QList<Bookmark>>> bookmarks() = 0;
    virtual QFuture<Outcome> putBookmark(const Bookmark &bookmark) = 0;
    virtual QFuture<Outcome> removeBookmark(const Jid &room) = 0;

    /// All that my devices have said of how far they have read; none where nobody ever has.
    virtual QFuture<Result<QList<ReadMark>>> readMarks() = 0;
    /// Tells my other devices. Unsupported where the server cannot keep it private.
    virtual QFuture<Outcome> putReadMark(const ReadMark &mark) = 0;

    virtual GroupDriver *driver(ChatKind kind) = 0;
    virtual Archive *archive() = 0;
    virtual ChatPreferences *preferences() = 0;
    virtual RoomDirectory *directory() = 0;
    virtual ContactList *contactList() = 0;
    virtual BlockList *blockList() = 0;
    virtual Avatars *avatars() = 0;

Q_SIGNALS:
    void stateChanged(Mingle::Connection::State state);
    /// resumed: nothing was missed and rooms are still joined.
    void live(bool resumed);
    /// The stream has ended or was never reached. None: as asked by close().
    void closed(const Mingle::Error &reason);
    /// What an open() came to: once when live, before live(), and once when it has ended, before closed().
    void reported(const Mingle::ConnectReport &report);
    /// To be kept in the keychain for the next open().
    void tokenChanged(const QByteArray &token);

    /// What the server offers for logging in. Given to the next open() it saves a round trip.
    void featuresChanged(const QByteArray &features);

    void messageReceived(const Mingle::IncomingMessage &message);
    /// The whole roster, once after each login that was not resumed.
    void rosterReceived(const QList<Mingle::Contact> &contacts);
    /// To be given to the next open(): then the server sends only what has changed (RFC 6121 2.6).
    void rosterKept(const QByteArray &roster);
    void contactChanged(const Mingle::Contact &contact);
    void contactRemoved(const Mingle::Jid &address);
    /// The best presence over all of a contact's devices.
    void presenceChanged(const Mingle::Jid &contact, Mingle::Presence presence);
    /// From another device of mine (XEP-0402 event of my own account only).
    void bookmarkChanged(const Mingle::Bookmark &bookmark);
    void bookmarkRemoved(const Mingle::Jid &room);
    /// From any device of mine, this one too (XEP-0490 event of my own account only).
    void readMarkChanged(const Mingle::ReadMark &mark);
};

/// Makes connections; the session gets this so that tests can hand it another.
using ConnectionFactory = std::function<std::unique_ptr<Connection>()>;

} // namespace Mingle
