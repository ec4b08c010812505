// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search.h"
#include "core/termmatcher.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
QStringList terms(const SearchQuery &query)
{
    QStringList list;
    for (const SearchQuery::Term &term : query.terms)
        list.append(term.phrase ? QString(u'"' % term.text % u'"') : term.text);
    return list;
}

/// The body with [brackets] where marks are.
QString marked(const QString &body, const QString &query)
{
    QList<TermMatcher> matchers;
    for (const SearchQuery::Term &term : parseSearch(query).terms)
        matchers.append(TermMatcher(term));
    QString text = body;
    const auto marks = marksOf(body, matchers);
    for (qsizetype i = marks.size(); i-- > 0;) {
        text.insert(marks.at(i).first + marks.at(i).second, u']');
        text.insert(marks.at(i).first, u'[');
    }
    return text;
}
} // namespace

class SearchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void folds_data()
    {
        QTest::addColumn<QString>("original");
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << u""_s << u""_s;
        QTest::newRow("punctuation") << u"  Hello, World!  (x)"_s << u"hello world x"_s;
        QTest::newRow("apostrophe") << u"don't"_s << u"don t"_s;
        QTest::newRow("sharp s") << u"Stra\u00dfe STRA\u1e9eE"_s << u"strasse strasse"_s;
        QTest::newRow("ligature") << u"\ufb01nd o\ufb03ce"_s << u"find office"_s;
        QTest::newRow("accents") << u"\u00c9l\u00e8ve na\u00efve"_s << u"eleve naive"_s;
        QTest::newRow("combining") << u"e\u0301le\u0300ve"_s << u"eleve"_s;
        QTest::newRow("zalgo") << u"a\u0300\u0301\u0302\u0316\u0317b"_s << u"ab"_s;
        QTest::newRow("stroke") << u"\u0141\u00f3d\u017a Malm\u00f8"_s << u"lodz malmo"_s;
        QTest::newRow("Turkish") << u"\u0130stanbul \u0131l\u0131k"_s << u"istanbul ilik"_s;
        QTest::newRow("Greek final sigma")
            << u"\u039f\u03a3 \u03bf\u03c2"_s << u"\u03bf\u03c3 \u03bf\u03c3"_s;
        QTest::newRow("Cyrillic") << u"\u0419\u041e\u0414 \u0451\u043b\u043a\u0430"_s
                                  << u"\u0438\u043e\u0434 \u0435\u043b\u043a\u0430"_s;
        QTest::newRow("full width") << u"\uff31\uff54\uff16"_s << u"qt6"_s;
        QTest::newRow("circled") << u"\u2460"_s << u"1"_s;
        QTest::newRow("soft hyphen") << u"co\u00adope\u200drate"_s << u"cooperate"_s;
        QTest::newRow("Hebrew points")
            << u"\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd"_s << u"\u05e9\u05dc\u05d5\u05dd"_s;
        QTest::newRow("Arabic vowels")
            << u"\u0645\u064e\u0631\u062d\u0628\u0627"_s << u"\u0645\u0631\u062d\u0628\u0627"_s;
        QTest::newRow("Han beside Latin") << u"\u7528Qt\u5199"_s << u"\u7528 qt \u5199"_s;
        QTest::newRow("kana voicing stays") << u"\u304c \u304b\u3099"_s << u"\u304c \u304c"_s;
        QTest::newRow("half width kana") << u"\uff76\uff9e"_s << u"\u30ac"_s;
        QTest::newRow("Thai vowels stay, tones go")
            << u"\u0e01\u0e34\u0e48\u0e07"_s << u"\u0e01\u0e34\u0e07"_s;
        QTest::newRow("Hindi vowels stay")
            << u"\u0939\u093f\u0928\u094d\u0926\u0940"_s << u"\u0939\u093f\u0928\u094d\u0926\u0940"_s;
        QTest::newRow("Hangul of parts") << u"\u1112\u1161\u11ab"_s << u"\ud55c"_s;
        QTest::newRow("Hangul") << u"\ud55c\uad6d"_s << u"\ud55c\uad6d"_s;
        QTest::newRow("emoji") << u"ok\U0001f44d\U0001f3fd!\u2764\ufe0f"_s << u"ok \U0001f44d \u2764"_s;
        QTest::newRow("lone surrogates")
            << QString(u"a"_s % QChar(0xd800) % u"b"_s % QChar(0xdc00)) << u"a b"_s;
    }
    void folds()
    {
        QFETCH(const QString, original);
        QFETCH(const QString, text);
        QCOMPARE(folded(original), text);
        const FoldedText with = FoldedText::of(original, true); // the same on the slow way
        QCOMPARE(with.text, text);
        QCOMPARE(with.begins.size(), text.size());
        QCOMPARE(with.ends.size(), text.size());
    }

    void parses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("words") << u"Hello  world"_s << QStringList{u"hello"_s, u"world"_s};
        QTest::newRow("phrase") << u"\"Hello, world\""_s << QStringList{u"\"hello world\""_s};
        QTest::newRow("phrase being typed") << u"\"hello wor"_s << QStringList{u"hello wor"_s};
        QTest::newRow("typographic quotes")
            << u"\u201chello world\u201d"_s << QStringList{u"\"hello world\""_s};
        QTest::newRow("phrase beside a word") << u"a\"b c\"d"_s << QStringList{u"a"_s, u"\"b c\""_s, u"d"_s};
        QTest::newRow("inner punctuation")
            << u"well-known example.org"_s << QStringList{u"well known"_s, u"example org"_s};
        QTest::newRow("FTS5's own signs")
            << u"( * - ^ AND col:x NEAR(a b)"_s << QStringList{u"and"_s, u"col x"_s, u"near a"_s, u"b"_s};
        QTest::newRow("twice") << u"a A \u00e1"_s << QStringList{u"a"_s};
        QTest::newRow("no condition")
            << u"has:cake before:noon after:2025-13-40 mentions:you from: http://a.b"_s
            << QStringList{u"has cake"_s,     u"before noon"_s, u"after 2025 13 40"_s,
                           u"mentions you"_s, u"from"_s,        u"http a b"_s};
        QTest::newRow("nothing") << u" \" \"\" ... "_s << QStringList{};
    }
    void parses()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, expected);
        const SearchQuery query = parseSearch(text);
        QCOMPARE(terms(query), expected);
        SearchQuery only;
        only.terms = query.terms;
        QCOMPARE(query, only);
        QCOMPARE(query.isEmpty(), expected.isEmpty());
    }

    void conditions()
    {
        SearchQuery query =
            parseSearch(u"FROM:Ada from:\"Grace H.\" in:#design has:link HAS:file mentions:me x"_s);
        QCOMPARE(query.from, QStringList({u"ada"_s, u"grace h"_s}));
        QCOMPARE(query.in, QStringList{u"design"_s});
        QVERIFY(query.hasLink && query.hasFile && query.mentionsMe);
        QCOMPARE(terms(query), QStringList{u"x"_s});

        query = parseSearch(u"after:2025-03 before:2026-01-31"_s);
        QCOMPARE(query.after, QDate(2025, 3, 1));
        QCOMPARE(query.before, QDate(2026, 1, 31));
        query = parseSearch(u"after:2025 after:2024-05 before:2027 before:2026"_s); // all must hold
        QCOMPARE(query.after, QDate(2025, 1, 1));
        QCOMPARE(query.before, QDate(2026, 1, 1));
        QVERIFY(!parseSearch(u"has:link"_s).isEmpty());
    }

    void isBounded()
    {
        const SearchQuery query = parseSearch(u"abc1 abc2 from:x \"q\" "_s.repeated(100'000));
        QVERIFY(query.terms.size() <= 16);
        QString many;
        for (int i = 0; i < 5'000; ++i)
            many += QString::number(i) + u" from:a" + QString::number(i) + u' ';
        QVERIFY(parseSearch(many).terms.size() <= 16);
        QVERIFY(parseSearch(many).from.size() <= 16);
        QVERIFY(parseSearch(QString(1'000'000, u'a')).terms.first().text.size() <= 100);
    }

    // Whatever is typed: it ends, and says only what can be looked for.
    void anythingIsLegal()
    {
        const QStringList pieces{u"\""_s,
                                 u"from:"_s,
                                 u"in:"_s,
                                 u"before:"_s,
                                 u"after:2025"_s,
                                 u"has:"_s,
                                 u"link"_s,
                                 u" "_s,
                                 u"*"_s,
                                 u"("_s,
                                 u":"_s,
                                 u"-"_s,
                                 u"\u0301"_s,
                                 u"\u6771"_s,
                                 u"\U0001f44d"_s,
                                 QString(QChar(0xd83d)),
                                 QString(QChar(0)),
                                 u"AND"_s,
                                 u"a"_s,
                                 u"\u200d"_s,
                                 u"'"_s,
                                 u"\\"_s,
                                 u"\ufb01"_s,
                                 u"\n"_s};
        QRandomGenerator random(5);
        for (int i = 0; i < 20'000; ++i) {
            QString text;
            for (int n = random.bounded(12); n > 0; --n)
                text += random.bounded(5) ? pieces.at(random.bounded(int(pieces.size())))
                                          : QString(QChar(char16_t(random.bounded(0x10000))));
            const SearchQuery query = parseSearch(text);
            for (const SearchQuery::Term &term : query.terms) {
                QVERIFY(!term.text.isEmpty() && !term.text.contains(u'"')
                        && term.text == term.text.simplified());
                (void)marked(text, text);
            }
        }
    }

    void marks_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("text"); // with the marks
        const auto row = [](const char *name, const QString &query, const QString &text) {
            QTest::newRow(name) << query << text;
        };
        row("words", u"the fox"_s, u"[The] quick [fox]."_s);
        row("beginning", u"qu"_s, u"The [qu]ick antique."_s);
        row("inside from three letters on", u"uic"_s, u"The q[uic]k j[uic]e"_s);
        row("two letters only at the beginning", u"ui"_s, u"quick [ui]"_s);
        row("phrase", u"\"quick fox\""_s, u"a [quick, fox] and a quick foxy"_s);
        row("phrase of one word", u"\"fox\""_s, u"[fox] foxes"_s);
        row("phrase being typed", u"\"quick fo"_s, u"a [quick, fo]x"_s);
        row("combining accent", u"eleve"_s, u"un [e\u0301le\u0300ve] ici"_s);
        row("accent at the end", u"caf"_s, u"[caf]e\u0301"_s);
        row("accent within the mark", u"cafe"_s, u"[cafe\u0301] x"_s);
        row("sharp s", u"strasse"_s, u"in der [Stra\u00dfe]!"_s);
        row("half a sharp s", u"stras"_s, u"[Stra\u00df]e"_s);
        row("ligature", u"find"_s, u"[\ufb01nd]"_s);
        row("Han", u"\u6771\u4eac"_s, u"\u5728[\u6771\u4eac]\u90fd"_s);
        row("one Han", u"\u4eac"_s, u"\u5728\u6771[\u4eac]\u90fd"_s);
        row("Han as a phrase", u"\"\u6771\u4eac\""_s, u"\u5728[\u6771\u4eac]\u90fd"_s);
        row("Han and Latin", u"\u7528qt"_s, u"\u6211[\u7528Qt]6"_s);
        row("emoji", u"\U0001f44d"_s, u"ok [\U0001f44d\U0001f3fd] ok"_s);
        row("after emoji", u"ok"_s, u"\U0001f600\U0001f600 [ok]"_s);
        row("right to left", u"\u05e9\u05dc\u05d5\u05dd"_s,
            u"\u05d0 [\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd] \u05d1"_s);
        row("overlapping", u"abcd bcde"_s, u"x[abcde]"_s);
        row("again and again", u"aaa"_s, u"[aaa][aaa]a"_s);
        row("nothing", u"zebra"_s, u"The quick fox"_s);
    }
    void marks()
    {
        QFETCH(const QString, query);
        QFETCH(const QString, text);
        QString body = text;
        QCOMPARE(marked(body.remove(u'[').remove(u']'), query), text);
    }

    void fits()
    {
        const TermMatcher matcher({u"cat"_s, false});
        QCOMPARE(int(matcher.best(u"concat cats"_s).fit), int(TermMatcher::Fit::Begins));
        QCOMPARE(int(matcher.best(u"concat cats cat"_s).fit), int(TermMatcher::Fit::Whole));
        QCOMPARE(int(matcher.best(u"concat"_s).fit), int(TermMatcher::Fit::Inside));
        QVERIFY(!matcher.best(u"dog"_s));
    }

    void links()
    {
        QVERIFY(hasLink(u"see https://example.org/a and"_s));
        QVERIFY(hasLink(u"HTTP://x"_s));
        QVERIFY(!hasLink(u"https:// is how it begins"_s));
        QVERIFY(!hasLink(u"no link"_s));
        QVERIFY(isFileLink(u"https://share.test/u/1/photo.jpg"_s));
        QVERIFY(isFileLink(u" aesgcm://share.test/u/1/a.b.tar#0123456789abcdef\n"_s));
        QVERIFY(isFileLink(u"https://share.test/photo.jpg?x=y"_s));
        for (const QString &text :
             {u"https://share.test"_s, u"https://share.test/"_s, u"https://share.test/page"_s,
              u"look: https://share.test/photo.jpg"_s, u"https://share.test/photo.jpg nice"_s, u"photo.jpg"_s,
              u"https://share.test/.hidden"_s, u"https://share.test/a.b/c"_s, u""_s})
            QVERIFY2(!isFileLink(text), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(SearchTest)
#include "tst_search.moc"
