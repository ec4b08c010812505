// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"

#include <QList>
#include <QObject>

#include <chrono>
#include <functional>

namespace Mingle {

/// Where to connect: one entry of the list that is tried in order.
struct StreamTarget {
    QString host;
    quint16 port = 0;
    bool directTls = false;

    friend bool operator==(const StreamTarget &, const StreamTarget &) = default;
};

/// One SRV record (RFC 2782).
struct SrvRecord {
    QString target;
    quint16 port = 0;
    quint16 priority = 0;
    quint16 weight = 0;
    bool directTls = false; ///< of _xmpps-client
};

struct SrvAnswer {
    enum class Kind {
        Records,    ///< maybe none
        NoSuchName, ///< a name server says so
        NoAnswer,   ///< nobody said anything
    };
    Kind kind = Kind::NoAnswer;
    QList<SrvRecord> records;
};

/// Asks for the SRV records of a name; calls back once on the context's thread, unless the context is gone.
using SrvLookup = std::function<void(const QString &name, QObject *context, std::function<void(SrvAnswer)>)>;
/// QDnsLookup.
SrvLookup systemSrvLookup();

/// Finds out where the server of an account is: what the account says, else SRV records (RFC 6120 3.2,
/// XEP-0368), else the domain itself.
class ServerFinder : public QObject
{
    Q_OBJECT
public:
    struct Found {
        QList<StreamTarget> targets; ///< empty: the domain offers no such service, error says so
        Error error;
        /// No name server answered: if no target can be reached, the network is to blame.
        bool noAnswer = false;
    };

    explicit ServerFinder(SrvLookup lookup, std::chrono::milliseconds timeout, QObject *parent = nullptr);

    /// done may be called at once. A new search ends the one before without a call.
    void find(const Account &account, std::function<void(Found)> done);
    void cancel();

    /// In the order of RFC 2782, both services as one (XEP-0368 4). random(n) gives a number from 0 to n.
    static QList<StreamTarget> ordered(QList<SrvRecord> records,
                                       const std::function<quint32(quint32)> &random);

private:
    void answered(bool directTls, const SrvAnswer &answer);
    void finish();

    SrvLookup m_lookup;
    std::chrono::milliseconds m_timeout;
    Account m_account;
    std::function<void(Found)> m_done;
    QObject *m_search = nullptr; ///< context of the running lookups
    QList<SrvRecord> m_records;
    int m_open = 0;
    bool m_anyAnswer = false;
    bool m_withdrawn = false; ///< a record with target "."
};

} // namespace Mingle
