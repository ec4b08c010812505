// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hueAngles_data();
    void hueAngles();
    void contrastHolds_data();
    void contrastHolds();
    void peopleAreLegible();
    void onePersonHasOneColour();
    void fontsScale();
    void letters_data();
    void letters();
    void singleLines();
    void avatarStaysInside();
};

namespace {

QPalette paletteOf(const QColor &base, const QColor &text, const QColor &highlight)
{
    QPalette palette;
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Window, mixed(base, text, 0.06));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

QList<QPalette> palettes()
{
    return {QPalette(), paletteOf(Qt::white, Qt::black, QColor(0x308cc6)),
            paletteOf(QColor(0x17181b), QColor(0xe6e6e6), QColor(0x3d7be0)),
            paletteOf(QColor(0xfdf6e3), QColor(0x657b83), QColor(0xb58900)),
            paletteOf(Qt::black, Qt::yellow, Qt::cyan)};
}

} // namespace

// XEP-0392 13.1
void TestTheme::hueAngles_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<double>("angle");
    QTest::newRow("Romeo") << u"Romeo"_s << 327.255249;
    QTest::newRow("juliet@capulet.lit") << u"juliet@capulet.lit"_s << 209.410400;
    QTest::newRow("emoji") << u"😺"_s << 331.199341;
    QTest::newRow("council") << u"council"_s << 359.994507;
    QTest::newRow("Board") << u"Board"_s << 171.430664;
}

void TestTheme::hueAngles()
{
    QFETCH(QString, key);
    QFETCH(double, angle);
    QVERIFY(std::abs(hueAngle(key) - angle) < 1e-5);
}

void TestTheme::contrastHolds_data()
{
    QTest::addColumn<QPalette>("palette");
    int n = 0;
    for (const QPalette &palette : palettes()) {
        QTest::addRow("palette %d", n++) << palette;
    }
}

void TestTheme::contrastHolds()
{
    QFETCH(QPalette, palette);
    const Theme theme(palette);
    for (const QColor &background : {theme.base, theme.window, theme.hover, theme.mention, theme.bubble}) {
        for (const QColor &text :
             {theme.text, theme.muted, theme.link, theme.danger, theme.success, theme.warning}) {
            const QString what =
                u"%1 on %2: %3"_s.arg(text.name(), background.name()).arg(contrast(text, background));
            QVERIFY2(contrast(text, background) >= 4.4, qPrintable(what)); // 4.5, but for rounding
        }
    }
    QVERIFY(contrast(theme.onAccent, theme.accent) >= 4.4);
    QVERIFY(contrast(theme.onSelection, theme.selection) >= 4.4);
    QVERIFY(contrast(theme.onFound, theme.found) >= 4.4);
}

void TestTheme::peopleAreLegible()
{
    for (const QPalette &palette : palettes()) {
        const Theme theme(palette);
        for (int i = 0; i < 200; ++i) {
            const QString key = u"person-%1"_s.arg(i);
            QVERIFY(contrast(personFill(key), Qt::white) >= 4.4);
            QVERIFY(contrast(personColor(key, palette), theme.base) >= 4.4);
            QVERIFY(contrast(personColor(key, palette), theme.window) >= 4.4);
        }
    }
    QCOMPARE(personColor(u"ada", QPalette()), personColor(u"ada", QPalette()));
}

/// The timeline knows participant keys, the members panel and the room list addresses.
void TestTheme::onePersonHasOneColour()
{
    const Jid ada = Jid::trusted(QStringLiteral("ada@example.org/phone"));
    QCOMPARE(colourKey(ada, QStringLiteral("key"), QStringLiteral("Ada")), QStringLiteral("ada@example.org"));
    QCOMPARE(colourKey({}, QStringLiteral("key"), QStringLiteral("Ada")), QStringLiteral("Ada"));
    QCOMPARE(colourKey({}, QStringLiteral("key"), {}), QStringLiteral("key"));
}

void TestTheme::fontsScale()
{
    QFont points;
    points.setPointSizeF(10);
    QFont twice;
    twice.setPointSizeF(20);
    QFont pixels;
    pixels.setPixelSize(30);
    QVERIFY(space(twice, 4) > space(points, 4) * 3 / 2);
    QVERIFY(sized(points, TextSize::Small).pointSizeF() < 10);
    QVERIFY(sized(pixels, TextSize::Title).pixelSize() > 30);
    QCOMPARE(sized(points, TextSize::Normal, QFont::Bold).weight(), QFont::Bold);
}

void TestTheme::letters_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("letter");
    QTest::newRow("latin") << u"ada"_s << u"A"_s;
    QTest::newRow("spaces") << u"  grace hopper"_s << u"G"_s;
    QTest::newRow("room") << u"#design"_s << u"D"_s;
    QTest::newRow("only marks") << u"#!"_s << u"#"_s;
    QTest::newRow("emoji") << u"👩‍💻 dev"_s << u"👩‍💻"_s;
    QTest::newRow("accent apart") << u"e\u0301lan"_s << u"E\u0301"_s;
    QTest::newRow("hebrew") << u"יעל"_s << u"י"_s;
    QTest::newRow("bidi control") << u"\u202eada"_s << u"A"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("invisible") << u"\u200b\u2060\u202e"_s << QString();
}

void TestTheme::letters()
{
    QFETCH(QString, name);
    QTEST(avatarLetter(name), "letter");
}

void TestTheme::singleLines()
{
    QCOMPARE(singleLine(u" a\n\tb\u202e c\u0007 "_s), u"a b c"_s);
    QVERIFY(singleLine(QString(100'000, u'x')).size() <= 120);
    const QString zalgo = singleLine(u"a"_s + QString(5000, u'\u0301'));
    QVERIFY(zalgo.size() < 10);
    QCOMPARE(singleLine(u"<b>bold</b>"_s), u"<b>bold</b>"_s);
}

void TestTheme::avatarStaysInside()
{
    const QStringList names = {u"W"_s, u"\u0dd0\u0dd0"_s, u"\U0001242b"_s, u"a"_s + QString(500, u'\u0348'),
                               u"﷽"_s, QString(),         u"<img src=x>"_s};
    for (const QString &name : names) {
        QImage image(60, 60, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintAvatar(&painter, QRectF(20, 20, 20, 20), {name, u"key"_s, AvatarShape::Person, false});
        painter.end();
        for (int y = 0; y < 60; ++y) {
            for (int x = 0; x < 60; ++x) {
                if (!QRect(19, 19, 22, 22).contains(x, y)) {
                    QCOMPARE(qAlpha(image.pixel(x, y)), 0);
                }
            }
        }
        QVERIFY(qAlpha(image.pixel(30, 22)) > 0);
    }
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
