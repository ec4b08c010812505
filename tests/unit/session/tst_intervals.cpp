// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/pageplacement.h"
#include "unit/storage/profile.h"

#include <QRandomGenerator>

using namespace Mingle;

/// Pages, live messages and gaps in any order, against the plainest model there is: the archive as a list.
class IntervalsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void randomly_data();
    void randomly();
    void nothingIsProvenByAnEmptyPage();
    void aPageAboveGoesBelowWhatCameSince();
    void manyPagesAboveOvertakeALiveMessage();
    void nothingLiesBelowTheBeginning();
    void aPageOfStrangeIdsJoinsNothing();
    void aPageThatCameBeforeChangesNothing();
    void whatHasOvertakenAQueueLeavesThePagesOfIt();

private:
    IncomingMessage said();
    void grow(int count);
    void live(int count);
    void tell(qsizetype place);
    void beginSession();
    PageStored newestPage(int limit);
    PageStored olderPage(const Interval &interval, int limit);
    PageStored store(const PageRequest &request, const ArchivePage &page);
    ArchivePage page(qsizetype end, int limit) const;
    qsizetype indexOf(const QString &archiveId) const;
    QList<Interval> intervals();
    MessagePage timeline() { return got(wait(profile->reader().newest(profile->room, 100'000))); }
    void check();

    std::unique_ptr<Profile> profile;
    QList<IncomingMessage> archive; ///< the server's, oldest first
    QRandomGenerator random;
};

void IntervalsTest::init()
{
    profile = std::make_unique<Profile>();
    profile->fill();
    archive.clear();
}

IncomingMessage IntervalsTest::said()
{
    IncomingMessage message;
    message.chat = profile->room.address;
    message.kind = ChatKind::Muc;
    message.archiveId = u"id-%1"_s.arg(archive.size());
    message.stanzaId = message.originId = u"o-%1"_s.arg(archive.size());
    message.author = {u"ada-id"_s, u"Ada"_s, {}, true, false};
    message.body = u"message %1"_s.arg(archive.size());
    // Clocks say nothing: the order must come from the archive alone.
    message.time = QDateTime(QDate(2026, 3, 1 + int(random.bounded(28))), QTime(12, 0), QTimeZone::UTC);
    return message;
}

void IntervalsTest::grow(int count)
{
    for (int i = 0; i < count; ++i)
        archive.append(said());
}

void IntervalsTest::live(int count)
{
    for (int i = 0; i < count; ++i) {
        archive.append(said());
        profile->write([&](Transaction &tx) -> Outcome {
            const auto applied = MessageApplier(tx, profile->me).apply(archive.last());
            return applied ? Outcome() : Outcome(applied.error());
        });
    }
}

/// As a server does that hands over the queue of a stream before.
void IntervalsTest::tell(qsizetype place)
{
    profile->write([&](Transaction &tx) -> Outcome {
        const auto applied = MessageApplier(tx, profile->me).apply(archive[place]);
        return applied ? Outcome() : Outcome(applied.error());
    });
}

void IntervalsTest::beginSession()
{
    profile->write(
        [&](Transaction &tx) { return ArchiveStore(tx, {profile->me, profile->room.address}).openGap(); });
}

ArchivePage IntervalsTest::page(qsizetype end, int limit) const
{
    ArchivePage page;
    const qsizetype begin = std::max<qsizetype>(0, end - limit);
    page.messages = archive.mid(begin, end - begin);
    for (IncomingMessage &message : page.messages)
        message.route = IncomingMessage::Route::Archive;
    page.count = int(page.messages.size());
    page.complete = begin == 0;
    if (page.count) {
        page.firstId = page.messages.first().archiveId;
        page.lastId = page.messages.last().archiveId;
    }
    return page;
}

PageStored IntervalsTest::store(const PageRequest &request, const ArchivePage &page)
{
    return profile->write([&](Transaction &tx) { return PagePlacement(tx, request).store(page); });
}

PageStored IntervalsTest::newestPage(int limit)
{
    return store({{profile->me, profile->room.address}, 0, {}, 0, {}}, page(archive.size(), limit));
}

PageStored IntervalsTest::olderPage(const Interval &interval, int limit)
{
    return store({{profile->me, profile->room.address}, interval.row, interval.oldestId, 0, {}},
                 page(indexOf(interval.oldestId), limit));
}

qsizetype IntervalsTest::indexOf(const QString &archiveId) const
{
    for (qsizetype i = 0; i < archive.size(); ++i)
        if (archive[i].archiveId == archiveId) return i;
    return -1;
}

QList<Interval> IntervalsTest::intervals()
{
    return profile->write(
        [&](Transaction &tx) { return ArchiveStore(tx, {profile->me, profile->room.address}).intervals(); });
}

void IntervalsTest::check()
{
    const MessagePage stored = timeline();
    QList<qsizetype> places; // of each stored message, in the archive
    for (const Message &message : stored.messages)
        places.append(indexOf(message.archiveId));
    for (qsizetype i = 1; i < places.size(); ++i)
        QVERIFY2(places[i - 1] < places[i], qPrintable(stored.messages[i].body)); // once each, in its order

    const QList<Interval> all = intervals();
    for (const Interval &interval : all) {
        if (interval.isGap()) continue;
        const qsizetype first = indexOf(interval.oldestId), last = indexOf(interval.newestId);
        QVERIFY(first >= 0 && first <= last);
        QCOMPARE(interval.reachesStart, first == 0);
        for (qsizetype i = first; i <= last; ++i)
            QVERIFY2(places.contains(i), qPrintable(archive[i].body)); // complete
        for (const Message &message : stored.messages) {
            const qsizetype place = indexOf(message.archiveId);
            const bool inside =
                message.order >= interval.oldestOrder && message.order <= interval.newestOrder;
            QCOMPARE(inside, place >= first && place <= last);
        }
    }
    // Wherever something is missing there is a row that says so.
    for (qsizetype i = 0; i < places.size(); ++i) {
        const qsizetype before = i == 0 ? -1 : places[i - 1];
        if (places[i] == before + 1) continue;
        const qint64 row = i == 0 ? 0 : stored.messages[i - 1].row;
        QVERIFY2(stored.seamsAfter.contains(row), qPrintable(stored.messages[i].body));
    }
}

void IntervalsTest::randomly_data()
{
    QTest::addColumn<quint32>("seed");
    const quint32 first = qEnvironmentVariable("MINGLE_SEED", QStringLiteral("1")).toUInt();
    for (quint32 seed = first; seed < first + 30; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void IntervalsTest::randomly()
{
    QFETCH(quint32, seed);
    random.seed(seed);
    grow(int(random.bounded(40)));
    beginSession();
    newestPage(1 + int(random.bounded(10)));
    for (int step = 0; step < 40; ++step) {
        const QList<Interval> all = intervals();
        switch (random.bounded(6)) {
        case 0:
            // Away, and back.
            grow(int(random.bounded(20)));
            beginSession();
            break;
        case 1:
            // Two sessions without a message between them.
            beginSession();
            break;
        case 2:
            live(1 + int(random.bounded(4)));
            break;
        case 3:
            newestPage(1 + int(random.bounded(12)));
            break;
        default:
            if (!all.isEmpty()) {
                const Interval interval = all.at(random.bounded(int(all.size())));
                if (!interval.isGap() && !interval.reachesStart)
                    olderPage(interval, 1 + int(random.bounded(12)));
            }
            break;
        }
        check();
        if (QTest::currentTestFailed()) return;
    }
    // And from whatever has come of it everything can be had.
    if (archive.isEmpty()) return;
    PageStored last = newestPage(7);
    for (int step = 0; step < 1'000 && !last.reachesStart; ++step) {
        const QList<Interval> all = intervals();
        const auto open = std::ranges::find_if(
            all, [](const Interval &interval) { return !interval.isGap() && !interval.reachesStart; });
        if (open == all.end()) break;
        last = olderPage(*open, 7);
    }
    check();
    const MessagePage stored = timeline();
    QCOMPARE(stored.messages.size(), archive.size());
    QVERIFY(stored.seamsAfter.isEmpty());
}

void IntervalsTest::nothingIsProvenByAnEmptyPage()
{
    grow(30);
    beginSession();
    newestPage(10);
    const Interval before = intervals().first();
    ArchivePage empty; // not complete, and nothing in it
    store({{profile->me, profile->room.address}, before.row, before.oldestId, 0, {}}, empty);
    QCOMPARE(intervals(), QList<Interval>{before});
    check();
}

void IntervalsTest::aPageAboveGoesBelowWhatCameSince()
{
    grow(5);
    beginSession();
    const PageStored stored = newestPage(10);
    const QString after = archive.last().archiveId;
    grow(3); // told nowhere
    const ArchivePage asked = page(archive.size(), 3);
    live(2); // while the page was on its way
    store({{profile->me, profile->room.address}, 0, {}, stored.interval, after}, asked);
    check();
    QCOMPARE(intervals().first().newestId, asked.lastId);
}

/// Many pages, for more than there is room for below the live one that has overtaken them.
void IntervalsTest::manyPagesAboveOvertakeALiveMessage()
{
    grow(5);
    beginSession();
    const PageStored stored = newestPage(10);
    const qsizetype begin = archive.size();
    grow(1'600);
    live(1);
    PageRequest request{
        {profile->me, profile->room.address}, 0, {}, stored.interval, archive[begin - 1].archiveId};
    for (qsizetype end = begin + 250; request.after != archive.last().archiveId; end += 250) {
        const qsizetype last = std::min(end, archive.size());
        request.above = store(request, page(last, int(last - (end - 250)))).interval;
        request.after = archive[last - 1].archiveId;
    }
    check();
    QCOMPARE(timeline().messages.size(), archive.size());
}

/// A session that got nothing but live messages; what was before them is put directly below the first of them.
void IntervalsTest::nothingLiesBelowTheBeginning()
{
    grow(5);
    beginSession();
    live(2);
    beginSession();
    QVERIFY(newestPage(50).reachesStart);
    check();
    QCOMPARE(intervals().size(), 1);
    QVERIFY(timeline().seamsAfter.isEmpty());
}

void IntervalsTest::aPageOfStrangeIdsJoinsNothing()
{
    grow(30);
    beginSession();
    newestPage(10);
    grow(30);
    beginSession();
    newestPage(10);
    // A server that says first and last as it likes: only messages that are there join what is stored.
    ArchivePage page = this->page(40, 5);
    page.firstId = u"id-29"_s;
    const QList<Interval> before = intervals();
    QCOMPARE(before.size(), 2);
    store({{profile->me, profile->room.address}, before.first().row, before.first().oldestId, 0, {}}, page);
    const MessagePage stored = timeline();
    QVERIFY(!stored.seamsAfter.isEmpty());
}

/// Asked for several times while the line was slow, by people who scroll and by catching up.
void IntervalsTest::aPageThatCameBeforeChangesNothing()
{
    grow(30);
    beginSession();
    newestPage(30);
    grow(40);
    beginSession();
    newestPage(10);
    const Interval interval = intervals().first();
    const PageStored met = olderPage(interval, 40);
    QVERIFY(met.metKnown);
    const MessagePage before = timeline();
    const PageStored again =
        store({{profile->me, profile->room.address}, interval.row, interval.oldestId, 0, {}},
              page(indexOf(interval.oldestId), 40));
    QVERIFY(again.outdated && again.metKnown);
    QCOMPARE(again.interval, met.interval);
    QCOMPARE(timeline().messages, before.messages);
    check();
}

/// The new message came in the middle of the old ones, and after the newest page was asked for.
void IntervalsTest::whatHasOvertakenAQueueLeavesThePagesOfIt()
{
    grow(10);
    beginSession();
    newestPage(10);
    beginSession();
    grow(101);
    for (qsizetype i = 10; i < 110; ++i) {
        if (i == 30) tell(110);
        tell(i);
    }
    PageStored stored = store({{profile->me, profile->room.address}, 0, {}, 0, {}}, page(110, 50));
    while (!stored.metKnown)
        stored = olderPage(intervals().first(), 20);
    check();
    QCOMPARE(intervals().first().newestId, archive[109].archiveId);
    // Also where there is no page: it is not older than what comes now.
    live(1);
    newestPage(5);
    check();
}

QTEST_GUILESS_MAIN(IntervalsTest)
#include "tst_intervals.moc"
