// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/qxmppsockets.h"

#include <QSslSocket>
#include <QXmppClient.h>
#include <QXmppGlobal.h>

namespace Mingle {

static_assert(QXMPP_VERSION >= QT_VERSION_CHECK(1, 10, 0) && QXMPP_VERSION < QT_VERSION_CHECK(1, 11, 0));

QXmppSockets::QXmppSockets(const QXmppClient *client)
{
    if (const QString wrong = look(client); !wrong.isEmpty())
        m_error = {Error::Kind::Internal, QStringLiteral("qxmpp-internals"), wrong};
}

// What is not as in QXmpp 1.10, or nothing.
QString QXmppSockets::look(const QXmppClient *client)
{
    if (!QSslSocket::supportsSsl()) return QStringLiteral("Qt has no TLS");
    const auto sockets = client->findChildren<QSslSocket *>();
    if (sockets.size() != 1) return QStringLiteral("QXmppClient has no single QSslSocket");
    m_socket = sockets.first();
    const auto children = client->findChildren<QXmppLoggable *>();
    for (QXmppLoggable *child : children)
        if (QByteArrayView(child->metaObject()->className()) == "QXmpp::Private::XmppSocket")
            m_stream = child;
    if (!m_stream) return QStringLiteral("QXmppClient has no XmppSocket");
    m_streamReceived = find("streamReceived(QDomElement)");
    m_stanzaReceived = find("stanzaReceived(QDomElement)");
    m_streamClosed = find("streamClosed()");
    const bool complete = m_streamReceived.isValid() && m_stanzaReceived.isValid() && m_streamClosed.isValid()
                          && find("started()").isValid();
    return complete ? QString() : QStringLiteral("XmppSocket has other signals");
}

QMetaMethod QXmppSockets::find(const char *signature)
{
    const QMetaObject *meta = m_stream->metaObject();
    const int index = meta->indexOfSignal(signature);
    return index < 0 ? QMetaMethod() : meta->method(index);
}

bool QXmppSockets::silenceReader()
{
    if (!m_error && !QObject::disconnect(m_socket, SIGNAL(readyRead()), m_stream, nullptr))
        m_error = {Error::Kind::Internal, QStringLiteral("qxmpp-internals"),
                   QStringLiteral("XmppSocket has no reader")};
    return !m_error;
}

void QXmppSockets::streamClosed() const
{
    if (m_stream) m_streamClosed.invoke(m_stream, Qt::DirectConnection);
}

void QXmppSockets::emitElement(const QMetaMethod &signal, const QDomElement &element) const
{
    if (m_stream) signal.invoke(m_stream, Qt::DirectConnection, Q_ARG(QDomElement, element));
}

} // namespace Mingle
