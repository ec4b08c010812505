// SPDX-License-Identifier: GPL-3.0-or-later
#include "historyfake.h"
#include "models/searchmodel.h"
#include "models/searchsnippet.h"
#include "searchfake.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;
using State = SearchModel::State;

class TestSearchModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void asksOnceForAWord();
    void dropsStaleAnswers();
    void keepsShowingUntilTheAnswer();
    void loadsMore();
    void asksAnewForAnotherPlaceOrOrder();
    void saysWhatHappened();
    void losesWhatIsTakenBack();
    void snippets_data();
    void snippets();

private:
    static SearchPage page(const QList<qint64> &rows, const QByteArray &next = {});
    void ask(const QString &text, const SearchPage &answer);
    QList<qint64> rows() const;

    std::unique_ptr<SearchFake> m_search;
    std::unique_ptr<ChangeFeed> m_feed;
    std::unique_ptr<SearchModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSearchModel::init()
{
    m_search = std::make_unique<SearchFake>();
    m_feed = std::make_unique<ChangeFeed>();
    m_model = std::make_unique<SearchModel>(*m_search, *m_feed);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestSearchModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

SearchPage TestSearchModel::page(const QList<qint64> &rows, const QByteArray &next)
{
    SearchPage page;
    for (const qint64 row : rows)
        page.hits.append({message(row, u"the river %1"_s.arg(row)), {{4, 5}}});
    page.next = next;
    return page;
}

void TestSearchModel::ask(const QString &text, const SearchPage &answer)
{
    const size_t before = m_search->asked.size();
    m_model->setText(text);
    QTRY_COMPARE(m_search->asked.size(), before + 1);
    QSignalSpy changed(m_model.get(), &SearchModel::stateChanged);
    m_search->asked.back().answer(answer);
    QTRY_VERIFY(!changed.isEmpty());
}

QList<qint64> TestSearchModel::rows() const
{
    QList<qint64> result;
    for (int i = 0; i < m_model->rowCount(); ++i)
        result.append(m_model->index(i).data(SearchModel::RowRole).toLongLong());
    return result;
}

void TestSearchModel::asksOnceForAWord()
{
    QCOMPARE(m_model->state(), State::Idle);
    for (const QString &text : {u"r"_s, u"ri"_s, u"riv"_s, u"rive"_s, u"river"_s})
        m_model->setText(text);
    QCOMPARE(m_model->state(), State::Searching);
    QTRY_COMPARE(m_search->asked.size(), size_t(1));
    QCOMPARE(m_search->asked.at(0).query, parseSearch(u"river"_s));
    QVERIFY(m_search->asked.at(0).chat.isEmpty());
    m_search->asked.at(0).answer(page({3, 2, 1}));
    QTRY_COMPARE(m_model->state(), State::Found);
    QCOMPARE(rows(), (QList<qint64>{3, 2, 1}));
    m_model->setText(u"river "_s); // means the same
    QTest::qWait(80);
    QCOMPARE(m_search->asked.size(), size_t(1));
}

void TestSearchModel::dropsStaleAnswers()
{
    m_model->setText(u"river"_s);
    QTRY_COMPARE(m_search->asked.size(), size_t(1));
    m_model->setText(u"weir"_s);
    QVERIFY(m_search->asked.at(0).isCancelled());
    QTRY_COMPARE(m_search->asked.size(), size_t(2));
    m_search->asked.at(1).answer(page({7}));
    m_search->asked.at(0).answer(page({1, 2})); // too late
    QTRY_COMPARE(m_model->state(), State::Found);
    QTest::qWait(30);
    QCOMPARE(rows(), (QList<qint64>{7}));
    // Nothing to look for: what is under way must not come back.
    m_model->setText(u"gauge"_s);
    QTRY_COMPARE(m_search->asked.size(), size_t(3));
    m_model->setText({});
    QCOMPARE(m_model->state(), State::Idle);
    QCOMPARE(m_model->rowCount(), 0);
    m_search->asked.at(2).answer(page({9}));
    QTest::qWait(30);
    QCOMPARE(m_model->rowCount(), 0);
    // Nor does a search go on for a window that is gone.
    m_model->setText(u"lock"_s);
    QTRY_COMPARE(m_search->asked.size(), size_t(4));
    m_tester.reset();
    m_model.reset();
    QVERIFY(m_search->asked.at(3).isCancelled());
}

void TestSearchModel::keepsShowingUntilTheAnswer()
{
    ask(u"riv"_s, page({3, 2}));
    m_model->setText(u"river"_s);
    QTRY_COMPARE(m_search->asked.size(), size_t(2));
    QCOMPARE(m_model->state(), State::Found);
    QCOMPARE(rows(), (QList<qint64>{3, 2}));
    m_search->asked.at(1).answer(page({2}));
    QTRY_COMPARE(rows(), (QList<qint64>{2}));
}

void TestSearchModel::loadsMore()
{
    ask(u"river"_s, page({9, 8, 7}, "next"));
    QVERIFY(m_model->canFetchMore({}));
    m_model->fetchMore({});
    m_model->fetchMore({}); // one is enough
    QCOMPARE(m_search->asked.size(), size_t(2));
    QCOMPARE(m_search->asked.at(1).from, QByteArray("next"));
    m_search->asked.at(1).answer(page({7, 6}, "third"));
    QTRY_COMPARE(rows(), (QList<qint64>{9, 8, 7, 6})); // none of them twice
    m_model->fetchMore({});
    QCOMPARE(m_search->asked.at(2).from, QByteArray("third"));
    m_search->asked.at(2).answer(page({5}));
    QTRY_COMPARE(rows(), (QList<qint64>{9, 8, 7, 6, 5}));
    QVERIFY(!m_model->canFetchMore({}));
    // More of what is no longer wanted is dropped.
    ask(u"weir"_s, page({5}, "next"));
    m_model->fetchMore({});
    m_model->setText(u"gauge"_s);
    m_search->asked.at(4).answer(page({4}));
    QTest::qWait(20);
    QCOMPARE(rows(), (QList<qint64>{5}));
}

void TestSearchModel::asksAnewForAnotherPlaceOrOrder()
{
    ask(u"river"_s, page({3}));
    m_model->setChat(room());
    QTRY_COMPARE(m_search->asked.size(), size_t(2));
    QCOMPARE(m_search->asked.at(1).chat, room());
    m_model->setOrder(SearchOrder::Best);
    QVERIFY(m_search->asked.at(1).isCancelled());
    QTRY_COMPARE(m_search->asked.size(), size_t(3));
    QCOMPARE(m_search->asked.at(2).order, SearchOrder::Best);
}

void TestSearchModel::saysWhatHappened()
{
    ask(u"river"_s, page({}));
    QCOMPARE(m_model->state(), State::Nothing);
    m_model->setText(u"weir"_s);
    QTRY_COMPARE(m_search->asked.size(), size_t(2));
    m_search->asked.at(1).answer(Error{Error::Kind::Storage, {}, u"disk"_s});
    QTRY_COMPARE(m_model->state(), State::Failed);
    QCOMPARE(m_model->error().text, u"disk"_s);
    m_model->setText(u"weir "_s); // typing on tries again
    QTRY_COMPARE(m_search->asked.size(), size_t(3));
    // What was found for other words does not stand under the error.
    m_search->asked.at(2).answer(page({3}));
    QTRY_COMPARE(m_model->rowCount(), 1);
    m_model->setText(u"gauge"_s);
    QTRY_COMPARE(m_search->asked.size(), size_t(4));
    m_search->asked.at(3).answer(Error{Error::Kind::Storage, {}, u"disk"_s});
    QTRY_COMPARE(m_model->state(), State::Failed);
    QCOMPARE(m_model->rowCount(), 0);
}

void TestSearchModel::losesWhatIsTakenBack()
{
    ask(u"river"_s, page({3, 2, 1}));
    Message gone = message(2, {});
    gone.retracted = true;
    Q_EMIT m_feed->changed({MessageChanged{gone}, MessageRemoved{room(), 3}});
    QCOMPARE(rows(), (QList<qint64>{1}));
    Q_EMIT m_feed->changed({ChatRemoved{room()}});
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->state(), State::Nothing);
}

void TestSearchModel::snippets_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("text");
    QTest::newRow("short") << u"the river rises"_s << u"river"_s << u"the river rises"_s;
    QTest::newRow("lines") << u"the\nriver\trises"_s << u"river"_s << u"the river rises"_s;
    QTest::newRow("far away") << QString(u"x "_s.repeated(50) + u"river"_s) << u"river"_s
                              << QString(u"…"_s + u"x "_s.repeated(14) + u"river"_s);
    QTest::newRow("bidi override") << u"\u202eriver"_s << u"river"_s << u"\u2060river"_s;
    QTest::newRow("long") << QString(u"river "_s + u"y"_s.repeated(1000)) << u"river"_s
                          << QString(u"river "_s + u"y"_s.repeated(254) + u"…"_s);
}

void TestSearchModel::snippets()
{
    QFETCH(QString, body);
    QFETCH(QString, word);
    const SearchSnippet snippet = snippetOf(body, {{body.indexOf(word), word.size()}, {body.size(), 7}});
    QTEST(snippet.text, "text");
    QCOMPARE(snippet.marks.size(), 1);
    QCOMPARE(snippet.text.mid(snippet.marks.at(0).first, snippet.marks.at(0).second), word);
}

QTEST_GUILESS_MAIN(TestSearchModel)
#include "tst_searchmodel.moc"
