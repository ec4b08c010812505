// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include "core/search.h"
#include "storage/accountstore.h"
#include "storage/archivestore.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/searchreader.h"
#include "storage/transaction.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QThread>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace Mingle::Bench {

namespace {
constexpr int rooms = 20;
constexpr int people = 500;
constexpr int vocabulary = 40'000;
constexpr int page = 50;

const Jid me = Jid::trusted(u"alice@chat.test");

ChatId room(int number)
{
    return {me, Jid::trusted(QString(QStringLiteral("room%1@conference.chat.test").arg(number)))};
}

// Messages with words as common as in any language: the n-th most common one is said 1/n times as often as the first.
class Talk
{
public:
    Talk()
    {
        m_words = QStringLiteral(
                      "the of and to in is you that it he was for on are as with his they at be this from "
                      "have or by one had not but what all were when we there can an your which their said "
                      "if do will each about how up out them then she many some so these would other into "
                      "has more her two like him see time could no make than first been its who now people "
                      "my made over did down only way find use may water long little very after words "
                      "called just where most know release schedule")
                      .split(QLatin1Char(' '));
        static const QStringList parts =
            QStringLiteral(
                "ba ren to lis mar ve quo tin ster pla no ga chu der im fe lo pra si kan dro wel tu hy bo")
                .split(QLatin1Char(' '));
        for (int i = 0; m_words.size() < vocabulary; ++i) {
            QString word;
            for (int rest = i + 25; rest > 0; rest /= int(parts.size()))
                word += parts.at(rest % parts.size());
            m_words.append(word);
        }
    }

    QString word(int rank) const { return m_words.at(rank); }

    QString sentence()
    {
        const int kind = m_random.bounded(100);
        if (kind == 0)
            return QStringLiteral("https://share.chat.test/u/%1/photo.jpg").arg(m_random.generate64(), 0, 36);
        QStringList said;
        if (kind == 1) {
            static const QString han =
                QStringLiteral("今天我们去东京看樱花明早上海的会议取消了大家都在这里等你");
            for (int i = 0; i < 3; ++i)
                said.append(han.mid(m_random.bounded(20), 4 + m_random.bounded(4)));
            return said.join(QChar(0x3002));
        }
        const int count = 3 + m_random.bounded(26);
        for (int i = 0; i < count; ++i)
            said.append(m_words.at(int(std::pow(double(vocabulary), m_random.generateDouble())) - 1));
        if (kind < 5) said.append(QStringLiteral("https://example.org/%1").arg(m_random.bounded(10'000)));
        said.first()[0] = said.first().at(0).toUpper();
        return said.join(QLatin1Char(' ')) + QLatin1Char('.');
    }

    int person() { return int(std::pow(double(people), m_random.generateDouble())) - 1; }
    int room() { return m_random.bounded(m_random.bounded(rooms) + 1); }

private:
    QStringList m_words;
    QRandomGenerator m_random{4711};
};

Outcome writeSome(Transaction &tx, Talk &talk, int first, int count)
{
    MessageStore messages(tx);
    const QDateTime start = QDateTime(QDate(2022, 1, 5), QTime(8, 0), QTimeZone::UTC);
    for (int i = first; i < first + count; ++i) {
        Message message;
        message.chat = room(talk.room());
        const auto order = ArchiveStore(tx, {me, message.chat.address}).nextOrder();
        if (!order) return order.error();
        message.order = *order;
        const int person = talk.person();
        message.author = {
            QStringLiteral("id-%1").arg(person), QStringLiteral("Member %1").arg(person), {}, true, false};
        message.body = talk.sentence();
        message.time = start.addSecs(i * 90);
        message.archiveId = QString::number(1767600000000000LL + i * 40'000'000LL);
        message.originId = message.stanzaId =
            QStringLiteral("00000000-0000-4000-8000-%1").arg(i, 12, 10, QLatin1Char('0'));
        if (auto added = messages.add(message); !added) return added.error();
    }
    return {};
}

Outcome furnish(Transaction &tx)
{
    Account stored;
    stored.address = me;
    if (auto done = AccountStore(tx).put(stored); !done) return done;
    for (int i = 0; i < rooms; ++i) {
        if (auto chat = ChatStore(tx).ensure(room(i), ChatKind::Muc); !chat) return chat.error();
    }
    return {};
}

void waitUntilIndexed(Database &database)
{
    for (;;) {
        const auto missing =
            database
                .read([](const QSqlDatabase &db) -> Result<int> {
                    QSqlQuery query(db);
                    if (!query.exec(QStringLiteral(
                            "SELECT (SELECT max(id) FROM messages) - high + low FROM search_state"))
                        || !query.next())
                        return Error{Error::Kind::Internal, {}, {}};
                    return query.value(0).toInt();
                })
                .result();
        if (!missing || *missing < 1'000) return;
        QThread::msleep(50);
    }
}

// Processor time of the writing thread is most of it: the wall time of filling.
double fill(Database &database, Talk &talk, int messages)
{
    QElapsedTimer timer;
    timer.start();
    (void)database.write(furnish).result();
    constexpr int batch = 250; // a page of the archive
    for (int first = 0; first < messages; first += batch)
        (void)database.write([&talk, first](Transaction &tx) { return writeSome(tx, talk, first, batch); })
            .result();
    waitUntilIndexed(database);
    return double(timer.elapsed()) / messages;
}

struct Asked {
    QString text;
    ChatId chat;
    SearchOrder order = SearchOrder::Newest;
};

QList<Asked> asked(const Talk &talk)
{
    QList<Asked> list;
    // As they are typed.
    for (const QString &word : {QStringLiteral("schedule"), talk.word(300), talk.word(30'000)}) {
        for (int i = 1; i <= word.size(); ++i)
            list.append({word.left(i), {}});
    }
    const QString medium = talk.word(2'000);
    const QString rare = talk.word(39'000);
    for (const QString &text : {
             QStringLiteral("the"),
             QStringLiteral("the of and"),
             medium,
             rare,
             QString(medium + QLatin1Char(' ') + QStringLiteral("th")),
             QString(QStringLiteral("the ") + rare),
             QStringLiteral("\"of the\""),
             QStringLiteral("\"time could\""),
             QString(QStringLiteral("\"the ") + medium + QLatin1Char('"')),
             QStringLiteral("from:\"member 7\""),
             QStringLiteral("from:\"member 480\""),
             QStringLiteral("from:\"member 480\" the"),
             QStringLiteral("in:room19 schedule"),
             QStringLiteral("has:link"),
             QStringLiteral("has:file"),
             QStringLiteral("has:file from:\"member 480\""),
             QStringLiteral("mentions:me"),
             QStringLiteral("before:2022-02 schedule"),
             QStringLiteral("after:2022-01-10 before:2022-01-20 release"),
             QStringLiteral("东京"),
             QStringLiteral("樱"),
             QStringLiteral("樱海"),
             QStringLiteral("edul"),
             talk.word(30'000).mid(1),
             QStringLiteral("nothing is likezzz"),
             QStringLiteral("zzz"),
             QStringLiteral("\" ( * - ^ AND col:x"),
         })
        list.append({text, {}});
    list.append({QStringLiteral("the"), room(19)});
    list.append({medium, room(19)});
    list.append({QStringLiteral("schedule release"), {}, SearchOrder::Best});
    list.append({medium, {}, SearchOrder::Best});
    return list;
}

void measure(const QString &name, int messages, double goal)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mingle.db"));
    Talk talk;
    Database database(path);
    (void)database.open().result();
    const double cost = fill(database, talk, messages);
    SearchReader reader(database);
    struct Took {
        double milliseconds = 0;
        QString text;
    };
    QList<Took> took;
    const QList<Asked> list = asked(talk);
    for (int round = 0; round < 4; ++round) { // the first one warms up
        for (const Asked &one : list) {
            QElapsedTimer timer;
            timer.start();
            const auto answer = reader.search(parseSearch(one.text), one.chat, one.order, page).result();
            if (!answer.ok())
                return giveUp(name, one.text + QStringLiteral(": ") + answer.error().condition
                                        + answer.error().text);
            if (round > 0) took.append({double(timer.nsecsElapsed()) / 1e6, one.text});
        }
    }
    std::ranges::sort(took, {}, &Took::milliseconds);
    const Took &worst = took.last();
    const QString conditions = QStringLiteral("%1 messages of 3 to 28 words of %2 in %3 rooms by %4 people; "
                                              "%5 searches as one types, each 3 times "
                                              "after a warm-up, until the first %6 are there, %7 cores")
                                   .arg(messages)
                                   .arg(vocabulary)
                                   .arg(rooms)
                                   .arg(people)
                                   .arg(list.size())
                                   .arg(page)
                                   .arg(QThread::idealThreadCount());
    print({name, took.at(took.size() / 2).milliseconds, QStringLiteral("ms"), goal,
           conditions + QStringLiteral("; median")});
    QString where = worst.text;
    if (qEnvironmentVariableIsSet("MINGLE_BENCH_ALL")) {
        for (const Took &one : std::as_const(took))
            where += QStringLiteral("\n%1  %2").arg(one.milliseconds, 8, 'f', 2).arg(one.text);
    }
    print({name.chopped(2) + QStringLiteral("worst_ms"), worst.milliseconds, QStringLiteral("ms"), goal,
           conditions + QStringLiteral("; the slowest: ") + where});
    print({name.chopped(2) + QStringLiteral("store_ms"), cost, QStringLiteral("ms"), -1,
           QStringLiteral("to store and index one of %1 messages, in pages of 250").arg(messages)});
}

void measure100k()
{
    measure(QStringLiteral("search.100k_ms"), 100'000, 20);
}

void measure1m()
{
    measure(QStringLiteral("search.1m_ms"), 1'000'000, 50);
}
} // namespace

QList<Group> searchFigures()
{
    return {{{QStringLiteral("search.100k_ms")}, measure100k}, {{QStringLiteral("search.1m_ms")}, measure1m}};
}

} // namespace Mingle::Bench
