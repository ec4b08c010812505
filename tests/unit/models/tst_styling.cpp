// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/displaytext.h"
#include "models/links.h"
#include "models/styling.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// XEP-0393's own examples, links, and text made to hurt.
class TestStyling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spans_data();
    void spans();
    void blocks();
    void unclosedBlockEndsWithItsQuotation();
    void depthIsBounded();
    void manyOpeningsAreLinear();
    void anyTextIsCovered();
    void links_data();
    void links();
    void linksAreBounded();
    void displayTextKeepsPositions();
    void displayTextTakesOutOverrides();
    void marksAreBounded();
    void codePoints();
    void emoji_data();
    void emoji();
};

namespace {

/// The text with its styled runs in brackets: [b:*word*].
QString drawn(const QString &text)
{
    QString result;
    qsizetype at = 0;
    for (const StyleRun &run : parseStyling(text).runs) {
        result += text.mid(at, run.begin - at);
        QString name;
        name += run.styles.testFlag(Style::Strong) ? u"b"_s : QString();
        name += run.styles.testFlag(Style::Emphasis) ? u"i"_s : QString();
        name += run.styles.testFlag(Style::Strike) ? u"s"_s : QString();
        name += run.styles.testFlag(Style::Mono) ? u"m"_s : QString();
        name += run.styles.testFlag(Style::Directive) ? u"-"_s : QString();
        result += u'[' % name % u':' % text.mid(run.begin, run.end - run.begin) % u']';
        at = run.end;
    }
    return result + text.mid(at);
}

} // namespace

void TestStyling::spans_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto same = [](const char *name, const QString &text) { QTest::newRow(name) << text << text; };
    // XEP-0393 6.2
    same("plain", u"plain span"_s);
    QTest::newRow("strong") << u"*strong span*"_s << u"[b-:*][b:strong span][b-:*]"_s;
    QTest::newRow("emphasis") << u"plain _emphasis_ plain"_s << u"plain [i-:_][i:emphasis][i-:_] plain"_s;
    QTest::newRow("pre and strong") << u"`pre` plain *strong*"_s
                                    << u"[m-:`][m:pre][m-:`] plain [b-:*][b:strong][b-:*]"_s;
    QTest::newRow("lazy") << u"*strong*plain*"_s << u"[b-:*][b:strong][b-:*]plain*"_s;
    QTest::newRow("star alone") << u"* plain *strong*"_s << u"* plain [b-:*][b:strong][b-:*]"_s;
    same("not strong", u"not strong*"_s);
    same("unclosed", u"*not strong"_s);
    same("over lines", u"*not \n strong*"_s);
    same("two openings", u"*not *strong"_s);
    same("two stars", u"**"_s);
    same("three stars", u"***"_s);
    same("four stars", u"****"_s);
    QTest::newRow("title")
        << u"The full title is _Twelfth Night, or What You Will_ but _most_ people shorten it."_s
        << u"The full title is [i-:_][i:Twelfth Night, or What You Will][i-:_] but "
           "[i-:_][i:most][i-:_] people shorten it."_s;
    QTest::newRow("strike inside a word")
        << u"Everyone ~dis~likes cake."_s << u"Everyone [s-:~][s:dis][s-:~]likes cake."_s;
    QTest::newRow("mono keeps stars")
        << u"This is `*monospace*`"_s << u"This is [m-:`][m:*monospace*][m-:`]"_s;
    QTest::newRow("mono in strong") << u"This is *`monospace and bold`*"_s
                                    << u"This is [b-:*][bm-:`][bm:monospace and bold][bm-:`][b-:*]"_s;
    // more of the same kind
    QTest::newRow("nested") << u"*a _b_ c*"_s << u"[b-:*][b:a ][bi-:_][bi:b][bi-:_][b: c][b-:*]"_s;
    same("crossed children stay in their parent", u"x_y*z"_s);
    QTest::newRow("crossed") << u"*_ab*_"_s << u"[b-:*][b:_ab][b-:*]_"_s;
    same("space before the end", u"*word *"_s);
    same("inside a word", u"snake_case_name and 2*3*4"_s);
    QTest::newRow("other spaces count") << u"\u00a0*b*"_s << u"\u00a0[b-:*][b:b][b-:*]"_s;
    QTest::newRow("beyond the basic plane") << u"😀 *😀*"_s << u"😀 [b-:*][b:😀][b-:*]"_s;
    QTest::newRow("right to left") << u"*שלום* עולם"_s << u"[b-:*][b:שלום][b-:*] עולם"_s;
    same("empty", QString());
}

void TestStyling::spans()
{
    QFETCH(QString, text);
    QTEST(drawn(text), "expected");
}

void TestStyling::blocks()
{
    const QString text = u"```ignored\n(println \"*Hello*\")\n```\n\n>> That that is, is.\n> *Said*\nWho?"_s;
    const StyledText styled = parseStyling(text);
    QCOMPARE(styled.lines.size(), 7);
    QVERIFY(styled.lines.at(0).fence && styled.lines.at(0).preformatted);
    QVERIFY(styled.lines.at(1).preformatted && !styled.lines.at(1).fence);
    QVERIFY(styled.lines.at(2).fence);
    QVERIFY(!styled.lines.at(3).preformatted);
    QCOMPARE(styled.lines.at(4).quoteDepth, 2);
    QCOMPARE(text.mid(styled.lines.at(4).content, styled.lines.at(4).end - styled.lines.at(4).content),
             u"That that is, is."_s);
    QCOMPARE(styled.lines.at(5).quoteDepth, 1);
    QCOMPARE(styled.lines.at(6).quoteDepth, 0);
    // Nothing in the preformatted block is styled, the quotation is.
    QCOMPARE(styled.runs.size(), 3);
    QCOMPARE(text.mid(styled.runs.at(1).begin, 4), u"Said"_s);
}

void TestStyling::unclosedBlockEndsWithItsQuotation()
{
    const StyledText styled = parseStyling(u"> ```\n> (println \"Hello, world!\")\n\nplain"_s);
    QCOMPARE(styled.lines.size(), 4);
    QVERIFY(styled.lines.at(1).preformatted);
    QCOMPARE(styled.lines.at(1).quoteDepth, 1);
    QVERIFY(!styled.lines.at(2).preformatted);
    QVERIFY(!styled.lines.at(3).preformatted);
    // To the end of the message otherwise.
    const StyledText open = parseStyling(u"```\na\n``` b\n> c"_s);
    QVERIFY(std::all_of(open.lines.begin(), open.lines.end(),
                        [](const StyledLine &line) { return line.preformatted; }));
    QVERIFY(!open.lines.at(2).fence);
}

void TestStyling::depthIsBounded()
{
    const StyledText styled = parseStyling(QString(100'000, u'>'));
    QCOMPARE(styled.lines.size(), 1);
    QCOMPARE(styled.lines.constFirst().quoteDepth, maxQuoteDepth);
}

void TestStyling::manyOpeningsAreLinear()
{
    // Quadratic work on these would take minutes, and the test would be ended.
    QVERIFY(parseStyling(u"*a "_s.repeated(100'000)).runs.isEmpty());
    QVERIFY(parseStyling(u"*a _b ~c `d "_s.repeated(30'000)).runs.isEmpty());
    QCOMPARE(parseStyling(u"*a* "_s.repeated(20'000)).runs.size(), maxStyleRuns);
    QVERIFY(findLinks(u"http://"_s.repeated(50'000)).size() <= maxLinks);
    QVERIFY(findLinks(QString(300'000, u':')).isEmpty());
    QVERIFY(findLinks(QString(u"https://a.b/"_s + QString(300'000, u')'))).size() <= 1);
}

void TestStyling::anyTextIsCovered()
{
    QRandomGenerator random(4711);
    const QString letters = u"**__~~``>>  \n\nab\u202e\u0301\U0001F600שa:/http"_s;
    for (int round = 0; round < 1000; ++round) {
        QString text;
        const int length = random.bounded(120);
        for (int i = 0; i < length; ++i) {
            // Also tears surrogate pairs.
            text += letters.at(random.bounded(letters.size()));
        }
        const StyledText styled = parseStyling(text);
        qsizetype at = 0;
        for (const StyledLine &line : styled.lines) {
            QCOMPARE(line.begin, at);
            QVERIFY(line.begin <= line.content && line.content <= line.end);
            at = line.end + 1;
        }
        QCOMPARE(at, text.size() + 1);
        at = 0;
        for (const StyleRun &run : styled.runs) {
            QVERIFY(run.begin >= at && run.end > run.begin && run.end <= text.size());
            QVERIFY(!text.mid(run.begin, run.end - run.begin).contains(u'\n'));
            at = run.end;
        }
        at = 0;
        for (const Link &link : findLinks(text)) {
            QVERIFY(link.begin >= at && link.end > link.begin && link.end <= text.size());
            at = link.end;
        }
        QCOMPARE(displayText(text).size(), text.size());
        emojiOnly(text);
    }
}

void TestStyling::links_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char *name, const QString &text, const QStringList &found) {
        QTest::newRow(name) << text << found;
    };
    row("plain", u"see https://example.org/a?b=c#d now"_s, {u"https://example.org/a?b=c#d"_s});
    row("end of sentence", u"Read http://example.org/x."_s, {u"http://example.org/x"_s});
    row("in brackets", u"(https://example.org/wiki/Qt_(software))"_s,
        {u"https://example.org/wiki/Qt_(software)"_s});
    row("angle brackets", u"<https://example.org>, ok"_s, {u"https://example.org"_s});
    row("capitals", u"HTTPS://EXAMPLE.ORG"_s, {u"HTTPS://EXAMPLE.ORG"_s});
    row("mail and chat", u"mailto:a@b.test xmpp:room@c.test?join"_s,
        {u"mailto:a@b.test"_s, u"xmpp:room@c.test?join"_s});
    row("two in a row", u"https://a.test/ https://b.test/"_s, {u"https://a.test/"_s, u"https://b.test/"_s});
    row("styled", u"*https://a.test*"_s, {u"https://a.test"_s});
    row("no host", u"https:// http://?x"_s, {});
    row("other schemes",
        u"file:///etc/passwd ftp://a.test javascript:alert(1) aesgcm://a.test smb://a.test"_s, {});
    row("no scheme", u"www.example.org example.org"_s, {});
    row("inside a word", u"xhttps://a.test"_s, {});
    row("bidi override ends it", u"https://a.test/\u202egro.live"_s, {u"https://a.test/"_s});
    row("markup stays out", u"<a href=\"https://a.test/\">x</a>"_s, {u"https://a.test/"_s});
}

void TestStyling::links()
{
    QFETCH(QString, text);
    QStringList found;
    for (const Link &link : findLinks(text)) {
        found.append(text.mid(link.begin, link.end - link.begin));
    }
    QTEST(found, "found");
}

void TestStyling::linksAreBounded()
{
    QVERIFY(findLinks(QString(u"https://a.test/"_s + QString(5000, u'x'))).isEmpty());
    QCOMPARE(findLinks(u"https://a.test/ "_s.repeated(5000)).size(), maxLinks);
    // A look-alike host shows what it is.
    const QList<Link> links = findLinks(u"https://\u0440ayp\u0430l.test/"_s);
    QCOMPARE(links.size(), 1);
    QVERIFY(linkTarget(links.constFirst().target).startsWith(u"https://xn--"_s));
}

void TestStyling::displayTextKeepsPositions()
{
    QCOMPARE(displayText(u"a\r\nb\rc\u2028d"_s), u"a\u2060\nb\nc\nd"_s);
    QCOMPARE(displayText(u"a\tb😀"_s), u"a\tb😀"_s);
    QCOMPARE(displayText(QString(QChar(0xd83d))), QString(QChar(QChar::ReplacementCharacter)));
}

void TestStyling::displayTextTakesOutOverrides()
{
    QCOMPARE(displayText(u"a\u202eb\u202dc\u0007d\u0000e"_s), u"a\u2060b\u2060c\u2060d\u2060e"_s);
    QVERIFY(displayText(u"\u2067\u05d0\u2069"_s).contains(u'\u2067')); // isolates are honest
}

void TestStyling::marksAreBounded()
{
    const QString zalgo = u"a"_s + QString(10'000, u'\u0301') + u"b"_s;
    const QString shown = displayText(zalgo);
    QCOMPARE(shown.size(), zalgo.size());
    QCOMPARE(shown.count(u'\u0301'), 6);
    QCOMPARE(shown.back(), u'b');
}

void TestStyling::codePoints()
{
    const QString text = u"a😀b"_s;
    QCOMPARE(utf16Position(text, 0), 0);
    QCOMPARE(utf16Position(text, 2), 3);
    QCOMPARE(utf16Position(text, 3), 4);
    QCOMPARE(utf16Position(text, 4), -1);
    QCOMPARE(utf16Position(text, -1), -1);
    QCOMPARE(utf16Position(text, std::numeric_limits<int>::max()), -1);
}

void TestStyling::emoji_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::newRow("one") << u"😀"_s << 1;
    QTest::newRow("with spaces") << u" 🎉 🎉\n"_s << 2;
    QTest::newRow("family") << u"👩‍👩‍👧‍👦"_s << 1;
    QTest::newRow("skin") << u"👍🏽"_s << 1;
    QTest::newRow("flags") << u"🇳🇱🇮🇱"_s << 2;
    QTest::newRow("heart") << u"❤️"_s << 1;
    QTest::newRow("text") << u"ok 👍"_s << 0;
    QTest::newRow("digits") << u"123"_s << 0;
    QTest::newRow("many") << u"😀"_s.repeated(50) << 0;
    QTest::newRow("nothing") << QString() << 0;
}

void TestStyling::emoji()
{
    QFETCH(QString, text);
    QTEST(emojiOnly(text), "count");
}

QTEST_APPLESS_MAIN(TestStyling)
#include "tst_styling.moc"
