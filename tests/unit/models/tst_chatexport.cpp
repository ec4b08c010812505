// SPDX-License-Identifier: GPL-3.0-or-later
#include "historyfake.h"
#include "models/chatexport.h"

#include <QBuffer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

namespace {

ExportWords words()
{
    ExportWords words;
    words.language = u"en"_s;
    words.about = u"about"_s;
    words.gap = u"missing"_s;
    words.retracted = u"deleted"_s;
    words.edited = u"(edited)"_s;
    words.notice = [](const Message &message) -> QString { return u"happened to " % message.body; };
    words.name = [](const Author &author) { return author.isMe ? u"Me"_s : author.nick; };
    words.time = [](const QDateTime &time) { return time.toUTC().toString(u"hh:mm"_s); };
    words.day = [](const QDate &day) { return day.toString(Qt::ISODate); };
    return words;
}

Chat chat(const QString &name = u"Design <b>"_s)
{
    Chat chat;
    chat.id = room();
    chat.kind = ChatKind::Muc;
    chat.name = name;
    return chat;
}

} // namespace

class TestChatExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_history = std::make_unique<HistoryFake>(); }
    void text();
    void html();
    void jsonLines();
    void manyPages();
    void goesOnWhenAMessageIsDiscarded();
    void stopsWhenAsked();
    void writesAFile();
    void cancelledLeavesNoFile();
    void saysWhyAFileCannotBe();

private:
    void hostile();
    QByteArray written(ExportFormat format);

    std::unique_ptr<HistoryFake> m_history;
};

void TestChatExport::hostile()
{
    Message gone = message(4, u"secret"_s);
    gone.retracted = true;
    Message edited = mine(3, u"mine"_s);
    edited.edited = true;
    Message later = message(5, u"next day"_s);
    later.time = later.time.addDays(1);
    m_history->messages = {message(1, u"<script>alert(\"1\")</script> & more"_s, u"<i>Ada"_s),
                           message(2, u"first\n[08:09] Grace: forged\r\n\u202etxet\u2028x"_s + QChar(0)),
                           edited, gone, later};
    m_history->seams = {{room(), 0}, {room(), 4}};
}

QByteArray TestChatExport::written(ExportFormat format)
{
    ExportWriter writer(format, chat(), words());
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const Outcome outcome = writeExport(*m_history, room(), writer, out);
    return outcome ? out.data() : QByteArray("failed");
}

void TestChatExport::text()
{
    hostile();
    QCOMPARE(QString::fromUtf8(written(ExportFormat::Text)),
             u"Design <b>\n"
             "about\n"
             "\n-- missing --\n"
             "\n== 2025-11-17 ==\n"
             "[08:01] <i>Ada: <script>alert(\"1\")</script> & more\n"
             "[08:02] Ada: first\n"
             "    [08:09] Grace: forged\n"
             "    txet\n"
             "    x\n"
             "[08:03] Me: mine (edited)\n"
             "[08:04] Ada: deleted\n"
             "\n-- missing --\n"
             "\n== 2025-11-18 ==\n"
             "[08:05] Ada: next day\n"_s);
}

void TestChatExport::html()
{
    hostile();
    const QString page = QString::fromUtf8(written(ExportFormat::Html));
    QVERIFY(page.startsWith(u"<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">"_s));
    QVERIFY(page.contains(u"default-src 'none'"_s));
    QVERIFY(page.contains(u"<title>Design &lt;b&gt;</title>"_s));
    QVERIFY(page.contains(
        u"<article><b><bdi>&lt;i&gt;Ada</bdi></b> <time datetime=\"2025-11-17T08:01:00Z\">08:01"
        "</time>\n<p dir=\"auto\">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more</p>"
        "</article>\n"_s));
    QVERIFY(page.contains(u"<p dir=\"auto\">first\n[08:09] Grace: forged\ntxet\nx</p>"_s));
    QVERIFY(page.contains(u"<p class=\"gap\">missing</p>\n<article>"_s)
            || page.contains(u"<p class=\"gap\">missing</p>\n<h2>"_s));
    QVERIFY(!page.contains(u"secret"_s));
    QVERIFY(!page.contains(u"<script"_s) && !page.contains(QChar(0x202e)) && !page.contains(QChar(0)));
    QVERIFY(!page.contains(u"src="_s) && !page.contains(u"href="_s) && !page.contains(u"url("_s));
    QVERIFY(page.endsWith(u"</body>\n</html>\n"_s));
    QCOMPARE(page.count(u"<article>"_s), 5);
}

void TestChatExport::jsonLines()
{
    hostile();
    const QList<QByteArray> lines = written(ExportFormat::JsonLines).trimmed().split('\n');
    QCOMPARE(lines.size(), 7);
    QCOMPARE(lines.at(0), QByteArray("{\"gap\":true}"));
    QCOMPARE(lines.at(5), QByteArray("{\"gap\":true}"));
    // A program gets the body as it was, whatever is in it.
    const QJsonObject second = QJsonDocument::fromJson(lines.at(2)).object();
    QCOMPARE(second.value(u"body"_s).toString(), m_history->messages.at(1).body);
    QCOMPARE(second.value(u"time"_s).toString(), u"2025-11-17T08:02:00.000Z"_s);
    QCOMPARE(QJsonDocument::fromJson(lines.at(3)).object().value(u"edited"_s).toBool(), true);
    QCOMPARE(QJsonDocument::fromJson(lines.at(4)).object().value(u"retracted"_s).toBool(), true);
}

void TestChatExport::manyPages()
{
    for (int i = 1; i <= 1203; ++i)
        m_history->messages.append(message(i, u"text %1"_s.arg(i)));
    const QList<QByteArray> lines = written(ExportFormat::JsonLines).trimmed().split('\n');
    QCOMPARE(lines.size(), 1203);
    for (int i = 0; i < lines.size(); ++i)
        QVERIFY(lines.at(i).contains(u"\"text %1\""_s.arg(i + 1).toUtf8()));
    m_history->messages.clear();
    QVERIFY(written(ExportFormat::JsonLines).isEmpty());
}

void TestChatExport::goesOnWhenAMessageIsDiscarded()
{
    for (int i = 1; i <= 1'800; ++i)
        m_history->messages.append(message(i, u"line %1"_s.arg(i)));
    // Each page leads on from a message that goes just then: while the oldest is looked for, and while writing.
    QSet<qint64> discarded;
    m_history->beforeReading = [&](qint64 row) {
        if (discarded.size() >= 8 || discarded.contains(row - 1) || discarded.contains(row + 1)) return;
        discarded.insert(row);
        m_history->messages.removeIf([row](const Message &message) { return message.row == row; });
    };
    const QList<QByteArray> lines = written(ExportFormat::Text).split('\n');
    QVERIFY(discarded.size() >= 6);
    for (int i = 1; i <= 1'800; ++i) {
        const auto times =
            lines.count(u"[%1] Ada: line %2"_s.arg(words().time(message(i, {}).time)).arg(i).toUtf8());
        if (discarded.contains(i))
            QVERIFY(times <= 1); // it may have been written before
        else
            QVERIFY2(times == 1, qPrintable(QString::number(i)));
    }
}

void TestChatExport::stopsWhenAsked()
{
    for (int i = 1; i <= 3000; ++i)
        m_history->messages.append(message(i, u"x"_s));
    ExportWriter writer(ExportFormat::Text, chat(), words());
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QList<std::pair<qint64, qint64>> seen;
    const Outcome outcome = writeExport(*m_history, room(), writer, out, [&seen](qint64 done, qint64 total) {
        seen.append({done, total});
        return done < 1000;
    });
    QCOMPARE(outcome.error().kind, Error::Kind::Cancelled);
    QCOMPARE(seen.constFirst().second, 0);
    QCOMPARE(seen.constLast().second, 3000);
    QVERIFY(seen.constLast().first >= 1000 && seen.constLast().first < 2000);
}

void TestChatExport::writesAFile()
{
    hostile();
    QTemporaryDir dir;
    const QString path = dir.filePath(u"out.txt"_s);
    ChatExport writing(*m_history, {chat(), ExportFormat::Text, words(), path});
    QSignalSpy finished(&writing, &ChatExport::finished);
    QVERIFY(finished.wait());
    QVERIFY(!finished.at(0).at(0).value<Error>());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), written(ExportFormat::Text));
    QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

void TestChatExport::cancelledLeavesNoFile()
{
    for (int i = 1; i <= 3000; ++i)
        m_history->messages.append(message(i, u"x"_s));
    QTemporaryDir dir;
    ChatExport writing(*m_history, {chat(), ExportFormat::Html, words(), dir.filePath(u"out.html"_s)});
    writing.cancel();
    QSignalSpy finished(&writing, &ChatExport::finished);
    QVERIFY(finished.wait());
    QCOMPARE(finished.at(0).at(0).value<Error>().kind, Error::Kind::Cancelled);
    QVERIFY(QDir(dir.path()).isEmpty());
    // Nor when it is thrown away in the middle.
    std::make_unique<ChatExport>(
        *m_history, ChatExport::Job{chat(), ExportFormat::Html, words(), dir.filePath(u"out.html"_s)})
        .reset();
    QVERIFY(QDir(dir.path()).isEmpty());
}

void TestChatExport::saysWhyAFileCannotBe()
{
    ChatExport writing(*m_history, {chat(), ExportFormat::Text, words(), u"/no/such/folder/out.txt"_s});
    QSignalSpy finished(&writing, &ChatExport::finished);
    QVERIFY(finished.wait());
    QCOMPARE(finished.at(0).at(0).value<Error>().kind, Error::Kind::InvalidInput);
    QVERIFY(!finished.at(0).at(0).value<Error>().text.isEmpty());
}

QTEST_GUILESS_MAIN(TestChatExport)
#include "tst_chatexport.moc"
