// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connectreport.h"
#include "core/jid.h"
#include "xmpp/connectmeter.h"
#include "xmpp/serverfinder.h"

#include <QElapsedTimer>
#include <QStringList>

namespace Mingle {

struct Credentials;

/// Writes the ConnectReport of each open() of a ClientStream. A text of the server that names the account, its resource, the
/// password or a token is left out whole; others are cut short.
class ConnectReporter
{
public:
    /// An open().
    void begin(const Account &account, const Credentials &credentials);
    /// A server is tried, or the same in another way.
    void beginTry(const StreamTarget &target);
    /// The server has given out another token (as in Credentials).
    void keepOut(const QByteArray &token);
    /// Logged in, as bound. report() is worth showing now.
    void live(const ConnectMeter &meter, const Jid &bound, bool withToken, bool resumed);
    /// meter: of the last try, if there was one. False: there is nothing to end.
    bool end(const ConnectMeter *meter, const Error &reason);

    const ConnectReport &report() const { return m_report; }

private:
    void take(const ConnectMeter &meter);
    QString harmless(const QString &text, qsizetype limit) const;

    ConnectReport m_report;
    QString m_local; ///< what stands before the @
    QStringList m_secrets;
    QElapsedTimer m_sinceBegin;
};

} // namespace Mingle
