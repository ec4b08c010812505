// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/loginproof.h"
#include "xmpp/scram.h"

#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Mingle;

namespace {
struct Exchange {
    QCryptographicHash::Algorithm hash;
    const char *clientFirst;
    const char *serverFirst;
    const char *clientFinal;
    const char *serverFinal;
};

// RFC 5802 5 and RFC 7677 3; the password is "pencil".
const Exchange sha1{QCryptographicHash::Sha1, "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
                    "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
                    "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                    "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="};
const Exchange sha256{
    QCryptographicHash::Sha256, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+"
    "Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="};

QDomElement element(const QString &name, const QString &ns, const QByteArray &text)
{
    QDomDocument document;
    QDomElement e = document.createElementNS(ns, name);
    e.appendChild(document.createTextNode(QString::fromLatin1(text)));
    document.appendChild(e);
    return e;
}

const QString oldSasl = QStringLiteral("urn:ietf:params:xml:ns:xmpp-sasl");
const QString newSasl = QStringLiteral("urn:xmpp:sasl:2");

QDomElement sasl2Success(const QByteArray &data)
{
    QDomDocument document;
    QDomElement e = document.createElementNS(newSasl, QStringLiteral("success"));
    document.appendChild(e);
    if (!data.isNull()) {
        auto additional = document.createElementNS(newSasl, QStringLiteral("additional-data"));
        additional.appendChild(document.createTextNode(QString::fromLatin1(data.toBase64())));
        e.appendChild(additional);
    }
    auto who = document.createElementNS(newSasl, QStringLiteral("authorization-identifier"));
    who.appendChild(document.createTextNode(QStringLiteral("user@chat.test")));
    e.appendChild(who);
    return e;
}

QString sent(const QByteArray &begin, const QByteArray &message, const QByteArray &end)
{
    return QString::fromLatin1(begin + message.toBase64() + end);
}

// A proof that has seen everything but the server's last word.
LoginProof witnessed(const Exchange &exchange, const QByteArray &mechanism, bool isSasl2,
                     const QByteArray &password = "pencil")
{
    LoginProof proof(password, {});
    if (isSasl2) {
        proof.sent(
            sent("<authenticate xmlns='urn:xmpp:sasl:2' mechanism='" + mechanism + "'><initial-response>",
                 exchange.clientFirst,
                 "</initial-response><user-agent id='x'><software>y</software></user-agent></authenticate>"));
        if (proof.challenge(
                element(QStringLiteral("challenge"), newSasl, QByteArray(exchange.serverFirst).toBase64())))
            qFatal("challenge");
        proof.sent(sent("<response xmlns='urn:xmpp:sasl:2'>", exchange.clientFinal, "</response>"));
    } else {
        proof.sent(sent("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='" + mechanism + "'>",
                        exchange.clientFirst, "</auth>"));
        if (proof.challenge(
                element(QStringLiteral("challenge"), oldSasl, QByteArray(exchange.serverFirst).toBase64())))
            qFatal("challenge");
        proof.sent(
            sent("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>", exchange.clientFinal, "</response>"));
    }
    return proof;
}

QByteArray token(const QByteArray &secret)
{
    return "<credentials xmlns='org.qxmpp.credentials'><ht-token mechanism='HT-SHA-256-NONE' secret='"
           + secret + "' expiry='2030-01-01T00:00:00Z'/></credentials>";
}
} // namespace

class tst_Scram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectors();
    void forgedSignatures();
    void badChallenges_data();
    void badChallenges();
    void absurdIterationsAreQuick();
    void bothKindsOfSasl();
    void bareSuccess();
    void challengeOutOfTurn();
    void mechanisms();
    void tokens();
    void passwordsArePrepared();
};

void tst_Scram::vectors()
{
    for (const Exchange &exchange : {sha1, sha256}) {
        Scram scram(exchange.hash, "pencil");
        scram.clientFirst(exchange.clientFirst);
        QVERIFY(!scram.serverFirst(exchange.serverFirst));
        QVERIFY(!scram.verify(exchange.serverFinal)); // not before the client has answered
        scram.clientFinal(exchange.clientFinal);
        QVERIFY(scram.verify(exchange.serverFinal));
        QVERIFY(scram.verify(QByteArray(exchange.serverFinal) + ",x=extension"));
    }
}

void tst_Scram::forgedSignatures()
{
    Scram scram(sha256.hash, "pencil");
    scram.clientFirst(sha256.clientFirst);
    QVERIFY(!scram.serverFirst(sha256.serverFirst));
    scram.clientFinal(sha256.clientFinal);
    for (const char *forged :
         {"", "v=", "v", "v=AAAA", "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95F4=",
          "V=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "e=other-error",
          "e=x,v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
          "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=AAAA", "v=!!!!"})
        QVERIFY2(!scram.verify(forged), forged);

    Scram stranger(sha256.hash, "pencils");
    stranger.clientFirst(sha256.clientFirst);
    QVERIFY(!stranger.serverFirst(sha256.serverFirst));
    stranger.clientFinal(sha256.clientFinal);
    QVERIFY(!stranger.verify(sha256.serverFinal));
}

void tst_Scram::badChallenges_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QString>("condition");
    const QByteArray nonce = "r=rOprNGfwEbeRWgbNEkqOmore", salt = ",s=W22ZaJ0SNY7soEsUEjb6gQ==";
    const auto row = [](const char *name, const QByteArray &challenge, const char *condition) {
        QTest::newRow(name) << challenge << QString::fromLatin1(condition);
    };
    const char *malformed = "malformed-challenge";
    const char *count = "iteration-count";
    row("good", nonce + salt + ",i=4096", "");
    row("a million", nonce + salt + ",i=1000000", "");
    row("with an extension", nonce + salt + ",i=4096,d=abc", "");
    row("nothing", "", malformed);
    row("no salt", nonce + ",s=,i=4096", malformed);
    row("bad salt", nonce + ",s=*,i=4096", malformed);
    row("no nonce", "r=" + salt + ",i=4096", malformed);
    row("nonce as we sent it", "r=rOprNGfwEbeRWgbNEkqO" + salt + ",i=4096", "wrong-nonce");
    row("another nonce", "r=XOprNGfwEbeRWgbNEkqOmore" + salt + ",i=4096", "wrong-nonce");
    row("one iteration", nonce + salt + ",i=1", count);
    row("no iterations", nonce + salt + ",i=0", count);
    row("negative", nonce + salt + ",i=-4096", count);
    row("too few", nonce + salt + ",i=4095", count);
    row("too many", nonce + salt + ",i=1000001", count);
    row("2^31", nonce + salt + ",i=2147483648", count);
    row("2^31-1", nonce + salt + ",i=2147483647", count);
    row("2^32 + 4096", nonce + salt + ",i=4294971392", count);
    row("2^64 + 4096", nonce + salt + ",i=18446744073709555712", count);
    row("no number", nonce + salt + ",i=many", count);
    row("second count", nonce + salt + ",i=4096,i=2147483647", malformed);
    row("second salt", nonce + salt + ",i=4096,s=AAAA", malformed);
    row("second nonce", nonce + salt + ",i=4096,r=rOprNGfwEbeRWgbNEkqOother", malformed);
    row("mandatory extension", nonce + salt + ",i=4096,m=x", malformed);
    row("mandatory extension first", "m=x," + nonce + salt + ",i=4096", malformed);
    row("wrong order", "i=4096," + nonce + salt, malformed);
}

void tst_Scram::badChallenges()
{
    QFETCH(QByteArray, challenge);
    QFETCH(QString, condition);
    Scram scram(sha256.hash, "pencil");
    scram.clientFirst(sha256.clientFirst);
    const Error error = scram.serverFirst(challenge);
    QCOMPARE(error.condition, condition);
    if (!condition.isEmpty()) QCOMPARE(error.kind, Error::Kind::ServerNotGenuine);
    // Only one challenge for each exchange.
    if (condition.isEmpty())
        QCOMPARE(scram.serverFirst(challenge).condition, QStringLiteral("unexpected-challenge"));
}

void tst_Scram::absurdIterationsAreQuick()
{
    // Two thousand million rounds would outlast the limit of every test.
    Scram scram(QCryptographicHash::Sha512, "pencil");
    scram.clientFirst(sha256.clientFirst);
    QVERIFY(scram.serverFirst("r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2147483647"));
    scram.clientFinal("c=biws,r=rOprNGfwEbeRWgbNEkqOmore,p=AAAA");
    QVERIFY(!scram.verify("v="));
}

void tst_Scram::bothKindsOfSasl()
{
    for (const bool isSasl2 : {false, true}) {
        for (const auto &[exchange, name] :
             {std::pair(sha1, "SCRAM-SHA-1"), std::pair(sha256, "SCRAM-SHA-256")}) {
            const QByteArray last = exchange.serverFinal;
            const auto success = [&](const QByteArray &message) {
                return isSasl2 ? sasl2Success(message)
                               : element(QStringLiteral("success"), oldSasl, message.toBase64());
            };
            QVERIFY(!witnessed(exchange, name, isSasl2).success(success(last)));
            QCOMPARE(witnessed(exchange, name, isSasl2).success(success("v=AAAA")).condition,
                     QStringLiteral("server-signature"));
            QCOMPARE(witnessed(exchange, name, isSasl2, "other").success(success(last)).kind,
                     Error::Kind::ServerNotGenuine);
        }
    }
    // RFC 6120 6.4.6: the last message in a challenge, and then a success without data.
    auto proof = witnessed(sha256, "SCRAM-SHA-256", false);
    QVERIFY(!proof.challenge(
        element(QStringLiteral("challenge"), oldSasl, QByteArray(sha256.serverFinal).toBase64())));
    proof.sent(QStringLiteral("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"));
    QVERIFY(!proof.success(element(QStringLiteral("success"), oldSasl, {})));
    auto forged = witnessed(sha256, "SCRAM-SHA-256", false);
    QVERIFY(forged.challenge(element(QStringLiteral("challenge"), oldSasl, QByteArray("v=AAAA").toBase64())));
    QVERIFY(forged.success(element(QStringLiteral("success"), oldSasl, {})));
}

void tst_Scram::bareSuccess()
{
    for (const QByteArray &data : {QByteArray(), QByteArray("=")})
        QCOMPARE(witnessed(sha256, "SCRAM-SHA-256", false)
                     .success(element(QStringLiteral("success"), oldSasl, data))
                     .condition,
                 QStringLiteral("no-server-signature"));
    QCOMPARE(witnessed(sha256, "SCRAM-SHA-256", true).success(sasl2Success({})).condition,
             QStringLiteral("no-server-signature"));
    QCOMPARE(witnessed(sha256, "SCRAM-SHA-256", false)
                 .success(element(QStringLiteral("success"), oldSasl, "%%%"))
                 .condition,
             QStringLiteral("malformed-success"));
    // Right after the client's first word, and before any.
    LoginProof early("pencil", {});
    QVERIFY(early.success(element(QStringLiteral("success"), oldSasl, {})));
    early.sent(sent("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-256'>",
                    sha256.clientFirst, "</auth>"));
    QVERIFY(early.success(
        element(QStringLiteral("success"), oldSasl, QByteArray(sha256.serverFinal).toBase64())));
}

void tst_Scram::challengeOutOfTurn()
{
    LoginProof proof("pencil", {});
    const auto challenge =
        element(QStringLiteral("challenge"), oldSasl, QByteArray(sha256.serverFirst).toBase64());
    QVERIFY(proof.challenge(challenge));
    proof = witnessed(sha256, "SCRAM-SHA-256", false);
    QVERIFY(proof.challenge(challenge));
    QVERIFY(witnessed(sha256, "SCRAM-SHA-256", false)
                .challenge(element(QStringLiteral("challenge"), oldSasl, "***")));
}

void tst_Scram::mechanisms()
{
    for (const char *good : {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"})
        QVERIFY(LoginProof::isPasswordMechanism(QString::fromLatin1(good)));
    for (const char *bad : {"PLAIN", "ANONYMOUS", "DIGEST-MD5", "X-OAUTH2", "SCRAM-SHA-256-PLUS", "SCRAM-MD5",
                            "", "EXTERNAL", "scram-sha-256", "HT-SHA-256-NONE"})
        QVERIFY2(!LoginProof::isPasswordMechanism(QString::fromLatin1(bad)), bad);
    QVERIFY(LoginProof::isTokenMechanism(u"HT-SHA-256-NONE"));
    QVERIFY(!LoginProof::isTokenMechanism(u"HT-SHA-256-EXPR"));
    QVERIFY(!LoginProof::isTokenMechanism(u"PLAIN"));
    QCOMPARE(LoginProof::tokenMechanism(token("s")), QStringLiteral("HT-SHA-256-NONE"));
    QCOMPARE(LoginProof::tokenMechanism({}), QString());
    QCOMPARE(LoginProof::tokenMechanism("<broken"), QString());

    LoginProof proof("pencil", {});
    proof.sent(
        QStringLiteral("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGEAYg==</auth>"));
    QVERIFY(!proof.hasBegun());
}

void tst_Scram::tokens()
{
    const QString begin = QStringLiteral("<authenticate xmlns='urn:xmpp:sasl:2' mechanism='HT-SHA-256-NONE'>"
                                         "<initial-response>AAAA</initial-response></authenticate>");
    const QByteArray right =
        QMessageAuthenticationCode::hash("Responder", "secret", QCryptographicHash::Sha256);
    const QByteArray wrong =
        QMessageAuthenticationCode::hash("Responder", "other", QCryptographicHash::Sha256);
    LoginProof proof({}, token("secret"));
    proof.sent(begin);
    QVERIFY(proof.hasBegun());
    QVERIFY(proof.usedToken());
    QVERIFY(!proof.success(sasl2Success(right)));
    QVERIFY(!proof.success(sasl2Success({})));
    QCOMPARE(proof.success(sasl2Success(wrong)).condition, QStringLiteral("server-signature"));
    QVERIFY(proof.challenge(element(QStringLiteral("challenge"), newSasl, "AAAA")));
}

void tst_Scram::passwordsArePrepared()
{
    // The examples of RFC 4013 3, and what keyboards make.
    QCOMPARE(saslPrepared(QString::fromUtf8("I\u00ADX")), QStringLiteral("IX"));
    QCOMPARE(saslPrepared(QStringLiteral("user")), QStringLiteral("user"));
    QCOMPARE(saslPrepared(QStringLiteral("USER")), QStringLiteral("USER"));
    QCOMPARE(saslPrepared(QString::fromUtf8("\u00AA")), QStringLiteral("a"));
    QCOMPARE(saslPrepared(QString::fromUtf8("\u2168")), QStringLiteral("IX"));
    QCOMPARE(saslPrepared(QString::fromUtf8("a\u00A0b")), QStringLiteral("a b"));
    QCOMPARE(saslPrepared(QString::fromUtf8("pa\u0308ss 🦜")), QString::fromUtf8("p\u00E4ss 🦜"));
}

QTEST_GUILESS_MAIN(tst_Scram)
#include "tst_scram.moc"
