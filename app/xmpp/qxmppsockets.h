// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QDomElement>
#include <QMetaMethod>
#include <QPointer>
#include <QSslSocket>
#include <QXmppLogger.h>

class QXmppClient;

namespace Mingle {

/// The two objects inside a QXmppClient of QXmpp 1.10 that its stream is made of, found among its children
/// and used through their signals only: no private header, no symbol. If another QXmpp does not have them,
/// error() says so and nothing may connect.
class QXmppSockets
{
public:
    explicit QXmppSockets(const QXmppClient *client);

    Error error() const { return m_error; }
    /// QXmpp's own reader no longer hears of new bytes. False: it does, error() says why.
    bool silenceReader();

    QSslSocket *socket() const { return m_socket; }
    /// The source of QXmpp's log messages about sent bytes: emitted before they are written.
    QXmppLoggable *stream() const { return m_stream; }

    void streamReceived(const QDomElement &header) const { emitElement(m_streamReceived, header); }
    void stanzaReceived(const QDomElement &stanza) const { emitElement(m_stanzaReceived, stanza); }
    void streamClosed() const;

private:
    void emitElement(const QMetaMethod &signal, const QDomElement &element) const;
    QString look(const QXmppClient *client);
    QMetaMethod find(const char *signature);

    QPointer<QSslSocket> m_socket;
    QPointer<QXmppLoggable> m_stream;
    QMetaMethod m_streamReceived;
    QMetaMethod m_stanzaReceived;
    QMetaMethod m_streamClosed;
    Error m_error;
};

} // namespace Mingle
