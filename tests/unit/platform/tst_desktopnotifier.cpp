// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/desktopnotifier.h"

#include <QTest>

using namespace Mingle;

class TestDesktopNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escapesOnlyForMarkup();
    void keepsToOneLineWithoutTricks();
    void isBounded();
};

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
