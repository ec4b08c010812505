// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports.h"

#include <QHash>
#include <QSet>

namespace Mingle {

/// A notification's text as the server takes it (Desktop Notifications Specification 1.2): one that draws markup
/// would take a nick `<b>` for it, so it gets entities; any other gets the text as it is. Bounded to 300 characters.
QString notificationBody(const QString &text, bool serverTakesMarkup);
/// A summary is never markup. One line, bounded.
QString notificationSummary(const QString &title);

/// Notifications by org.freedesktop.Notifications. Talks to the bus only when there is something to show, and never
/// waits for an answer. Without a notification service nothing happens.
class DesktopNotifier final : public Notifier
{
    Q_OBJECT
public:
    explicit DesktopNotifier(QObject *parent = nullptr);

    void show(const ChatId &chat, const QString &title, const QString &text) override;
    void withdraw(const ChatId &chat) override;

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action);
    void onClosed(uint id, uint reason);

private:
    struct Pending {
        ChatId chat;
        QString title;
        QString text;
    };

    /// Listens to the service and asks what it can do, once.
    void prepare();
    void send(const Pending &pending);

    enum class Markup { Unasked, Asking, Yes, No };
    Markup m_markup = Markup::Unasked;
    QList<Pending> m_waiting; ///< until the service has said what it can do
    QSet<ChatId> m_underWay; ///< sent, and the service has not said yet under which number
    QHash<ChatId, Pending> m_next; ///< the newest that came meanwhile
    QSet<ChatId> m_withdrawn; ///< meanwhile
    QHash<ChatId, uint> m_shown; ///< one for each chat: a newer one takes its place
};

} // namespace Mingle
