// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/wire.h"

#include <QDomDocument>
#include <QFile>
#include <QList>
#include <QRegularExpression>
#include <QTextStream>
#include <QXmlStreamWriter>

#include <functional>
#include <memory>

namespace Mingle {

/// A stream without a server: keeps what was sent and hands in what a test writes. Elements are made as the real
/// reader makes them, with namespaces.
class FakeWire : public Wire
{
public:
    struct Request {
        QDomElement iq;
        Jid to;
        Jid errorsFrom;
        std::shared_ptr<QPromise<Result<QDomElement>>> promise;
        bool answered = false;
    };

    explicit FakeWire(const QString &me = QStringLiteral("me@example.org/here"))
        : m_me(Jid::trusted(me))
    {}

    bool isLive() const override { return m_live; }
    Jid ownAddress() const override { return m_live ? m_me : Jid(); }

    bool hasRosterVersions() const override { return rosterVersions; }

    QFuture<Result<QDomElement>> request(QXmppIq &&iq, std::chrono::milliseconds,
                                         const Jid &errorsFrom) override
    {
        iq.setId(QStringLiteral("iq%1").arg(++m_ids));
        const QDomElement xml = parse(written(iq));
        const auto promise = std::make_shared<QPromise<Result<QDomElement>>>();
        promise->start();
        const Jid to = Jid::trusted(xml.attribute(QStringLiteral("to")));
        requests.append({xml, to, errorsFrom, promise});
        const auto future = promise->future();
        const qsizetype index = requests.size() - 1;
        if (onRequest) {
            if (const QString reply = onRequest(xml); !reply.isEmpty()) answer(index, reply);
        }
        return future;
    }

    void send(const QXmppStanza &stanza) override { sent.append(parse(written(stanza))); }

    QFuture<Outcome> sendAcknowledged(const QByteArray &stanza) override
    {
        sent.append(parse(stanza));
        return answered<>(Outcome());
    }

    /// Answers a request with the payload of a result, or with <error/>.
    void answer(qsizetype index, const QString &payload)
    {
        if (requests[index].answered) return;
        requests[index].answered = true;
        const auto promise = requests[index].promise;
        const bool isError = payload.startsWith(u"<error");
        const QDomElement iq =
            parse(QStringLiteral("<iq type='%1'>%2</iq>")
                      .arg(isError ? QStringLiteral("error") : QStringLiteral("result"), payload)
                      .toUtf8());
        promise->addResult(isError ? Result<QDomElement>(stanzaError(iq)) : Result<QDomElement>(iq));
        promise->finish();
    }

    void fail(qsizetype index, Error::Kind kind)
    {
        if (std::exchange(requests[index].answered, true)) return;
        requests[index].promise->addResult(Result<QDomElement>(kind));
        requests[index].promise->finish();
    }

    /// The oldest request without an answer whose XML contains text: -1 if there is none.
    qsizetype pending(const QString &text) const
    {
        for (qsizetype i = 0; i < requests.size(); ++i)
            if (!requests[i].answered && toText(requests[i].iq).contains(text)) return i;
        return -1;
    }

    /// Hands in one stanza as received.
    void receive(const QString &xml) { receive(parse(xml.toUtf8())); }
    void receive(const QDomElement &stanza)
    {
        const QString text = stanza.attribute(QStringLiteral("from"));
        const Jid from = Jid::trusted(text);
        if (!text.isEmpty() && from.isEmpty()) return; // the real one drops these
        if (stanza.localName() == u"message") Q_EMIT messageReceived(stanza, from);
        if (stanza.localName() == u"presence") Q_EMIT presenceReceived(stanza, from);
        if (stanza.localName() == u"iq") {
            taken = false;
            Q_EMIT iqSetReceived(stanza, from, &taken);
        }
    }

    void goLive(bool resumed = false)
    {
        m_live = true;
        Q_EMIT ready(resumed);
    }
    void suspend()
    {
        m_live = false;
        Q_EMIT suspended();
    }
    void end()
    {
        m_live = false;
        for (qsizetype i = 0; i < requests.size(); ++i)
            fail(i, Error::Kind::ConnectionLost);
        Q_EMIT ended();
    }

    /// The stanzas of a recording (tests/unit/xmpp/data).
    static QList<QDomElement> recorded(const QString &path)
    {
        static QList<QDomDocument> documents;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) qFatal("no recording %s", qPrintable(path));
        QDomDocument &document = documents.emplaceBack();
        if (!document.setContent(&file, QDomDocument::ParseOption::UseNamespaceProcessing))
            qFatal("bad recording %s", qPrintable(path));
        QList<QDomElement> stanzas;
        for (auto e = document.documentElement().firstChildElement(); !e.isNull(); e = e.nextSiblingElement())
            stanzas.append(e);
        return stanzas;
    }

    static QString toText(const QDomElement &element)
    {
        QString text;
        QTextStream stream(&text);
        element.save(stream, -1);
        return text;
    }

    /// Without namespaces: what a person would write down.
    static QString toPlainText(const QDomElement &element)
    {
        static const QRegularExpression declaration(QStringLiteral(" xmlns(:\\w+)?=\"[^\"]*\""));
        return toText(element).remove(declaration);
    }

    static QDomElement parse(const QByteArray &xml)
    {
        // Stanzas take the namespace of the stream they are in. Elements do not keep their document alive.
        static QList<QDomDocument> documents;
        QDomDocument &document = documents.emplaceBack();
        const auto result = document.setContent("<stream xmlns='jabber:client'>" + xml + "</stream>",
                                                QDomDocument::ParseOption::UseNamespaceProcessing);
        if (!result) qFatal("bad XML in test: %s\n%s", qPrintable(result.errorMessage), xml.constData());
        return document.documentElement().firstChildElement();
    }

    /// A reply of the server to each request as it is sent; empty: none yet.
    std::function<QString(const QDomElement &)> onRequest;
    QList<Request> requests;
    QList<QDomElement> sent;
    bool taken = false;
    bool rosterVersions = false;

private:
    static QByteArray written(const QXmppStanza &stanza)
    {
        QByteArray bytes;
        QXmlStreamWriter writer(&bytes);
        stanza.toXml(&writer);
        return bytes;
    }

    Jid m_me;
    bool m_live = false;
    int m_ids = 0;
};

} // namespace Mingle
