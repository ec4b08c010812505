// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace Mingle {

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
constexpr int waitingLimit = 20;
constexpr qsizetype bodyLimit = 300;
constexpr qsizetype titleLimit = 100;

/// Without control and bidi characters (a nick must not turn the line around), whitespace folded, bounded at a
/// whole character.
QString bounded(const QString &text, qsizetype limit)
{
    QString result;
    for (const QChar c : text.left(limit * 4).simplified()) {
        const ushort u = c.unicode();
        const bool bidi = (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e
                          || u == 0x200f || u == 0x061c;
        if (!bidi && c.category() != QChar::Other_Control) result += c;
    }
    if (result.size() <= limit) return result;
    if (result.at(limit - 1).isHighSurrogate()) --limit;
    return result.left(limit) + QChar(0x2026);
}

} // namespace

QString notificationBody(const QString &text, bool serverTakesMarkup)
{
    const QString plain = bounded(text, bodyLimit);
    return serverTakesMarkup ? plain.toHtmlEscaped() : plain;
}

QString notificationSummary(const QString &title)
{
    return bounded(title, titleLimit);
}

DesktopNotifier::DesktopNotifier(QObject *parent)
    : Notifier(parent)
{}

void DesktopNotifier::prepare()
{
    if (m_markup != Markup::Unasked) return;
    m_markup = Markup::Asking;
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this,
                SLOT(onActionInvoked(uint, QString)));
    bus.connect(service, path, service, QStringLiteral("NotificationClosed"), this,
                SLOT(onClosed(uint, uint)));
    auto *watcher =
        new QDBusPendingCallWatcher(bus.asyncCall(QDBusMessage::createMethodCall(
                                        service, path, service, QStringLiteral("GetCapabilities"))),
                                    this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QStringList> reply = *watcher;
        watcher->deleteLater();
        // Unknown is treated as markup: entities shown as they are do no harm, a nick taken for a tag might.
        const bool markup = reply.isError() || reply.value().contains(QStringLiteral("body-markup"));
        m_markup = markup ? Markup::Yes : Markup::No;
        const QList<Pending> waiting = std::exchange(m_waiting, {});
        if (reply.isError()) {
            m_markup = Markup::Unasked; // no service now; there may be one at the next message
            return;
        }
        for (const Pending &pending : waiting)
            send(pending);
    });
}

void DesktopNotifier::show(const ChatId &chat, const QString &title, const QString &text)
{
    const Pending pending{chat, title, text};
    prepare();
    if (m_markup == Markup::Yes || m_markup == Markup::No) {
        send(pending);
    } else if (m_waiting.size() < waitingLimit) {
        m_waiting.append(pending);
    }
}

void DesktopNotifier::send(const Pending &pending)
{
    // Only the answer says which one a newer one is to replace.
    m_withdrawn.remove(pending.chat);
    if (m_underWay.contains(pending.chat)) {
        m_next.insert(pending.chat, pending);
        return;
    }
    m_underWay.insert(pending.chat);
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    const QVariantMap hints{
        {QStringLiteral("desktop-entry"), QStringLiteral("io.github.mingle_im.Mingle")},
        {QStringLiteral("category"), QStringLiteral("im.received")},
    };
    // "default" is the click on the notification itself: it has no label of its own.
    const QStringList actions{QStringLiteral("default"), QString()};
    call.setArguments({QStringLiteral("Mingle"), m_shown.value(pending.chat, 0u),
                       QStringLiteral("io.github.mingle_im.Mingle"), notificationSummary(pending.title),
                       notificationBody(pending.text, m_markup != Markup::No), actions, hints, -1});
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, chat = pending.chat] {
        const QDBusPendingReply<uint> reply = *watcher;
        watcher->deleteLater();
        m_underWay.remove(chat);
        if (!reply.isError()) m_shown.insert(chat, reply.value());
        if (m_withdrawn.remove(chat))
            withdraw(chat);
        else if (m_next.contains(chat))
            send(m_next.take(chat));
    });
}

void DesktopNotifier::withdraw(const ChatId &chat)
{
    m_waiting.removeIf([&chat](const Pending &pending) { return pending.chat == chat; });
    m_next.remove(chat);
    if (m_underWay.contains(chat)) {
        m_withdrawn.insert(chat);
        return;
    }
    const uint id = m_shown.take(chat);
    if (id == 0) return;
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, path, service, QStringLiteral("CloseNotification"));
    call.setArguments({id});
    QDBusConnection::sessionBus().asyncCall(call);
}

void DesktopNotifier::onActionInvoked(uint id, const QString &)
{
    // Signals of the service are broadcast: other programs' notifications are told of here too.
    const ChatId chat = m_shown.key(id);
    if (!chat.isEmpty()) Q_EMIT activated(chat);
}

void DesktopNotifier::onClosed(uint id, uint)
{
    const ChatId chat = m_shown.key(id);
    if (!chat.isEmpty()) m_shown.remove(chat);
}

} // namespace Mingle
