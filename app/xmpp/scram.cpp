// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/scram.h"

#include <QList>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>

#include <algorithm>

namespace Mingle {

namespace {
Error notGenuine(const char *condition)
{
    return {Error::Kind::ServerNotGenuine, QString::fromLatin1(condition), {}};
}

QByteArray hmac(QCryptographicHash::Algorithm hash, const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, hash);
}

// The value of "k=value", or null if it is something else.
QByteArray value(const QByteArray &attribute, char key)
{
    return attribute.size() >= 2 && attribute[0] == key && attribute[1] == '=' ? attribute.sliced(2)
                                                                               : QByteArray();
}

// Compares without telling by its time how much was right.
bool equal(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size()) return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}
} // namespace

Scram::Scram(QCryptographicHash::Algorithm hash, QByteArray password)
    : m_hash(hash)
    , m_password(std::move(password))
{}

void Scram::clientFirst(const QByteArray &message)
{
    // gs2-header "n,," and then the bare message (RFC 5802 7)
    const auto second = message.indexOf(',', message.indexOf(',') + 1);
    m_clientFirstBare = second > 0 ? message.sliced(second + 1) : QByteArray();
    m_nonce.clear();
    for (const auto &attribute : m_clientFirstBare.split(','))
        if (const auto nonce = value(attribute, 'r'); !nonce.isEmpty()) m_nonce = nonce;
}

Error Scram::serverFirst(const QByteArray &message)
{
    if (m_nonce.isEmpty() || !m_serverFirst.isEmpty()) return notGenuine("unexpected-challenge");
    const auto parts = message.split(',');
    if (parts.size() < 3) return notGenuine("malformed-challenge");
    const QByteArray nonce = value(parts[0], 'r');
    const QByteArray salt = value(parts[1], 's');
    const QByteArray iterations = value(parts[2], 'i');
    // QXmpp takes the last of two equal keys: extensions may not repeat what we have checked.
    const bool repeats = std::any_of(parts.begin() + 3, parts.end(), [](const QByteArray &part) {
        return part.size() < 2 || part[1] != '=' || QByteArrayView("rsim").contains(part[0]);
    });
    if (nonce.isEmpty() || salt.isEmpty() || iterations.isEmpty() || repeats)
        return notGenuine("malformed-challenge");
    if (nonce.size() <= m_nonce.size() || !nonce.startsWith(m_nonce)) return notGenuine("wrong-nonce");
    const auto decoded = QByteArray::fromBase64Encoding(salt, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).isEmpty()) return notGenuine("malformed-challenge");
    bool isNumber = false;
    const qint64 count = iterations.toLongLong(&isNumber);
    if (!isNumber || count < minIterations || count > maxIterations) return notGenuine("iteration-count");
    m_serverFirst = message;
    m_salt = *decoded;
    m_iterations = int(count);
    return {};
}

void Scram::clientFinal(const QByteArray &message)
{
    m_signature.clear();
    const auto proof = message.lastIndexOf(",p=");
    if (proof < 0 || m_serverFirst.isEmpty()) return;
    const QByteArray salted = QPasswordDigestor::deriveKeyPbkdf2(
        m_hash, m_password, m_salt, m_iterations, quint64(QCryptographicHash::hashLength(m_hash)));
    const QByteArray authMessage = m_clientFirstBare + ',' + m_serverFirst + ',' + message.first(proof);
    m_signature = hmac(m_hash, hmac(m_hash, salted, "Server Key"), authMessage);
}

bool Scram::verify(const QByteArray &message) const
{
    if (m_signature.isEmpty()) return false;
    const QByteArray given = value(message.split(',').constFirst(), 'v');
    const auto decoded = QByteArray::fromBase64Encoding(given, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && equal(*decoded, m_signature);
}

QString saslPrepared(const QString &password)
{
    QString mapped;
    mapped.reserve(password.size());
    for (const QChar c : password) {
        // RFC 3454 B.1: soft hyphen, joiners, variation selectors and the like map to nothing.
        const char16_t u = c.unicode();
        const bool toNothing = u == 0x00AD || u == 0x034F || u == 0x1806 || (u >= 0x180B && u <= 0x180D)
                               || (u >= 0x200B && u <= 0x200D) || u == 0x2060 || (u >= 0xFE00 && u <= 0xFE0F)
                               || u == 0xFEFF;
        if (toNothing) continue;
        mapped += c.category() == QChar::Separator_Space ? QChar(u' ') : c;
    }
    return mapped.normalized(QString::NormalizationForm_KC);
}

} // namespace Mingle
