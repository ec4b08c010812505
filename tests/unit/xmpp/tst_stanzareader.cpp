// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/stanzareader.h"

#include <QTest>
#include <QTextStream>

using namespace Mingle;

namespace {
const QByteArray header = "<?xml version='1.0' encoding='UTF-8'?>\n<stream:stream xmlns='jabber:client' "
                          "xmlns:stream='http://etherx.jabber.org/streams' id='1' from='chat.test' "
                          "version='1.0' xml:lang='en'>";
const QByteArray bareHeader = header.sliced(header.indexOf("<stream:stream"));

QString words(const QDomElement &element)
{
    QString text;
    QTextStream out(&text);
    element.save(out, -1);
    return text;
}

// What a reader says about bytes given in these pieces, as text.
QStringList events(const QList<QByteArray> &pieces, bool skipping = false, const StreamLimits &limits = {})
{
    StanzaReader reader(limits);
    reader.setSkipping(skipping);
    QStringList seen;
    for (const auto &piece : pieces) {
        reader.add(piece);
        for (;;) {
            const auto event = reader.next();
            if (event == StanzaReader::Event::More) break;
            if (event == StanzaReader::Event::Failed) {
                seen << QStringLiteral("failed ") + reader.error().condition;
                return seen;
            }
            if (event == StanzaReader::Event::Opened)
                seen << QStringLiteral("opened ") + words(reader.element());
            if (event == StanzaReader::Event::Element) seen << words(reader.element());
            if (event == StanzaReader::Event::Skipped)
                seen << QStringLiteral("skipped ") + reader.element().tagName();
            if (event == StanzaReader::Event::Closed) seen << QStringLiteral("closed");
        }
    }
    return seen;
}

QStringList events(const QByteArray &bytes, bool skipping = false, const StreamLimits &limits = {})
{
    return events(QList<QByteArray>{bytes}, skipping, limits);
}

QList<QByteArray> dribbled(const QByteArray &bytes)
{
    QList<QByteArray> pieces;
    for (const char c : bytes)
        pieces << QByteArray(1, c);
    return pieces;
}

QByteArray recorded()
{
    QFile file(QStringLiteral(MINGLE_TESTS "/unit/xmpp/data/login-and-talk.xml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray nested(int depth)
{
    QByteArray text = "<message>";
    for (int i = 1; i < depth; ++i)
        text += "<x>";
    for (int i = 1; i < depth; ++i)
        text += "</x>";
    return text + "</message>";
}

QByteArray message(qsizetype size)
{
    const QByteArray begin = "<message><body>", end = "</body></message>";
    return begin + QByteArray(size - begin.size() - end.size(), 'x') + end;
}
} // namespace

class tst_StanzaReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCutGivesTheSame();
    void declarationAndWhiteSpace();
    void namespacesAndText();
    void limits_data();
    void limits();
    void limitsAreCountedPerStanza();
    void forbidden_data();
    void forbidden();
    void refusalIsQuick_data();
    void refusalIsQuick();
    void skipping();
    void prefixesInDisorder_data();
    void prefixesInDisorder();
    void whatServersPassOn();
    void dribblingIsLinear();
    void elementsOutliveTheReader();
    void longStreamKeepsNothing();
};

void tst_StanzaReader::everyCutGivesTheSame()
{
    const QByteArray stream = recorded();
    QVERIFY(stream.size() > 3000);
    const auto whole = events(stream);
    QVERIFY2(whole.size() > 15, qPrintable(whole.join(u'\n')));
    QCOMPARE(whole.last(), QStringLiteral("closed"));
    QVERIFY(whole.join(u' ').contains(QString::fromUtf8("Καλημέρα 🦜 שלום")));
    for (qsizetype cut = 1; cut < stream.size(); ++cut) {
        const auto seen = events({stream.first(cut), stream.sliced(cut)});
        if (seen != whole) QCOMPARE(seen.join(u'\n'), whole.join(u'\n'));
    }
    QCOMPARE(events(dribbled(stream)), whole);
    for (const int size : {2, 3, 7, 64, 1000}) {
        QList<QByteArray> pieces;
        for (qsizetype at = 0; at < stream.size(); at += size)
            pieces << stream.sliced(at, qMin<qsizetype>(size, stream.size() - at));
        QCOMPARE(events(pieces), whole);
    }
}

void tst_StanzaReader::declarationAndWhiteSpace()
{
    const auto plain = events(bareHeader + "<a xmlns='x'/>");
    QCOMPARE(plain.size(), 2);
    QCOMPARE(events(header + " \n\t <a xmlns='x'/>  "), plain);
    QCOMPARE(events(" " + header + "<a xmlns='x'/>"), plain);
    // An encoding named there changes nothing: XMPP is UTF-8.
    QCOMPARE(events("<?xml version='1.0' encoding='ISO-8859-1'?>" + bareHeader + "<a xmlns='x'/>"), plain);
    QCOMPARE(events(dribbled("<?xml version='1.0' encoding='UTF-16'?>" + bareHeader + "<a xmlns='x'/>")),
             plain);
}

void tst_StanzaReader::namespacesAndText()
{
    StanzaReader reader;
    reader.add(
        header
        + "<stream:features><m xmlns='urn:x' a='1' p:b='2' xmlns:p='urn:p'/></stream:features>"
          "<message xml:lang='de'><body>1 &lt; 2 &amp;&#x1F99C;<![CDATA[<raw> ]] > & ]]></body></message>");
    QCOMPARE(reader.next(), StanzaReader::Event::Opened);
    QCOMPARE(reader.element().attribute(QStringLiteral("version")), QStringLiteral("1.0"));
    QCOMPARE(reader.next(), StanzaReader::Event::Element);
    QCOMPARE(reader.element().tagName(), QStringLiteral("features"));
    QCOMPARE(reader.element().namespaceURI(), QStringLiteral("http://etherx.jabber.org/streams"));
    const auto m = reader.element().firstChildElement();
    QCOMPARE(m.namespaceURI(), QStringLiteral("urn:x"));
    QCOMPARE(m.attributeNS(QStringLiteral("urn:p"), QStringLiteral("b")), QStringLiteral("2"));
    QCOMPARE(reader.next(), StanzaReader::Event::Element);
    QCOMPARE(reader.element().namespaceURI(), QStringLiteral("jabber:client"));
    QCOMPARE(reader.element().firstChildElement().text(), QString::fromUtf8("1 < 2 &🦜<raw> ]] > & "));
    QCOMPARE(reader.next(), StanzaReader::Event::More);
}

void tst_StanzaReader::limits_data()
{
    const StreamLimits limits;
    QTest::addColumn<QByteArray>("stanza");
    QTest::addColumn<QString>("condition"); // empty: accepted
    const auto row = [](const char *name, const QByteArray &stanza, const char *condition = "") {
        QTest::newRow(name) << stanza << QString::fromLatin1(condition);
    };
    row("depth 64", nested(64));
    row("depth 65", nested(65), "depth");
    row("depth 10000", nested(10000), "depth");
    row("depth 65, empty", nested(64).replace("</x>", "<y/></x>").replace("<y/></x></x>", "</x></x>"),
        "depth");
    row("size at the limit", message(limits.stanzaBytes));
    row("size over the limit", message(limits.stanzaBytes + 1), "stanza-size");
    row("a long roster", "<iq type='result'>" + QByteArray(600'000, ' ') + "</iq>");
    row("iq over its limit", "<iq type='result'>" + QByteArray(limits.iqBytes, ' ') + "</iq>", "stanza-size");
    row("not really an iq", "<iqx>" + QByteArray(limits.stanzaBytes, ' ') + "</iqx>", "stanza-size");
    QByteArray many = "<message";
    for (int i = 0; i < limits.attributes; ++i)
        many += " a" + QByteArray::number(i) + "='x'";
    row("attributes at the limit", many + "/>");
    row("attributes over the limit", many + " b=\"\"/>", "attributes");
    row("attribute size at the limit", "<message a='" + QByteArray(limits.attributeBytes, 'x') + "'/>");
    row("attribute size over the limit", "<message a='" + QByteArray(limits.attributeBytes + 1, 'x') + "'/>",
        "attribute-size");
    row("attribute without end", "<message a='" + QByteArray(200'000, 'x'), "attribute-size");
    row("name without end", "<message " + QByteArray(200'000, 'x'), "tag-size");
    row("children at the limit", "<iq>" + QByteArray("<a/>").repeated(limits.children) + "</iq>");
    row("children over the limit", "<iq>" + QByteArray("<a/>").repeated(limits.children + 1) + "</iq>",
        "children");
    row("elements over the limit",
        "<iq>" + QByteArray("<a>" + QByteArray("<b/>").repeated(4096) + "</a>").repeated(4) + "</iq>",
        "elements");
    row("text without end", "<message><body>" + QByteArray(300'000, 'x'), "stanza-size");
}

void tst_StanzaReader::limits()
{
    QFETCH(QByteArray, stanza);
    QFETCH(QString, condition);
    const QByteArray next = "<presence/>";
    auto seen = events(header + stanza + next);
    if (condition.isEmpty()) {
        QCOMPARE(seen.size(), 3);
        QCOMPARE(seen.last(), QStringLiteral("<presence xmlns=\"jabber:client\"/>"));
    } else {
        QCOMPARE(seen.size(), 2);
        QCOMPARE(seen.last(), QStringLiteral("failed ") + condition);
    }
    // The same in pieces of many sizes.
    for (const int size : {1, 251, 65'537}) {
        if (size == 1 && stanza.size() > 5'000) continue;
        QList<QByteArray> pieces{header};
        const QByteArray rest = stanza + next;
        for (qsizetype at = 0; at < rest.size(); at += size)
            pieces << rest.sliced(at, qMin<qsizetype>(size, rest.size() - at));
        QCOMPARE(events(pieces), seen);
    }
}

void tst_StanzaReader::limitsAreCountedPerStanza()
{
    StreamLimits limits;
    limits.stanzaBytes = 300;
    limits.children = 3;
    limits.elements = 6;
    const QByteArray stanza = "<message><a/><b><c/><d/></b><e/></message>";
    QCOMPARE(events(header + stanza.repeated(200), false, limits).size(), 201);
}

void tst_StanzaReader::forbidden_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("condition");
    const auto row = [](const char *name, const QByteArray &bytes, const char *condition) {
        QTest::newRow(name) << bytes << QString::fromLatin1(condition);
    };
    const char *restricted = "restricted-xml";
    const char *bad = "not-well-formed";
    row("DTD first", "<!DOCTYPE lolz [<!ENTITY lol 'lol'>]>" + bareHeader, restricted);
    row("DTD after the declaration", "<?xml version='1.0'?><!DOCTYPE stream>" + bareHeader, restricted);
    row("DTD in the stream", header + "<!DOCTYPE x>", restricted);
    row("DTD in a stanza", header + "<message><!DOCTYPE x></message>", restricted);
    row("comment first", "<!-- hello -->" + bareHeader, restricted);
    row("comment between", header + "<!-- hello -->", restricted);
    row("comment in a stanza", header + "<message><body>a<!-- hello -->b</body></message>", restricted);
    row("instruction first", "<?php evil?>" + bareHeader, "");
    row("two declarations", "<?xml version='1.0'?><?xml version='1.0'?>" + bareHeader, restricted);
    row("instruction between", header + "<?xml-stylesheet href='x'?>", restricted);
    row("instruction in a stanza", header + "<message><?php evil?></message>", restricted);
    row("entity", header + "<message><body>&lol;</body></message>", "");
    row("entity in an attribute", header + "<message a='&lol;'/>", "");
    row("text between stanzas", header + "hello", bad);
    row("CDATA between stanzas", header + "<![CDATA[x]]>", restricted);
    row("wrong end tag", header + "<message><body></message>", bad);
    row("end without begin", "</stream:stream>", bad);
    row("attribute twice", header + "<message a='1' a='2'/>", bad);
    row("attribute without quotes", header + "<message a=1/>", bad);
    row("less-than in an attribute", header + "<message a='<'/>", bad);
    row("tag in a tag", header + "<message <body/>", bad);
    row("empty name", header + "< message/>", bad);
    row("stream without content", bareHeader.chopped(1) + "/>", bad);
    row("NUL", header + QByteArray("<message a='\0'/>", 16), bad);
    row("control character", header + "<message><body>\x01</body></message>", bad);
    row("control character as reference", header + "<message><body>&#1;</body></message>", bad);
    row("surrogate as reference", header + "<message><body>&#xD800;</body></message>", bad);
    row("stray continuation byte", header + "<message><body>\x80</body></message>", bad);
    row("cut sequence", header + "<message><body>\xF0\x9F\xA6</body></message>", bad);
    row("overlong", header + "<message><body>\xC0\xAF</body></message>", bad);
    row("UTF-8 surrogate", header + "<message><body>\xED\xA0\x80</body></message>", bad);
    row("beyond Unicode", header + "<message><body>\xF4\x90\x80\x80</body></message>", bad);
    row("bad byte in an attribute", header + "<message a='\xFF'/>", bad);
    row("UTF-16", QByteArray("\xFF\xFE<\0s\0t\0", 8), bad);
    row("after the end", header + "</stream:stream><message/>", bad);
}

void tst_StanzaReader::forbidden()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, condition);
    const auto seen = events(bytes + "<presence/>");
    if (QTest::currentDataTag() == QByteArrayView("instruction first")) {
        // Taken for a declaration, and dropped like one.
        QCOMPARE(seen.size(), 2);
        return;
    }
    QVERIFY2(seen.last().startsWith(u"failed "), qPrintable(seen.join(u'\n')));
    if (!condition.isEmpty()) QCOMPARE(seen.last(), QStringLiteral("failed ") + condition);
    auto pieces = dribbled(bytes + "<presence/>");
    QCOMPARE(events(pieces), seen);
    // Skipping is for stanzas over a limit, not for what is no XMPP.
    QCOMPARE(events(bytes + "<presence/>", true), seen);
}

void tst_StanzaReader::refusalIsQuick_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("deep") << header + nested(20'000);
    QTest::newRow("wide") << header + "<message>" + QByteArray("<a/>").repeated(60'000);
    QTest::newRow("attributes") << header + "<message" + QByteArray(" a='b'").repeated(40'000);
    QTest::newRow("value") << header + "<message a='" + QByteArray(1 << 20, 'x');
    QTest::newRow("entities") << QByteArray("<!DOCTYPE a [<!ENTITY b 'c'>")
                                     + QByteArray("<!ENTITY d '&b;&b;'>").repeated(10'000);
    QTest::newRow("text") << header + "<message><body>" + QByteArray(4 << 20, 'x');
    QTest::newRow("entity references") << header + "<message><body>" + QByteArray("&amp;").repeated(100'000);
}

void tst_StanzaReader::refusalIsQuick()
{
    QFETCH(QByteArray, bytes);
    // So often that a reader which took all of it in first would outlast the limit of every test.
    for (int i = 0; i < 20; ++i)
        QVERIFY(events(bytes).last().startsWith(u"failed "));
}

void tst_StanzaReader::skipping()
{
    const QByteArray good = "<message><body>good</body></message>";
    const auto one = events(header + good).last();
    for (const QByteArray &bad :
         QList<QByteArray>{nested(65), nested(5000), message(300'000), message(262'145),
                           QByteArray("<message a='") + QByteArray(20'000, 'x') + "'><b/></message>",
                           QByteArray("<message>") + QByteArray("<a/>").repeated(9000) + "</message>",
                           QByteArray("<message a='") + QByteArray(20'000, 'x') + "'/>"}) {
        const QByteArray stream = header + good + bad + good + bad + bad + good + "</stream:stream>";
        const QString skipped = QStringLiteral("skipped message");
        const QStringList expected{events(header).first(),  one, skipped, one, skipped, skipped, one,
                                   QStringLiteral("closed")};
        QCOMPARE(events(stream, true), expected);
        QList<QByteArray> pieces;
        for (qsizetype at = 0; at < stream.size(); at += 777)
            pieces << stream.sliced(at, qMin<qsizetype>(777, stream.size() - at));
        QCOMPARE(events(pieces, true), expected);
        QCOMPARE(events(dribbled(header + bad + good), true), QStringList({expected[0], skipped, one}));
    }
    // But not without end.
    QCOMPARE(events(header + message(9 << 20), true).last(), QStringLiteral("failed policy-violation"));
    // And never in the stream's opening tag.
    QCOMPARE(events(bareHeader.chopped(1) + " a='" + QByteArray(20'000, 'x') + "'>", true).last(),
             QStringLiteral("failed attribute-size"));
}

void tst_StanzaReader::prefixesInDisorder_data()
{
    QTest::addColumn<QByteArray>("stanza");
    const auto row = [](const char *name, const QByteArray &inside) {
        QTest::newRow(name) << "<message><body>" + QByteArray(200, 'x') + "</body>" + inside
                                   + "<y><z/></y></message>";
    };
    // As ejabberd 24.12 and prosody 13 send them to others.
    row("undeclared on an attribute", "<x xmlns='urn:y' p:a='1'/>");
    row("deeper", "<z xmlns='urn:z'><y xmlns='urn:p' p:b='1'/></z>");
    row("of xml itself", "<x xmlns:ns1='http://www.w3.org/XML/1998/namespace' ns1:foo='1' xmlns='urn:y'/>");
    row("undeclared on an element", "<p:x/>");
    row("twice by two prefixes", "<x xmlns:p='urn:p' xmlns:q='urn:p' p:a='1' q:a='2'/>");
    QTest::newRow("in the last tag") << QByteArray("<message><body/><x p:a='1'/></message>");
    QTest::newRow("in the only tag") << QByteArray("<message p:a='1'/>");
}

void tst_StanzaReader::prefixesInDisorder()
{
    QFETCH(QByteArray, stanza);
    const QByteArray good = "<message><body>good</body></message>";
    const QString one = events(header + good).last(), skipped = QStringLiteral("skipped message");
    const QString opened = events(header).first();
    QCOMPARE(events(header + good + stanza + good),
             QStringList({opened, one, QStringLiteral("failed not-well-formed")}));
    const QByteArray stream = header + good + stanza + good + stanza + "</stream:stream>";
    const QStringList expected{opened, one, skipped, one, skipped, QStringLiteral("closed")};
    QCOMPARE(events(stream, true), expected);
    for (qsizetype cut = 1; cut < stream.size(); ++cut)
        QCOMPARE(events({stream.first(cut), stream.sliced(cut)}, true), expected);
    QCOMPARE(events(dribbled(stream), true), expected);
    // Whatever else is wrong before that counts.
    for (const char *worse : {"<a></b>", "<a>&lol;</a>", "<!-- x -->", "<a>\xFF</a>", "<?x?>", "<a b=c/>"}) {
        const QByteArray both = "<message><w>" + QByteArray(worse) + "</w>" + stanza + "</message>";
        QVERIFY(events(header + both + good, true).last().startsWith(u"failed "));
    }
}

void tst_StanzaReader::whatServersPassOn()
{
    // Odd, but in order; nobody may be able to throw us out with it.
    for (const char *inside :
         {"<x xmlns='urn:y' xml:foo='1'/>", "<x xmlns=''/>", "<stream:foo stream:a='1'/>",
          "<body>\xC2\x85\xE2\x80\xA8\xF0\x9F\xBF\xBE\x7F&#13;</body>",
          "<x xmlns='urn:y' a='&#xA;&#xD;&#x9;&lt;&quot;&apos;'/>", "<body>]]&gt;</body>",
          "<x xmlns='urn:y' xmlns:p='urn:p' xmlns:q='urn:p' q:a='1' p:b='2'/>",
          "<x xmlns='urn:y' \xC3\xA9\xE4\xB8\x80='1'/><\xE0\xB8\x81\xE0\xB8\xB3 xmlns='urn:y'/>",
          "<x xmlns='urn:&apos;&quot;&lt;&amp;'/>", "<x xmlns='urn:y' a='\n\r\t'/>"}) {
        const auto seen = events(header + "<message>" + inside + "</message>");
        QVERIFY2(seen.size() == 2 && seen.last().startsWith(u"<message"), inside);
    }
}

void tst_StanzaReader::dribblingIsLinear()
{
    // Half a second for a reader that looks at each byte once; one that began anew with each would look at 600,000
    // million of them and outlast the limit of every test.
    const auto pieces = dribbled(header + message(200'000));
    for (int i = 0; i < 30; ++i)
        QCOMPARE(events(pieces).size(), 2);
}

void tst_StanzaReader::elementsOutliveTheReader()
{
    QDomElement kept;
    {
        StanzaReader reader;
        reader.add(header + "<message id='1'><body>hello</body></message><message id='2'/>");
        reader.next();
        reader.next();
        kept = reader.element();
        reader.next();
    }
    QCOMPARE(kept.attribute(QStringLiteral("id")), QStringLiteral("1"));
    QCOMPARE(kept.firstChildElement(QStringLiteral("body")).text(), QStringLiteral("hello"));
}

void tst_StanzaReader::longStreamKeepsNothing()
{
    StanzaReader reader;
    reader.add(header);
    reader.next();
    const QByteArray stanza = "<message from='a@b/c' to='d@e/f' id='x'><body>hello there</body></message>";
    for (int i = 0; i < 20'000; ++i) {
        reader.add(stanza);
        QCOMPARE(reader.next(), StanzaReader::Event::Element);
        QVERIFY(!reader.hasBytes());
    }
}

QTEST_GUILESS_MAIN(tst_StanzaReader)
#include "tst_stanzareader.moc"
