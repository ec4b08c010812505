// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagelayout.h"
#include "widgets/messagetext.h"
#include "widgets/timelinemetrics.h"

#include <QApplication>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestMessageText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standsBesideItsAuthor_data();
    void standsBesideItsAuthor();
    void marksStandBehindTheText_data() { standsBesideItsAuthor_data(); }
    void marksStandBehindTheText();
};

void TestMessageText::standsBesideItsAuthor_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<Qt::LayoutDirection>("window");
    for (const auto window : {Qt::LeftToRight, Qt::RightToLeft}) {
        const char *side = window == Qt::LeftToRight ? "left to right" : "right to left";
        QTest::addRow("English, %s", side) << u"good answer"_s << window;
        QTest::addRow("Hebrew, %s", side) << u"תשובה טובה"_s << window;
        QTest::addRow("two lines, %s", side) << u"תשובה\nתשובה טובה"_s << window;
    }
}

/// Whatever its direction, a short text touches the side of the column where the avatars are.
void TestMessageText::standsBesideItsAuthor()
{
    QFETCH(QString, body);
    QFETCH(Qt::LayoutDirection, window);
    const TimelineMetrics metrics(QFont(), QPalette(), 900, window);
    const MessageText text(body, {}, metrics, expandedText);
    QRectF all;
    for (const QRectF &line : text.rectsOf(0, body.size()))
        all |= line;
    QVERIFY(!all.isEmpty());
    QVERIFY(all.width() < metrics.textWidth / 2);
    if (window == Qt::LeftToRight) {
        QCOMPARE_LE(all.left(), 1.0);
    } else {
        QCOMPARE_GE(all.right(), metrics.textWidth - 1.0);
    }
    const QPointF first = text.rectsOf(0, 1).first().center();
    QVERIFY(text.covers(first));
    QCOMPARE_LE(text.positionAt(first), 1);
}

/// Not in the far gutter, where nobody would look for them.
void TestMessageText::marksStandBehindTheText()
{
    QFETCH(QString, body);
    QFETCH(Qt::LayoutDirection, window);
    const TimelineMetrics metrics(QFont(), QPalette(), 900, window);
    MessageLook look;
    look.message.body = body;
    look.message.delivery = Delivery::Sent;
    const MessageLayout layout(look, metrics);
    const QList<QRectF> lines = layout.text()->rectsOf(0, body.size());
    const QRectF last = lines.constLast().translated(layout.textPosition());
    const QRectF mark = layout.deliveryRect();
    const qreal gap = window == Qt::LeftToRight ? mark.left() - last.right() : last.left() - mark.right();
    QCOMPARE_GE(gap, 0.0);
    QCOMPARE_LE(gap, 4 * metrics.unit);
    QVERIFY(last.top() < mark.center().y() && mark.center().y() < last.bottom());
}

QTEST_MAIN(TestMessageText)
#include "tst_messagetext.moc"
