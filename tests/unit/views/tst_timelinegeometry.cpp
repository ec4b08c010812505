// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelinegeometry.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Mingle;

namespace {

/// Rows with an identity and a true height; estimates are wrong on purpose.
struct Rows {
    QList<int> ids;
    QList<qreal> heights;
    int measured = 0;
};

} // namespace

class TestTimelineGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sticksToTheEnd();
    void shortContentLiesOnTheFloor();
    void insertionsAboveMoveNothing();
    void resizingAboveMovesNothing();
    void removalOfTheAnchor();
    void clampsAtBothEnds();
    void barGoesAndComesBack();
    void measuresOnlyWhatIsNear();
    void randomly();

private:
    void fill(int count, qreal height);
    TimelineGeometry make();

    Rows m_rows;
};

void TestTimelineGeometry::fill(int count, qreal height)
{
    m_rows = {};
    for (int i = 0; i < count; ++i) {
        m_rows.ids.append(i);
        m_rows.heights.append(height);
    }
}

TimelineGeometry TestTimelineGeometry::make()
{
    TimelineGeometry geometry(
        [this](int row) {
            ++m_rows.measured;
            return m_rows.heights.at(row);
        },
        [](int) { return 33.0; });
    geometry.setViewport(500, 10);
    geometry.reset(int(m_rows.ids.size()));
    geometry.settle();
    return geometry;
}

void TestTimelineGeometry::sticksToTheEnd()
{
    fill(100, 50);
    TimelineGeometry geometry = make();
    QVERIFY(geometry.atEnd());
    QCOMPARE(geometry.topOf(99) + 50, 490.0);
    m_rows.heights.append(120);
    m_rows.ids.append(100);
    geometry.insert(100, 1);
    geometry.settle();
    QCOMPARE(geometry.topOf(100) + 120, 490.0);
    QVERIFY(geometry.atEnd());
    // Not when the person has scrolled up.
    geometry.scrollBy(-200);
    geometry.settle();
    const qreal top = geometry.topOf(95);
    m_rows.heights.append(50);
    geometry.insert(101, 1);
    geometry.settle();
    QCOMPARE(geometry.topOf(95), top);
    QVERIFY(!geometry.atEnd());
}

void TestTimelineGeometry::shortContentLiesOnTheFloor()
{
    fill(3, 50);
    TimelineGeometry geometry = make();
    QCOMPARE(geometry.topOf(0), 340.0);
    QCOMPARE(geometry.maximum(), 0.0);
    geometry.scrollBy(-100);
    geometry.settle();
    QCOMPARE(geometry.topOf(0), 340.0);
    fill(0, 0);
    geometry = make();
    QVERIFY(geometry.atEnd());
    QCOMPARE(geometry.rowAt(10), -1);
}

void TestTimelineGeometry::insertionsAboveMoveNothing()
{
    fill(100, 50);
    TimelineGeometry geometry = make();
    geometry.scrollTo(1000);
    geometry.settle();
    const int row = geometry.firstVisible();
    const qreal top = geometry.topOf(row);
    for (int i = 0; i < 30; ++i) {
        m_rows.heights.prepend(77);
    }
    geometry.insert(0, 30);
    geometry.settle();
    QCOMPARE(geometry.topOf(row + 30), top);
    // Also not when they turn out to be higher than estimated.
    geometry.scrollBy(-300);
    geometry.settle();
    QCOMPARE(geometry.topOf(row + 30), top + 300);
}

void TestTimelineGeometry::resizingAboveMovesNothing()
{
    fill(100, 50);
    TimelineGeometry geometry = make();
    geometry.scrollTo(1000);
    geometry.settle();
    const int row = geometry.firstVisible() + 3;
    const qreal top = geometry.topOf(row);
    m_rows.heights[geometry.firstVisible() - 1] = 400;
    geometry.invalidate(geometry.firstVisible() - 1, 1);
    geometry.settle();
    QCOMPARE(geometry.topOf(row), top);
}

void TestTimelineGeometry::removalOfTheAnchor()
{
    fill(100, 50);
    TimelineGeometry geometry = make();
    geometry.scrollTo(1020);
    geometry.settle();
    const int first = geometry.firstVisible();
    const qreal next = geometry.topOf(first + 2);
    geometry.remove(first - 1, 3);
    m_rows.heights.remove(first - 1, 3);
    geometry.settle();
    QCOMPARE(geometry.topOf(first - 1), next);
    // All of them.
    geometry.remove(0, 97);
    m_rows.heights.clear();
    geometry.settle();
    QCOMPARE(geometry.anchor(), -1);
    QCOMPARE(geometry.value(), 0.0);
}

void TestTimelineGeometry::clampsAtBothEnds()
{
    fill(100, 50);
    TimelineGeometry geometry = make();
    geometry.scrollBy(-1e7);
    geometry.settle();
    QCOMPARE(geometry.topOf(0), 0.0);
    QCOMPARE(geometry.value(), 0.0);
    geometry.scrollBy(1e7);
    geometry.settle();
    QVERIFY(geometry.atEnd());
}

void TestTimelineGeometry::barGoesAndComesBack()
{
    fill(300, 20);
    for (int i = 0; i < 300; i += 7) {
        m_rows.heights[i] = 250;
    }
    TimelineGeometry geometry = make();
    for (const qreal value : {0.0, 777.0, 3000.0, 5000.0}) {
        geometry.scrollTo(value);
        geometry.settle();
        const qreal there = geometry.value();
        const int row = geometry.firstVisible();
        const qreal top = geometry.topOf(row);
        geometry.scrollTo(there);
        geometry.settle();
        QCOMPARE(geometry.firstVisible(), row);
        QVERIFY(std::abs(geometry.topOf(row) - top) < 1);
    }
}

void TestTimelineGeometry::measuresOnlyWhatIsNear()
{
    fill(5000, 50);
    TimelineGeometry geometry = make();
    QVERIFY(m_rows.measured <= 30);
    geometry.scrollTo(60'000);
    geometry.settle();
    QVERIFY(m_rows.measured <= 80);
}

/// A row that stays visible through a change elsewhere stays where it is.
void TestTimelineGeometry::randomly()
{
    for (quint32 seed = 1; seed <= 40; ++seed) {
        QRandomGenerator random(seed);
        fill(0, 0);
        int next = 0;
        const auto add = [&](int at, int count) {
            for (int i = 0; i < count; ++i) {
                m_rows.ids.insert(at, next++);
                m_rows.heights.insert(at, 20 + random.bounded(300));
            }
        };
        add(0, 60);
        TimelineGeometry geometry = make();
        for (int step = 0; step < 200; ++step) {
            const int count = int(m_rows.ids.size());
            const bool scrolls = random.bounded(3) == 0;
            if (scrolls || count < 20) {
                if (count < 20) {
                    add(0, 30);
                    geometry.insert(0, 30);
                }
                geometry.scrollBy(random.bounded(1200) - 600);
                geometry.settle();
                continue;
            }
            // With room on both sides, so that the ends do not have to give way.
            const int kept = geometry.firstVisible();
            const int id = m_rows.ids.at(kept);
            const qreal top = geometry.topOf(kept);
            const bool inside = geometry.above() > 2000 && geometry.below() > 2000 && !geometry.isSticky();
            const int at = random.bounded(count);
            switch (random.bounded(3)) {
            case 0: {
                const int many = 1 + random.bounded(10);
                add(at, many);
                geometry.insert(at, many);
                break;
            }
            case 1:
                if (at != kept) {
                    geometry.remove(at, 1);
                    m_rows.ids.removeAt(at);
                    m_rows.heights.removeAt(at);
                }
                break;
            default:
                if (at != kept) {
                    m_rows.heights[at] = 20 + random.bounded(300);
                    geometry.invalidate(at, 1);
                }
                break;
            }
            geometry.settle();
            if (inside) {
                QVERIFY2(std::abs(geometry.topOf(int(m_rows.ids.indexOf(id))) - top) < 0.5,
                         qPrintable(QStringLiteral("seed %1 step %2").arg(seed).arg(step)));
            }
            QVERIFY(geometry.value() >= 0);
            QVERIFY(geometry.value() <= geometry.maximum() + 1);
        }
    }
}

QTEST_APPLESS_MAIN(TestTimelineGeometry)
#include "tst_timelinegeometry.moc"
