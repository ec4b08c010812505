// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/serverscram.h"

#include <QList>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>

namespace Mingle::Hostile {

namespace {
const QByteArray salt = "salt of the server";
}

ServerScram::ServerScram(const QByteArray &mechanism, QByteArray password)
    : m_hash(mechanism == "SCRAM-SHA-1"     ? QCryptographicHash::Sha1
             : mechanism == "SCRAM-SHA-512" ? QCryptographicHash::Sha512
                                            : QCryptographicHash::Sha256)
    , m_password(std::move(password))
{}

QByteArray ServerScram::first(const QByteArray &clientFirst, const QByteArray &iterations)
{
    m_clientFirst = clientFirst.sliced(3); // "n,,"
    m_iterations = iterations.toInt();
    const QByteArray nonce = m_clientFirst.sliced(m_clientFirst.indexOf("r=") + 2);
    m_serverFirst = "r=" + nonce + "server,s=" + salt.toBase64() + ",i=" + iterations;
    return m_serverFirst;
}

QByteArray ServerScram::final(const QByteArray &clientFinal)
{
    const auto mac = [this](const QByteArray &key, const QByteArray &text) {
        return QMessageAuthenticationCode::hash(text, key, m_hash);
    };
    const auto at = clientFinal.indexOf(",p=");
    if (at < 0 || m_iterations < 1) return {};
    const QByteArray salted = QPasswordDigestor::deriveKeyPbkdf2(
        m_hash, m_password, salt, m_iterations, quint64(QCryptographicHash::hashLength(m_hash)));
    const QByteArray message = m_clientFirst + ',' + m_serverFirst + ',' + clientFinal.first(at);
    const QByteArray storedKey = QCryptographicHash::hash(mac(salted, "Client Key"), m_hash);
    const QByteArray signature = mac(storedKey, message);
    QByteArray clientKey = QByteArray::fromBase64(clientFinal.sliced(at + 3));
    if (clientKey.size() != signature.size()) return {};
    for (qsizetype i = 0; i < clientKey.size(); ++i)
        clientKey[i] = char(clientKey[i] ^ signature[i]);
    if (QCryptographicHash::hash(clientKey, m_hash) != storedKey) return {};
    return "v=" + mac(mac(salted, "Server Key"), message).toBase64();
}

} // namespace Mingle::Hostile
