// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Mingle {

/// An XMPP address (RFC 7622), always in normal form: domain in lower case Unicode, localpart width- and
/// case-folded, all parts NFC. Two spellings of one address compare equal. Build it only with parse().
class Jid
{
public:
    Jid() = default;

    /// Nothing if a part is empty where it must not be, longer than 1023 bytes, or has forbidden characters.
    static std::optional<Jid> parse(QStringView text);
    static std::optional<Jid> parse(QStringView local, QStringView domain, QStringView resource = {});
    /// parse(), or an empty address. For text known to be good: literals in tests, our own database.
    static Jid trusted(QStringView text);

    bool isEmpty() const { return m_domain.isEmpty(); }
    bool isBare() const { return m_resource.isEmpty(); }
    const QString &local() const { return m_local; }
    const QString &domain() const { return m_domain; }
    const QString &resource() const { return m_resource; }
    Jid bare() const;
    /// The same bare address with another resource; empty if the resource is not allowed.
    Jid withResource(QStringView resource) const;
    QString toString() const;

    friend bool operator==(const Jid &, const Jid &) = default;
    friend auto operator<=>(const Jid &a, const Jid &b)
    {
        if (auto c = a.m_domain <=> b.m_domain; c != 0) return c;
        if (auto c = a.m_local <=> b.m_local; c != 0) return c;
        return a.m_resource <=> b.m_resource;
    }
    friend size_t qHash(const Jid &jid, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, jid.m_local, jid.m_domain, jid.m_resource);
    }

private:
    QString m_local;
    QString m_domain;
    QString m_resource;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::Jid)
