// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Mingle;

/// A notification service that answers when it is told to.
class FakeService : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    explicit FakeService(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, QStringLiteral("service")))
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                             QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
        m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }

    QMap<uint, QString> standing; ///< summaries
    QList<QDBusMessage> unanswered;
    void answer()
    {
        const QDBusMessage call = unanswered.takeFirst();
        const uint replaced = call.arguments().at(1).toUInt();
        const uint id = replaced ? replaced : ++m_last;
        standing.insert(id, call.arguments().at(3).toString());
        m_bus.send(call.createReply(id));
    }

public Q_SLOTS:
    QStringList GetCapabilities() { return {QStringLiteral("body")}; }
    uint Notify(const QString &, uint, const QString &, const QString &, const QString &, const QStringList &,
                const QVariantMap &, int)
    {
        setDelayedReply(true);
        unanswered.append(message());
        return 0;
    }
    void CloseNotification(uint id) { standing.remove(id); }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);

private:
    QDBusConnection m_bus;
    uint m_last = 0;
};

class TestDesktopNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void newerTakesThePlace();
    void readBeforeItStands();
    void clickOpensTheChat();
    void escapesOnlyForMarkup();
    void keepsToOneLineWithoutTricks();
    void isBounded();

private:
    QProcess m_bus;
    std::unique_ptr<FakeService> m_service;
    const ChatId m_room{Jid::trusted(u"me@chat.test"), Jid::trusted(u"room@chat.test")};
    const ChatId m_other{Jid::trusted(u"me@chat.test"), Jid::trusted(u"other@chat.test")};
};

void TestDesktopNotifier::initTestCase()
{
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    QVERIFY(m_bus.waitForReadyRead());
    const QByteArray address = m_bus.readLine().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    m_service = std::make_unique<FakeService>(QString::fromUtf8(address));
}

void TestDesktopNotifier::cleanupTestCase()
{
    m_service.reset();
    m_bus.kill();
    m_bus.waitForFinished();
}

void TestDesktopNotifier::newerTakesThePlace()
{
    DesktopNotifier notifier;
    notifier.show(m_room, QStringLiteral("first"), {});
    QTRY_COMPARE(m_service->unanswered.size(), 1);
    notifier.show(m_room, QStringLiteral("second"), {});
    notifier.show(m_room, QStringLiteral("third"), {});
    notifier.show(m_other, QStringLiteral("other"), {});
    QTRY_COMPARE(m_service->unanswered.size(), 2); // the other chat does not wait
    m_service->answer();
    QTRY_COMPARE(m_service->unanswered.size(), 2);
    m_service->answer();
    m_service->answer();
    QCOMPARE(m_service->standing.values(), QStringList({QStringLiteral("third"), QStringLiteral("other")}));
    m_service->standing.clear();
}

void TestDesktopNotifier::readBeforeItStands()
{
    DesktopNotifier notifier;
    notifier.show(m_room, QStringLiteral("read meanwhile"), {});
    QTRY_COMPARE(m_service->unanswered.size(), 1);
    notifier.show(m_room, QStringLiteral("and this"), {});
    notifier.withdraw(m_room);
    m_service->answer();
    QCOMPARE(m_service->standing.size(), 1);
    QTRY_VERIFY(m_service->standing.isEmpty());
    QVERIFY(m_service->unanswered.isEmpty());
    // What is said after it was read is shown.
    notifier.show(m_room, QStringLiteral("read"), {});
    QTRY_COMPARE(m_service->unanswered.size(), 1);
    notifier.withdraw(m_room);
    notifier.show(m_room, QStringLiteral("new"), {});
    m_service->answer();
    QTRY_COMPARE(m_service->unanswered.size(), 1);
    m_service->answer();
    QCOMPARE(m_service->standing.values(), QStringList(QStringLiteral("new")));
    m_service->standing.clear();
}

void TestDesktopNotifier::clickOpensTheChat()
{
    DesktopNotifier notifier;
    QSignalSpy activated(&notifier, &Notifier::activated);
    notifier.show(m_room, QStringLiteral("click"), {});
    QTRY_COMPARE(m_service->unanswered.size(), 1);
    m_service->answer();
    const uint id = m_service->standing.firstKey();
    Q_EMIT m_service->ActionInvoked(id + 1, QStringLiteral("default")); // another program's
    Q_EMIT m_service->ActionInvoked(id, QStringLiteral("default"));
    QTRY_VERIFY(!activated.isEmpty());
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().first().value<ChatId>(), m_room);
    m_service->standing.clear();
}

void TestDesktopNotifier::escapesOnlyForMarkup()
{
    const QString text = QStringLiteral("<b>Ada</b> & <img src=\"file:///etc/passwd\">");
    QCOMPARE(notificationBody(text, false), text);
    const QString escaped = notificationBody(text, true);
    QVERIFY(!escaped.contains(u'<'));
    QCOMPARE(escaped,
             QStringLiteral("&lt;b&gt;Ada&lt;/b&gt; &amp; &lt;img src=&quot;file:///etc/passwd&quot;&gt;"));
    QCOMPARE(notificationSummary(QStringLiteral("<i>room</i>")), QStringLiteral("<i>room</i>"));
}

void TestDesktopNotifier::keepsToOneLineWithoutTricks()
{
    const QString text =
        QStringLiteral("one\ntwo\t three ") + QChar(0x202e) + QStringLiteral("evil") + QChar(0x0007);
    QCOMPARE(notificationBody(text, false), QStringLiteral("one two three evil"));
    QCOMPARE(notificationSummary(QStringLiteral(" a\r\nb ")), QStringLiteral("a b"));
}

void TestDesktopNotifier::isBounded()
{
    const QString emoji = QString::fromUcs4(U"\U0001F642");
    const QString body = notificationBody(emoji.repeated(100000), true);
    QVERIFY(body.size() <= 301);
    QVERIFY(body.endsWith(QChar(0x2026)));
    QVERIFY(!body.at(body.size() - 2).isHighSurrogate());
    QVERIFY(notificationSummary(QString(5000, u'x')).size() <= 101);
}

QTEST_GUILESS_MAIN(TestDesktopNotifier)
#include "tst_desktopnotifier.moc"
