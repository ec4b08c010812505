// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/loginproof.h"

#include "xmpp/streamnamespaces.h"

#include <QMessageAuthenticationCode>
#include <QXmlStreamReader>

namespace Mingle {

namespace {
std::optional<QCryptographicHash::Algorithm> scramHash(QStringView mechanism)
{
    if (mechanism == u"SCRAM-SHA-1") return QCryptographicHash::Sha1;
    if (mechanism == u"SCRAM-SHA-256") return QCryptographicHash::Sha256;
    if (mechanism == u"SCRAM-SHA-512") return QCryptographicHash::Sha512;
    return {};
}

std::optional<QCryptographicHash::Algorithm> tokenHash(QStringView mechanism)
{
    if (mechanism == u"HT-SHA-256-NONE") return QCryptographicHash::Sha256;
    if (mechanism == u"HT-SHA-384-NONE") return QCryptographicHash::Sha384;
    if (mechanism == u"HT-SHA-512-NONE") return QCryptographicHash::Sha512;
    if (mechanism == u"HT-SHA3-256-NONE") return QCryptographicHash::Sha3_256;
    if (mechanism == u"HT-SHA3-512-NONE") return QCryptographicHash::Sha3_512;
    return {};
}

// RFC 6120 6.4.2: "=" stands for an empty message.
std::optional<QByteArray> decoded(const QString &text)
{
    const QByteArray trimmed = text.trimmed().toLatin1();
    if (trimmed == "=") return QByteArray();
    const auto result = QByteArray::fromBase64Encoding(trimmed, QByteArray::AbortOnBase64DecodingErrors);
    return result ? std::optional(*result) : std::nullopt;
}

// What QXmppCredentials::toXml() writes.
QString tokenAttribute(const QByteArray &token, QLatin1String name)
{
    QXmlStreamReader reader(token);
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == u"ht-token")
            return reader.attributes().value(name).toString();
    return {};
}

Error notGenuine(const char *condition)
{
    return {Error::Kind::ServerNotGenuine, QString::fromLatin1(condition), {}};
}
} // namespace

LoginProof::LoginProof(QByteArray password, const QByteArray &token, bool allowPlain)
    : m_password(std::move(password))
    , m_secret(tokenAttribute(token, QLatin1String("secret")).toUtf8())
    , m_allowPlain(allowPlain)
{}

QString LoginProof::tokenMechanism(const QByteArray &token)
{
    return tokenAttribute(token, QLatin1String("mechanism"));
}

bool LoginProof::isPasswordMechanism(QStringView name)
{
    return scramHash(name).has_value();
}

bool LoginProof::isTokenMechanism(QStringView name)
{
    return tokenHash(name).has_value();
}

void LoginProof::sent(const QString &xml)
{
    QXmlStreamReader reader(xml);
    if (!reader.readNextStartElement()) return;
    const bool isSasl = reader.namespaceUri() == ns::sasl;
    if (!isSasl && reader.namespaceUri() != ns::sasl2) return;
    const auto name = reader.name().toString();
    if (name == u"auth" || name == u"authenticate")
        begin(reader.attributes().value(QLatin1String("mechanism")).toString());
    else if (name != u"response")
        return;
    if (!isSasl && name == u"authenticate" && !reader.readNextStartElement()) return;
    if (const auto message = decoded(reader.readElementText(QXmlStreamReader::IncludeChildElements)))
        sentMessage(*message);
}

void LoginProof::begin(const QString &mechanism)
{
    m_scram.reset();
    m_messages = 0;
    m_verified = false;
    m_isToken = isTokenMechanism(mechanism);
    m_isPlain = m_allowPlain && mechanism == u"PLAIN";
    if (const auto hash = tokenHash(mechanism)) m_hash = *hash;
    if (const auto hash = scramHash(mechanism)) m_scram.emplace(*hash, m_password);
}

void LoginProof::sentMessage(const QByteArray &message)
{
    ++m_messages;
    if (!m_scram) return;
    if (m_messages == 1) m_scram->clientFirst(message);
    if (m_messages == 2) m_scram->clientFinal(message);
}

Error LoginProof::challenge(const QDomElement &challenge)
{
    const auto message = decoded(challenge.text());
    if (!m_scram || !message) return notGenuine("unexpected-challenge");
    if (m_messages == 1) return m_scram->serverFirst(*message);
    // RFC 6120 6.4.6 allows the server's last message in a challenge of its own.
    if (m_messages != 2 || m_verified || !m_scram->verify(*message)) return notGenuine("server-signature");
    m_verified = true;
    return {};
}

Error LoginProof::success(const QDomElement &success)
{
    QString data = success.text();
    if (success.namespaceURI() == ns::sasl2) {
        const auto additional = success.firstChildElement(QStringLiteral("additional-data"));
        data = additional.text();
    }
    const auto message = decoded(data);
    if (!message) return notGenuine("malformed-success");
    if (m_isToken) {
        // draft-schmaus-kitten-sasl-ht 3.2: the answer proves that the server holds the token. XEP-0484
        // servers may leave it out.
        const auto expected = QMessageAuthenticationCode::hash("Responder", m_secret, m_hash);
        return message->isEmpty() || *message == expected ? Error{} : notGenuine("server-signature");
    }
    if (m_isPlain) return message->isEmpty() ? Error{} : notGenuine("malformed-success");
    if (m_verified || (m_scram && m_scram->verify(*message))) return {};
    return notGenuine(message->isEmpty() ? "no-server-signature" : "server-signature");
}

} // namespace Mingle
