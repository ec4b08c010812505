// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/errortext.h"

#include <QCoreApplication>
#include <QStringList>

#include <iterator>

namespace Mingle {

namespace {

using Kind = Error::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::ErrorText)
};

struct Texts {
    QString happened;
    QString meaning;
    QString advice;
};

Texts certificateTexts(const QString &condition)
{
    const QString meaning =
        Words::tr("Mingle cannot be sure that it talks to the right server, so it sent no password.");
    if (condition == QLatin1String("expired")) {
        return {Words::tr("The server's certificate has expired"), meaning,
                Words::tr(
                    "Check the date of this computer. If it is right, tell the people who run the server.")};
    }
    if (condition == QLatin1String("wrong-name")) {
        return {Words::tr("The certificate belongs to another server"), meaning,
                Words::tr("Check the address. If it is right, tell the people who run the server.")};
    }
    if (condition == QLatin1String("self-signed")) {
        return {Words::tr("The server vouches for itself only"), meaning,
                Words::tr("If it is your own server, choose its certificate file under “Server settings”.")};
    }
    return {Words::tr("The server's certificate is not trusted here"), meaning,
            Words::tr("If it is your own server, choose its certificate file under “Server settings”. "
                      "Otherwise tell the people who run it.")};
}

Texts reachingTexts(const Error &error)
{
    switch (error.kind) {
    case Kind::NoNetwork:
        return {Words::tr("No network"), Words::tr("This computer has no connection to the internet."),
                Words::tr("Check the connection and try again.")};
    case Kind::UnknownServer:
        return {Words::tr("The server was not found"), Words::tr("There is no chat server under this name."),
                Words::tr("Check the part of the address behind the @. Some servers need a host and a port: "
                          "see “Server settings”.")};
    case Kind::Timeout:
        if (error.condition == QLatin1String("connection-refused")) {
            return {
                Words::tr("The server does not answer"),
                Words::tr("There is such a server, but it takes no connections now."),
                Words::tr(
                    "Try again in a moment. Some servers need a host and a port: see “Server settings”.")};
        }
        return {Words::tr("No answer"), Words::tr("The server took too long to answer."),
                Words::tr("Try again in a moment.")};
    case Kind::ConnectionLost:
        return {Words::tr("The connection was lost"), QString(), Words::tr("Try again in a moment.")};
    case Kind::CertificateInvalid:
        return certificateTexts(error.condition);
    case Kind::TlsUnavailable:
        return {Words::tr("The server offers no encryption"),
                Words::tr("Without it others could read your password, so Mingle sent nothing."),
                Words::tr("Try “Direct TLS” under “Server settings”, or ask the people who run the server.")};
    case Kind::Redirected:
        return {Words::tr("The server sends you elsewhere"),
                Words::tr("It names another server, which Mingle does not follow by itself."),
                Words::tr("Ask the people who run the server for the right host and port.")};
    default:
        return {};
    }
}

Texts loginTexts(const Error &error)
{
    switch (error.kind) {
    case Kind::WrongPassword:
        return {Words::tr("The password or the address is wrong"), QString(),
                Words::tr("Check both and try again.")};
    case Kind::AccountDisabled:
        return {Words::tr("This account is switched off"), Words::tr("The server does not let it in."),
                Words::tr("Ask the people who run the server.")};
    case Kind::WeakLogin:
        if (error.condition == u"only-plain")
            return {Words::tr("The server wants the password itself"),
                    Words::tr("It knows no way to check it without being given it, so Mingle sent nothing. "
                              "Whoever gets into that server could read it."),
                    Words::tr("Ask the people who run the server to offer SCRAM. If you trust them, you can "
                              "allow it when you sign in.")};
        return {Words::tr("The server offers no safe way to sign in"),
                Words::tr("Its ways of checking the password are too weak, so Mingle sent nothing."),
                Words::tr("Ask the people who run the server to offer SCRAM.")};
    case Kind::ServerNotGenuine:
        return {Words::tr("The server could not prove who it is"),
                Words::tr("It does not seem to know your account. Somebody may be standing in between."),
                Words::tr("Do not change your password over this network. Try again from another one.")};
    case Kind::ProtocolViolation:
        return {Words::tr("The server sent something that makes no sense"),
                Words::tr("Mingle ended the connection to be safe."), Words::tr("Try again in a moment.")};
    case Kind::Conflict:
        return {Words::tr("Signed in elsewhere"),
                Words::tr("The same account has taken over this connection in another place."),
                Words::tr("Close the other program, or connect again here.")};
    case Kind::ServerShutdown:
        return {Words::tr("The server is shutting down"), Words::tr("It will probably be back soon."),
                QString()};
    default:
        return {};
    }
}

Texts refusedJoin(const QString &condition)
{
    if (condition == QLatin1String("registration-required")) {
        return {Words::tr("This room is for members only"), Words::tr("Its owners decide who may join."),
                Words::tr("Ask somebody in the room to make you a member, then try again.")};
    }
    if (condition == QLatin1String("forbidden")) {
        return {Words::tr("You may not enter this room"),
                Words::tr(
                    "Somebody who looks after it has shut you out, or one of the servers does not allow it."),
                Words::tr("If you think that is a mistake, write to one of its owners.")};
    }
    if (condition == QLatin1String("kicked")) {
        return {Words::tr("You were put out of this room"),
                Words::tr("Somebody who looks after it did that."), Words::tr("You may enter again.")};
    }
    if (condition == QLatin1String("not-authorized")) {
        return {Words::tr("This room needs a password"), QString(),
                Words::tr("Ask the people in it, then enter the password and try again.")};
    }
    if (condition == QLatin1String("conflict")) {
        return {Words::tr("This name is taken"), Words::tr("Somebody else in the room is called that."),
                Words::tr("Choose another name and try again.")};
    }
    if (condition == QLatin1String("not-acceptable")) {
        return {Words::tr("The room does not accept this name"), QString(),
                Words::tr("Choose another name and try again.")};
    }
    if (condition == QLatin1String("not-allowed")) {
        return {Words::tr("There is no such room, and you may not make one"),
                Words::tr("The server lets only some people make rooms."), Words::tr("Check the address.")};
    }
    return {Words::tr("The room did not let you in"), QString(), Words::tr("Try again later.")};
}

/// Changing a room or its people.
Texts refusedChange(const QString &condition, Attempt attempt)
{
    if (attempt == Attempt::Nick)
        return refusedJoin(condition == u"conflict" ? condition : QStringLiteral("not-acceptable"));
    if (condition == QLatin1String("last-owner")) {
        return {Words::tr("A room needs an owner"), Words::tr("There is nobody else who could take it over."),
                Words::tr("Make somebody else an owner first.")};
    }
    if (condition == QLatin1String("conflict")) {
        return {Words::tr("The room does not allow that"),
                Words::tr("It would take its last owner away, or change somebody who stands above you."),
                QString()};
    }
    if (attempt == Attempt::Invite) {
        return {Words::tr("You may not ask people in"), Words::tr("In this room its owners do that."),
                Words::tr("Ask one of them.")};
    }
    return {Words::tr("You may not do that here"),
            Words::tr("It takes a right that the room has not given to you, or has taken back."), QString()};
}

Texts refusedTexts(const Error &error, Attempt attempt)
{
    if (error.condition == QLatin1String("jid-malformed")) {
        return {Words::tr("This is not an address"), QString(), Words::tr("Check how it is written.")};
    }
    switch (attempt) {
    case Attempt::Join:
        return refusedJoin(error.condition);
    case Attempt::Create:
        if (error.condition == QLatin1String("conflict")) {
            return {Words::tr("A room with this name is there already"), QString(),
                    Words::tr("Choose another name, or join that room.")};
        }
        return {Words::tr("You may not make rooms here"),
                Words::tr("The server lets only some people do that."),
                Words::tr("Ask the people who run the server.")};
    case Attempt::Send:
        if (error.condition == QLatin1String("another-person")) {
            return {Words::tr("Somebody else has this name in the room by now"), QString(),
                    Words::tr("Send it again only if it is meant for them.")};
        }
        return {Words::tr("The message was refused"),
                Words::tr("You may not write here now: you are not in the room, or were muted."), QString()};
    case Attempt::Leave:
        return {Words::tr("The room did not let you leave"), QString(), Words::tr("Try again later.")};
    case Attempt::Invite:
    case Attempt::Nick:
    case Attempt::Alter:
        return refusedChange(error.condition, attempt);
    case Attempt::Talk:
    case Attempt::Block:
    case Attempt::Connect:
    case Attempt::Read:
    case Attempt::Receive:
        break;
    }
    return {Words::tr("The server refused"), QString(), Words::tr("Try again later.")};
}

Texts answerTexts(const Error &error, Attempt attempt)
{
    const bool room = attempt == Attempt::Join || attempt == Attempt::Leave;
    switch (error.kind) {
    case Kind::Refused:
        return refusedTexts(error, attempt);
    case Kind::NotFound:
        if (error.condition == QLatin1String("gone")) {
            // RFC 6120 8.3.3.5; what else the room said is among the technical details.
            const QString address = error.text.section(u' ', 0, 0).section(u'?', 0, 0);
            if (address.startsWith(QLatin1String("xmpp:"))) {
                return {Words::tr("This room is closed for good"), QString(),
                        Words::tr("It has moved to %1.").arg(address.mid(5).left(200))};
            }
            return {Words::tr("This room is closed for good"), QString(),
                    Words::tr("It may have moved; ask its people.")};
        }
        if (error.condition.startsWith(QLatin1String("remote-server"))) {
            return {Words::tr("The other server was not found"),
                    Words::tr("There is no chat server under the name behind the @, or it is switched off."),
                    Words::tr("Check the address.")};
        }
        if (error.condition == QLatin1String("not-joined"))
            return {Words::tr("You are not in this room now"), QString(),
                    Words::tr("Enter it, then try again.")};
        if (room)
            return {Words::tr("There is no room at this address"), QString(),
                    Words::tr("Check the address.")};
        return {Words::tr("Nobody is at this address"), QString(), Words::tr("Check the address.")};
    case Kind::Unsupported:
        if (attempt == Attempt::Block) {
            return {Words::tr("Your server cannot block anybody"), QString(),
                    Words::tr("Ask the people who run it to offer blocking (XEP-0191).")};
        }
        if (error.condition == QLatin1String("not-all")) {
            return {Words::tr("Not everybody could come along"),
                    Words::tr("Your server, or that of somebody in the room, does not look after channels."),
                    Words::tr("The room stays as it is.")};
        }
        if (attempt == Attempt::Create) {
            return {Words::tr("The server has no rooms of this kind"), QString(),
                    Words::tr("Choose the other kind under “Details”.")};
        }
        if (room) {
            return {Words::tr("There is no room at this address"), Words::tr("Something else answers there."),
                    Words::tr("Check the address.")};
        }
        if (error.condition == QLatin1String("no-address")) {
            return {Words::tr("The room hides this person's address"),
                    Words::tr("Without it nobody can be put out of a room of this kind."), QString()};
        }
        return {Words::tr("The server cannot do that"), QString(), QString()};
    case Kind::ServiceFull:
        return {room ? Words::tr("The room is full") : Words::tr("The server is full"), QString(),
                Words::tr("Try again later.")};
    default:
        return {};
    }
}

/// By the engine's number (sqlite.org/rescode.html): what to do is not the same.
Texts storageTexts(const Error &error, Attempt attempt)
{
    constexpr int noPermission = 3, readOnly = 8, corrupt = 11, full = 13, cannotOpen = 14, notADatabase = 26;
    const bool receiving = attempt == Attempt::Receive;
    const QString happened = receiving ? Words::tr("New messages cannot be stored on this computer")
                                       : Words::tr("Cannot be stored on this computer");
    const auto advice = [receiving](const QString &first) -> QString {
        const QString rest = receiving
                                 ? Words::tr("Mingle goes on trying, and then shows all that came meanwhile.")
                                 : Words::tr("What was stored before is not lost.");
        return first + u' ' + rest;
    };
    switch (error.condition.toInt() & 0xff) {
    case full:
        return {happened, Words::tr("The disk is full."), advice(Words::tr("Make room, then try again."))};
    case noPermission:
    case readOnly:
    case cannotOpen:
        return {happened, Words::tr("Mingle may not write to its folder."),
                advice(Words::tr("Change that, then try again."))};
    case corrupt:
    case notADatabase:
        return {happened, Words::tr("The file that holds them is damaged."),
                Words::tr("Close Mingle and start it again: it repairs the file and fetches what is missing "
                          "from the server.")};
    default:
        return {happened, Words::tr("The disk may be full, or Mingle may not write to its folder."),
                advice(Words::tr("Make room, then try again."))};
    }
}

Texts localTexts(const Error &error, Attempt attempt)
{
    switch (error.kind) {
    case Kind::Cancelled:
        if (error.condition == QLatin1String("left"))
            return {Words::tr("You left the room before this was sent"), QString(),
                    Words::tr("Join the room again to send it.")};
        return {Words::tr("Cancelled"), QString(), QString()};
    case Kind::InvalidAddress:
        return {Words::tr("This is not an address"), QString(),
                Words::tr("An address looks like name@example.org.")};
    case Kind::InvalidInput:
        return {Words::tr("This cannot be used"), QString(), Words::tr("Check what you typed.")};
    case Kind::TooLarge:
        return {Words::tr("Too long"), Words::tr("The server does not take messages of this size."),
                Words::tr("Send it in parts.")};
    case Kind::Storage:
        return storageTexts(error, attempt);
    case Kind::NoKeychain:
        return {Words::tr("No keychain"),
                Words::tr(
                    "There is no safe place for the password on this computer, so Mingle does not keep it."),
                Words::tr(
                    "It will ask at each start. A keychain such as GNOME Keyring or KWallet changes that.")};
    case Kind::Internal:
        if (error.condition == QLatin1String("qxmpp-internals"))
            return {
                Words::tr("Mingle does not know this computer's QXmpp library"),
                Words::tr("It would talk to the server past what keeps you safe, so Mingle stays offline. "
                          "What you have read is still here."),
                Words::tr("Install QXmpp 1.10, or a Mingle that brings its own.")};
        [[fallthrough]];
    default:
        return {Words::tr("Something went wrong in Mingle"), QString(),
                Words::tr(
                    "Try again. If it stays, tell the people who make Mingle, with the technical details.")};
    }
}

/// Names of Error::Kind in its order, for those who help: never translated.
constexpr const char *kindNames[] = {"None",
                                     "Cancelled",
                                     "NoNetwork",
                                     "UnknownServer",
                                     "Timeout",
                                     "ConnectionLost",
                                     "CertificateInvalid",
                                     "TlsUnavailable",
                                     "WrongPassword",
                                     "AccountDisabled",
                                     "WeakLogin",
                                     "ServerNotGenuine",
                                     "ProtocolViolation",
                                     "Conflict",
                                     "ServerShutdown",
                                     "Redirected",
                                     "Refused",
                                     "NotFound",
                                     "Unsupported",
                                     "ServiceFull",
                                     "InvalidAddress",
                                     "InvalidInput",
                                     "TooLarge",
                                     "Storage",
                                     "NoKeychain",
                                     "Internal"};
static_assert(std::size(kindNames) == size_t(Error::Kind::Internal) + 1);

QString technicalText(const Error &error)
{
    QStringList parts;
    parts.append(QLatin1StringView(kindNames[int(error.kind)]));
    if (!error.condition.isEmpty()) parts.append(error.condition.left(200));
    if (!error.text.isEmpty()) parts.append(error.text.left(1000));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

QString ErrorText::plain() const
{
    QString result = happened;
    for (const QString &part : {meaning, advice}) {
        if (part.isEmpty()) continue;
        // A headline has no full stop of its own.
        result += (result == happened ? QStringLiteral(". ") : QStringLiteral(" ")) + part;
    }
    return result;
}

ErrorText errorText(const Error &error, Attempt attempt)
{
    if (!error) return {};
    Texts texts = reachingTexts(error);
    if (texts.happened.isEmpty()) texts = loginTexts(error);
    if (texts.happened.isEmpty()) texts = answerTexts(error, attempt);
    if (texts.happened.isEmpty()) texts = localTexts(error, attempt);
    return {texts.happened, texts.meaning, texts.advice, technicalText(error)};
}

bool worthRetrying(const Error &error)
{
    switch (error.kind) {
    case Kind::NoNetwork:
    case Kind::UnknownServer:
    case Kind::Timeout:
    case Kind::ConnectionLost:
    case Kind::ProtocolViolation:
    case Kind::Conflict:
    case Kind::ServerShutdown:
    case Kind::ServiceFull:
    case Kind::Refused:
    case Kind::NotFound:
    case Kind::Storage:
        return true;
    case Kind::Internal:
        return error.condition != QLatin1String("qxmpp-internals");
    default:
        return false;
    }
}

} // namespace Mingle
