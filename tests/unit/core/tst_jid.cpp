// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jid.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class JidTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameAddress_data();
    void sameAddress();
    void refused_data();
    void refused();
    void parts();
    void resourceKeepsItsCase();
    void differentAddressesDiffer();
    void anythingIsSurvived();
};

void JidTest::sameAddress_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("normal");
    QTest::newRow("case") << u"Alice@CHAT.test"_s << u"alice@chat.test"_s;
    QTest::newRow("full width") << u"\uFF21lice@chat.test"_s << u"alice@chat.test"_s;
    QTest::newRow("decomposed") << u"e\u0301va@chat.test"_s << u"\u00E9va@chat.test"_s;
    QTest::newRow("trailing dot") << u"alice@chat.test."_s << u"alice@chat.test"_s;
    QTest::newRow("punycode") << u"a@xn--bcher-kva.test"_s << u"a@b\u00FCcher.test"_s;
    QTest::newRow("ideographic dot") << u"a@chat\u3002test"_s << u"a@chat.test"_s;
    QTest::newRow("no localpart") << u"CHAT.test"_s << u"chat.test"_s;
    QTest::newRow("no-break space in a resource") << u"a@chat.test/x\u00A0y"_s << u"a@chat.test/x y"_s;
    QTest::newRow("at and slash in a resource") << u"a@chat.test/b@c/d"_s << u"a@chat.test/b@c/d"_s;
}

void JidTest::sameAddress()
{
    QFETCH(QString, written);
    QFETCH(QString, normal);
    const auto jid = Jid::parse(written);
    QVERIFY(jid);
    QCOMPARE(jid->toString(), normal);
    QCOMPARE(*jid, Jid::trusted(normal));
    QCOMPARE(qHash(*jid), qHash(Jid::trusted(normal)));
    QCOMPARE(Jid::parse(jid->toString()), jid); // normal form is stable
}

void JidTest::refused_data()
{
    QTest::addColumn<QString>("written");
    QTest::newRow("empty") << QString();
    QTest::newRow("no domain") << u"alice@"_s;
    QTest::newRow("empty localpart") << u"@chat.test"_s;
    QTest::newRow("empty resource") << u"a@chat.test/"_s;
    QTest::newRow("space in localpart") << u"al ice@chat.test"_s;
    QTest::newRow("quote") << u"al\"ice@chat.test"_s;
    QTest::newRow("angle bracket") << u"<b>@chat.test"_s;
    QTest::newRow("bidi override") << u"ali\u202Ece@chat.test"_s;
    QTest::newRow("zero width") << u"ali\u200Bce@chat.test"_s;
    QTest::newRow("control") << u"a@chat.test/x\u0007"_s;
    QTest::newRow("too long") << QString(1024, u'a') + u"@chat.test"_s;
    QTest::newRow("too long in bytes") << QString(512, u'\u00E9') + u"@chat.test"_s;
    QTest::newRow("two at") << u"a@b@chat.test"_s;
    QTest::newRow("space in domain") << u"a@chat test"_s;
}

void JidTest::refused()
{
    QFETCH(QString, written);
    QVERIFY(!Jid::parse(written));
    QVERIFY(Jid::trusted(written).isEmpty());
}

void JidTest::parts()
{
    const Jid jid = Jid::trusted(u"room@conference.chat.test/Ada Lovelace");
    QCOMPARE(jid.local(), u"room"_s);
    QCOMPARE(jid.domain(), u"conference.chat.test"_s);
    QCOMPARE(jid.resource(), u"Ada Lovelace"_s);
    QVERIFY(!jid.isBare());
    QCOMPARE(jid.bare().toString(), u"room@conference.chat.test"_s);
    QCOMPARE(jid.bare().withResource(u"Bob").toString(), u"room@conference.chat.test/Bob"_s);
    QVERIFY(jid.withResource(u"\u0001").isEmpty());
}

void JidTest::resourceKeepsItsCase()
{
    QVERIFY(Jid::trusted(u"a@b.test/Phone") != Jid::trusted(u"a@b.test/phone"));
}

void JidTest::differentAddressesDiffer()
{
    QVERIFY(Jid::trusted(u"a@b.test") != Jid::trusted(u"b.test"));
    QVERIFY(Jid::trusted(u"a@b.test") < Jid::trusted(u"b@b.test"));
}

void JidTest::anythingIsSurvived()
{
    // Unpaired surrogates, and every single BMP character in every part.
    QVERIFY(!Jid::parse(QString(QString(QChar(0xD800)) + u"@chat.test"_s)));
    for (uint c = 0; c < 0x10000; ++c) {
        const QString text = QChar(ushort(c));
        for (const QString &written :
             {QString(text + u"@chat.test"_s), QString(u"a@"_s + text), QString(u"a@b/"_s + text)}) {
            const auto jid = Jid::parse(written);
            if (jid && Jid::parse(jid->toString()) != jid)
                QFAIL(qPrintable(u"U+%1 is not stable"_s.arg(c, 4, 16)));
        }
    }
}

QTEST_APPLESS_MAIN(JidTest)
#include "tst_jid.moc"
