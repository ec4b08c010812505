// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hostile/lyingserver.h"
#include "hostile/serverscram.h"
#include "xmpp/stanzareader.h"

#include <QSslSocket>

namespace Mingle::Hostile {

/// One connection to a LyingServer. Gone with its socket.
class LyingPeer : public QObject
{
    Q_OBJECT
public:
    LyingPeer(LyingServer &server, int number, qintptr handle);

    void send(const QByteArray &xml);
    /// Reads and says nothing any more, but keeps the socket open.
    void fallSilent() { m_silent = true; }
    void speakAgain() { m_silent = false; }
    /// Drops the socket without a word.
    void cut() { m_socket->abort(); }
    /// Answers an IQ with these children.
    void answer(const QDomElement &iq, const QByteArray &payload = {});
    QByteArray address() const { return m_address; }
    quint32 stanzasReceived() const { return m_stanzas; }
    /// IQ answers of ours since stream management is on; what a test sends by itself it counts by itself.
    int stanzasSent() const { return m_answers; }

private:
    void read();
    void opened();
    void element(const QDomElement &element);
    void features();
    QByteArray loginFeatures() const;
    void begin(const QDomElement &element);
    void respond(const QDomElement &response);
    void succeed(const QByteArray &final);
    void succeed2(const QByteArray &final);
    void fail(const QByteArray &condition);
    void iq(const QDomElement &iq);
    void management(const QDomElement &element);
    QByteArray enable();
    QByteArray resume(const QDomElement &element);
    QByteArray challenge(const QByteArray &data) const;

    LyingServer &m_server;
    QSslSocket *m_socket;
    StanzaReader m_reader;
    ServerScram m_scram;
    QDomElement m_begun; ///< <auth/> or <authenticate/>
    QByteArray m_final; ///< sent in a challenge of its own
    QByteArray m_address;
    QByteArray m_resumption; ///< id, if stream management is on
    quint32 m_stanzas = 0;
    int m_answers = 0;
    int m_number;
    int m_step = 0;
    bool m_loggedIn = false;
    bool m_featuresDue = false; ///< held back by Lies::shy
    bool m_silent = false;
};

} // namespace Mingle::Hostile
