// SPDX-License-Identifier: GPL-3.0-or-later
// What the guard decides without a server; tests/hostile has it with one.
#include "xmpp/loginfeatures.h"
#include "xmpp/qxmppsockets.h"
#include "xmpp/streamerrors.h"
#include "xmpp/streamguard.h"
#include "xmpp/streamsession.h"
#include "xmpp/wire.h"

#include <QTest>
#include <QXmppClient.h>

using namespace Mingle;
using Verdict = LoginFeatures::Verdict;
using Kind = Error::Kind;

namespace {
QDomElement xml(const QByteArray &text)
{
    QDomDocument document;
    if (!document.setContent("<s xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
                                 + text + "</s>",
                             QDomDocument::ParseOption::UseNamespaceProcessing))
        qFatal("not XML: %s", text.constData());
    return document.documentElement().firstChildElement();
}

QByteArray features(const QByteArray &sasl, const QByteArray &sasl2 = {}, const QByteArray &fast = {})
{
    const auto list = [](const QByteArray &names) {
        QByteArray result;
        for (const auto &name : names.split(' '))
            if (!name.isEmpty()) result += "<mechanism>" + name + "</mechanism>";
        return result;
    };
    QByteArray result = "<stream:features>";
    if (!sasl.isEmpty())
        result += "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + list(sasl) + "</mechanisms>";
    if (!sasl2.isEmpty())
        result += "<authentication xmlns='urn:xmpp:sasl:2'>" + list(sasl2)
                  + "<inline><fast xmlns='urn:xmpp:fast:0'>" + list(fast)
                  + "</fast></inline></authentication>";
    return result + "<auth xmlns='http://jabber.org/features/iq-auth'/></stream:features>";
}

// What is left, in order.
QString mechanisms(const QDomElement &element)
{
    QStringList names;
    for (auto child = element.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
        if (child.tagName() == u"mechanism")
            names << child.text();
        else if (const QString deeper = mechanisms(child); !deeper.isEmpty())
            names << deeper;
    }
    return names.join(u' ');
}

const QByteArray token =
    "<credentials xmlns='org.qxmpp.credentials'><ht-token mechanism='HT-SHA-256-NONE' secret='s' "
    "expiry='2030-01-01T00:00:00Z'/></credentials>";
const Jid ada = Jid::trusted(u"ada@chat.test");
} // namespace

class tst_StreamGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void internals();
    void missingInternals();
    void readerThatCannotBeSilenced();
    void mechanismsAreFiltered_data();
    void mechanismsAreFiltered();
    void onlyStartTlsBeforeTls();
    void nothingOfTheLoginAfterIt();
    void stanzaErrors_data();
    void stanzaErrors();
    void streamErrors();
    void certificateErrors();
    void resumption();
    void bindingIsChecked();
};

void tst_StreamGuard::internals()
{
    QXmppClient client(QXmppClient::NoExtensions);
    StreamAcks acks;
    const StreamGuard guard(&client, acks);
    const Error error = guard.error();
    QVERIFY2(!error, qPrintable(error.text));
}

void tst_StreamGuard::missingInternals()
{
    QXmppClient client(QXmppClient::NoExtensions);
    auto *socket = client.findChild<QSslSocket *>();
    QObject *parent = socket->parent();
    socket->setParent(nullptr);
    QXmppSockets without(&client);
    QCOMPARE(without.error().kind, Kind::Internal);
    QCOMPARE(without.error().condition, QStringLiteral("qxmpp-internals"));
    QVERIFY(!without.silenceReader());
    StreamAcks acks;
    QCOMPARE(StreamGuard(&client, acks).error().kind, Kind::Internal);
    socket->setParent(parent);
    QSslSocket second(&client);
    QVERIFY(QXmppSockets(&client).error());
}

void tst_StreamGuard::readerThatCannotBeSilenced()
{
    QXmppClient client(QXmppClient::NoExtensions);
    QXmppSockets first(&client), second(&client);
    QVERIFY(first.silenceReader() && !first.error());
    QVERIFY(!second.silenceReader()); // as if QXmpp read in another way
    QCOMPARE(second.error().condition, QStringLiteral("qxmpp-internals"));
    StreamAcks acks;
    QCOMPARE(StreamGuard(&client, acks).error().kind, Kind::Internal);
}

void tst_StreamGuard::mechanismsAreFiltered_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<bool>("hasPassword");
    QTest::addColumn<bool>("hasToken");
    QTest::addColumn<bool>("allowPlain");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("left");
    const auto row = [](const char *name, const QByteArray &offer, bool password, bool hasToken,
                        Verdict verdict, const char *left, bool allowPlain = false) {
        QTest::newRow(name) << offer << password << hasToken << allowPlain << int(verdict)
                            << QString::fromLatin1(left);
    };
    row("PLAIN allowed", features("PLAIN DIGEST-MD5", "PLAIN"), true, false, Verdict::Good, "PLAIN PLAIN",
        true);
    row("PLAIN allowed, but SCRAM in sasl", features("SCRAM-SHA-1", "PLAIN"), true, false, Verdict::Good,
        "SCRAM-SHA-1", true);
    row("PLAIN allowed, but SCRAM beside it", features({}, "PLAIN SCRAM-SHA-256"), true, false, Verdict::Good,
        "SCRAM-SHA-256", true);
    row("PLAIN allowed, but a token", features("PLAIN", "PLAIN", "HT-SHA-256-NONE"), true, true,
        Verdict::Good, "HT-SHA-256-NONE", true);
    row("PLAIN allowed, no password", features("PLAIN"), false, false, Verdict::NeedsPassword, "", true);
    row("all", features("PLAIN SCRAM-SHA-1 SCRAM-SHA-256 ANONYMOUS"), true, false, Verdict::Good,
        "SCRAM-SHA-256");
    row("only SHA-1", features("PLAIN SCRAM-SHA-1"), true, false, Verdict::Good, "SCRAM-SHA-1");
    row("only PLAIN", features("PLAIN DIGEST-MD5", "PLAIN"), true, false, Verdict::OnlyPlain, "");
    row("only bad", features("DIGEST-MD5", "X-OAUTH2"), true, false, Verdict::Weak, "");
    row("none", features({}), true, false, Verdict::Weak, "");
    row("bad in sasl2", features("SCRAM-SHA-512", "PLAIN"), true, false, Verdict::Good, "SCRAM-SHA-512");
    row("bad in sasl", features("PLAIN", "SCRAM-SHA-512"), true, false, Verdict::Good, "SCRAM-SHA-512");
    row("both", features("SCRAM-SHA-1", "SCRAM-SHA-256 SCRAM-SHA-512"), true, false, Verdict::Good,
        "SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512");
    row("token", features("SCRAM-SHA-256", "SCRAM-SHA-256", "HT-SHA-256-NONE HT-SHA-256-EXPR"), false, true,
        Verdict::Good, "HT-SHA-256-NONE");
    row("token and password", features({}, "PLAIN SCRAM-SHA-256", "HT-SHA-256-NONE"), true, true,
        Verdict::Good, "SCRAM-SHA-256 HT-SHA-256-NONE");
    row("token for another", features({}, "SCRAM-SHA-256", "HT-SHA-512-NONE"), false, true,
        Verdict::NeedsPassword, "");
    row("token, no FAST", features("SCRAM-SHA-256", "SCRAM-SHA-256"), false, true, Verdict::NeedsPassword,
        "");
    row("token, nothing good", features("PLAIN", "PLAIN"), false, true, Verdict::OnlyPlain, "");
    row("nothing at hand", features("SCRAM-SHA-256"), false, false, Verdict::NeedsPassword, "");
    row("bad mechanism as FAST", features({}, "PLAIN", "PLAIN ANONYMOUS"), true, true, Verdict::OnlyPlain,
        "");
}

void tst_StreamGuard::mechanismsAreFiltered()
{
    QFETCH(QByteArray, offer);
    QFETCH(bool, hasPassword);
    QFETCH(bool, hasToken);
    QFETCH(bool, allowPlain);
    QFETCH(int, verdict);
    QFETCH(QString, left);
    QDomElement element = xml(offer);
    const LoginFeatures::Means means{hasPassword, hasToken ? token : QByteArray(), allowPlain};
    QCOMPARE(int(LoginFeatures::keepOnlyGood(element, means)), verdict);
    QCOMPARE(mechanisms(element), left);
    QVERIFY(element.firstChildElement(QStringLiteral("auth")).isNull());
}

void tst_StreamGuard::onlyStartTlsBeforeTls()
{
    QDomElement offer =
        xml("<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN"
            "</mechanism></mechanisms><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
            "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>");
    QVERIFY(LoginFeatures::keepOnlyStartTls(offer));
    QCOMPARE(offer.firstChildElement().tagName(), QStringLiteral("starttls"));
    QVERIFY(offer.firstChildElement().nextSiblingElement().isNull());
    QDomElement none = xml("<stream:features><starttls xmlns='urn:other'/></stream:features>");
    QVERIFY(!LoginFeatures::keepOnlyStartTls(none));
}

void tst_StreamGuard::nothingOfTheLoginAfterIt()
{
    QDomElement offer =
        xml(features("SCRAM-SHA-256", "SCRAM-SHA-256")
                .replace("</stream:features>",
                         "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
                         "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>"));
    LoginFeatures::dropLogin(offer);
    QVERIFY(LoginFeatures::offersBinding(offer));
    QCOMPARE(offer.firstChildElement().tagName(), QStringLiteral("bind"));
    LoginFeatures::dropBinding(offer);
    QVERIFY(offer.firstChildElement().isNull());
}

void tst_StreamGuard::stanzaErrors_data()
{
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("condition");
    const auto row = [](const char *condition, Kind kind) {
        QTest::newRow(condition) << "<" + QByteArray(condition)
                                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                                 << int(kind) << QString::fromLatin1(condition);
    };
    row("item-not-found", Kind::NotFound);
    row("remote-server-not-found", Kind::NotFound);
    row("gone", Kind::NotFound);
    row("service-unavailable", Kind::Unsupported);
    row("feature-not-implemented", Kind::Unsupported);
    row("forbidden", Kind::Refused);
    row("registration-required", Kind::Refused);
    row("conflict", Kind::Refused);
    row("resource-constraint", Kind::ServiceFull);
    row("remote-server-timeout", Kind::Timeout);
    row("never-heard-of-it", Kind::Refused);
    QTest::newRow("none") << QByteArray() << int(Kind::Refused) << QStringLiteral("undefined-condition");
    QTest::newRow("another namespace") << QByteArray("<item-not-found xmlns='urn:x'/>") << int(Kind::Refused)
                                       << QStringLiteral("undefined-condition");
}

void tst_StreamGuard::stanzaErrors()
{
    QFETCH(QByteArray, inside);
    QFETCH(int, kind);
    QFETCH(QString, condition);
    const Error error = Wire::stanzaError(
        xml("<iq type='error'><error type='cancel'><x xmlns='urn:app'/>" + inside
            + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>words</text></error></iq>"));
    QCOMPARE(int(error.kind), kind);
    QCOMPARE(error.condition, condition);
    QCOMPARE(error.text, QStringLiteral("words"));
    // XEP-0086
    const Error old = Wire::stanzaError(xml("<iq type='error'><error code='404'/></iq>"));
    QCOMPARE(old.kind, Kind::NotFound);
    QCOMPARE(old.condition, QStringLiteral("item-not-found"));
    QCOMPARE(Wire::stanzaError(xml("<iq type='error'/>")).kind, Kind::Refused);
}

void tst_StreamGuard::streamErrors()
{
    const auto element = [](const QByteArray &inside) {
        return xml("<stream:error>" + inside + "</stream:error>");
    };
    const QByteArray ns = " xmlns='urn:ietf:params:xml:ns:xmpp-streams'";
    const auto moved = element("<see-other-host" + ns + ">[::1]:5223</see-other-host>");
    QCOMPARE(streamError(moved).kind, Kind::Redirected);
    QCOMPARE(streamError(moved).condition, QStringLiteral("[::1]:5223"));
    QCOMPARE(unprotectedStreamError(moved).kind, Kind::ProtocolViolation);
    QCOMPARE(streamError(element("<conflict" + ns + "/>")).kind, Kind::Conflict);
    // In clear anybody may have said it: the kind must be one after which we come again.
    QCOMPARE(unprotectedStreamError(element("<conflict" + ns + "/>")).kind, Kind::ConnectionLost);
    QCOMPARE(unprotectedStreamError(element("<not-authorized" + ns + "/>")).kind, Kind::ConnectionLost);
    QCOMPARE(unprotectedStreamError(element("<host-unknown" + ns + "/>")).kind, Kind::UnknownServer);
    const auto failure =
        xml("<failure xmlns='urn:xmpp:sasl:2'><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"
            "<text>no</text></failure>");
    QCOMPARE(loginError(failure),
             (Error{Kind::WrongPassword, QStringLiteral("not-authorized"), QStringLiteral("no")}));
}

void tst_StreamGuard::certificateErrors()
{
    const auto condition = [](const QList<QSslError> &errors) { return certificateError(errors).condition; };
    const QSslError expired(QSslError::CertificateExpired), name(QSslError::HostNameMismatch),
        self(QSslError::SelfSignedCertificate), chain(QSslError::SelfSignedCertificateInChain);
    QCOMPARE(condition({expired}), QStringLiteral("expired"));
    QCOMPARE(condition({expired, name}), QStringLiteral("wrong-name"));
    QCOMPARE(condition({name, chain}), QStringLiteral("untrusted"));
    QCOMPARE(condition({self, name, expired}), QStringLiteral("self-signed"));
    QCOMPARE(condition({}), QStringLiteral("untrusted"));
}

void tst_StreamGuard::resumption()
{
    StreamAcks acks;
    StreamSession session(acks);
    session.begin(ada, {});
    QVERIFY(session.resumed(xml("<resumed xmlns='urn:xmpp:sm:3' h='0'/>"))); // nobody asked
    QVERIFY(session.enabled(xml("<enabled xmlns='urn:xmpp:sm:3' id='x' resume='true'/>"))); // nobody is bound
    QVERIFY(!session.bindAnswer(xml("<iq type='result'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                                    "<jid>ada@chat.test/x</jid></bind></iq>")));
    QDomElement enabled =
        xml("<enabled xmlns='urn:xmpp:sm:3' id='x' resume='1' max='60' location='evil.test:5222'/>");
    QVERIFY(!session.enabled(enabled));
    QVERIFY(!enabled.hasAttribute(QStringLiteral("location")));
    QVERIFY(session.isResumable());
    QCOMPARE(session.resumeSeconds(), 60);
    acks.sent("<message/>");
    acks.sent("<message/>");

    session.begin(ada, QStringLiteral("ada@chat.test/x"));
    QVERIFY(session.isResumable());
    QVERIFY(session.resumed(xml("<resumed xmlns='urn:xmpp:sm:3' h='3'/>"))); // too many
    QVERIFY(session.resumed(xml("<resumed xmlns='urn:xmpp:sm:3'/>")));
    QDomElement resumed = xml("<resumed xmlns='urn:xmpp:sm:3' h='1'/>");
    QVERIFY(!session.resumed(resumed));
    QCOMPARE(resumed.attribute(QStringLiteral("h")), StreamSession::everything());
    QCOMPARE(session.boundAddress(), QStringLiteral("ada@chat.test/x"));
    QCOMPARE(acks.waiting(), 1);
    QVERIFY(session.resumed(xml("<resumed xmlns='urn:xmpp:sm:3' h='1'/>"))); // twice

    // Bound anew, without a word about the old stream: it is over all the same.
    session.begin(ada, QStringLiteral("ada@chat.test/x"));
    QVERIFY(!session.bindAnswer(xml("<iq type='result'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                                    "<jid>ada@chat.test/y</jid></bind></iq>")));
    QVERIFY(!session.isResumable());
    QVERIFY(!acks.isActive());
    QCOMPARE(acks.waiting(), 0);
}

void tst_StreamGuard::bindingIsChecked()
{
    StreamAcks acks;
    StreamSession session(acks);
    const auto bind = [&](const QByteArray &jid) {
        session.begin(ada, {});
        return session.bindAnswer(xml("<iq type='result'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>"
                                      + jid + "</jid></bind></iq>"));
    };
    QVERIFY(!bind("ada@chat.test/x"));
    QVERIFY(!bind("ADA@Chat.Test/x"));
    QCOMPARE(session.boundAddress(), QStringLiteral("ada@chat.test/x"));
    for (const char *wrong : {"eve@chat.test/x", "ada@evil.test/x", "ada@chat.test", "chat.test/x", "", "@/"})
        QCOMPARE(bind(wrong).kind, Kind::ServerNotGenuine);
    session.begin(ada, {});
    QCOMPARE(session
                 .bindAnswer(xml("<iq type='error'><error type='cancel'><conflict "
                                 "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"))
                 .kind,
             Kind::Conflict);
    QVERIFY(!session.isBound());
}

QTEST_GUILESS_MAIN(tst_StreamGuard)
#include "tst_streamguard.moc"
