// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "platform/profilefolder.h"
#include "platform/profilesettings.h"
#include "storage/accountstore.h"
#include "storage/archivestore.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <unistd.h>

namespace Mingle::Bench {

namespace {

// Name and processor time of a process or thread, by proc(5).
std::pair<QString, double> cpuOf(const QString &stat)
{
    QFile file(stat);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray text = file.readAll();
    const qsizetype begin = text.indexOf('(') + 1;
    const qsizetype end = text.lastIndexOf(')'); // the name may hold anything
    const QList<QByteArray> fields = text.mid(end + 2).split(' '); // from the third on; 14 and 15 are wanted
    const double ticks = fields.value(11).toDouble() + fields.value(12).toDouble();
    return {QString::fromUtf8(text.mid(begin, end - begin)), ticks * 1000 / double(sysconf(_SC_CLK_TCK))};
}

} // namespace

Display::Display()
{
    // -displayfd lets the server choose a free number and says it when it is ready.
    m_server.setProcessChannelMode(QProcess::SeparateChannels);
    m_server.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                    QStringLiteral("0"), QStringLiteral("1280x800x24"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp")});
    if (m_server.waitForStarted() && m_server.waitForReadyRead(10'000))
        m_name = QLatin1Char(':') + QString::fromLatin1(m_server.readAllStandardOutput().trimmed());
}

Display::~Display()
{
    m_server.terminate();
    m_server.waitForFinished(5'000);
}

Program::Program(const Display &display, const QString &profile)
    : m_profile(profile)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), display.name());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("MINGLE_BENCH_MARKS"), QStringLiteral("1"));
    m_process.setProcessEnvironment(environment);
}

bool Program::start(const QStringList &arguments, const QByteArray &stdinText)
{
    m_marks.clear();
    m_errors.clear();
    m_process.start(QStringLiteral(MINGLE_BINARY),
                    QStringList{QStringLiteral("--profile"), m_profile} + arguments);
    if (!m_process.waitForStarted()) return false;
    m_process.write(stdinText);
    m_process.waitForBytesWritten();
    m_process.closeWriteChannel();
    return true;
}

void Program::stop()
{
    if (m_process.state() == QProcess::NotRunning) return;
    m_process.terminate();
    if (m_process.waitForFinished(5'000)) return;
    m_process.kill();
    m_process.waitForFinished();
}

double Program::mark(const QString &name, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (!m_marks.contains(name) && !deadline.hasExpired()) {
        m_process.waitForReadyRead(50);
        m_errors += m_process.readAllStandardError();
        for (qsizetype end; (end = m_errors.indexOf('\n')) >= 0; m_errors.remove(0, end + 1)) {
            const QJsonObject line = QJsonDocument::fromJson(m_errors.first(end)).object();
            if (!line.isEmpty()) m_marks.insert(line.value(u"mark").toString(), line.value(u"ms").toDouble());
        }
    }
    return m_marks.value(name, -1);
}

double Program::residentMegabytes() const
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid()));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith("VmRSS:")) return line.mid(6).simplified().split(' ').first().toDouble() / 1024;
    return 0;
}

double Program::cpuMilliseconds() const
{
    return cpuOf(QStringLiteral("/proc/%1/stat").arg(pid())).second;
}

QMap<QString, double> Program::cpuByThread() const
{
    QMap<QString, double> used;
    const QDir threads(QStringLiteral("/proc/%1/task").arg(pid()));
    const auto numbers = threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &number : numbers) {
        const auto [name, milliseconds] = cpuOf(threads.filePath(number + QStringLiteral("/stat")));
        used[name] += milliseconds;
    }
    return used;
}

Profile::Profile()
{
    const auto folder = ProfileFolder::open(path());
    if (!folder.ok()) return;
    ProfileSettings settings(folder->settings());
    settings.setValue(QStringLiteral("chat/account"), QStringView(account).toString());
    settings.setValue(QStringLiteral("chat/address"), QStringView(room).toString());
}

namespace {
// Sentences of different lengths, so that layout has something to do.
QString sentence(int number)
{
    static const QStringList words =
        QStringLiteral("the release is nearly done but somebody should look at the colours again before we "
                       "show it to people who "
                       "have never seen it and will judge us by the first minute")
            .split(QLatin1Char(' '));
    QStringList said;
    for (int i = 0; i < 4 + (number * 7) % 26; ++i)
        said.append(words.at((number + i * 3) % words.size()));
    return said.join(QLatin1Char(' '));
}

Outcome writeMessages(Transaction &tx, const ChatId &chat, int first, int count)
{
    ArchiveStore archive(tx, {chat.account, chat.address});
    MessageStore messages(tx);
    const QDateTime start = QDateTime::fromString(QStringLiteral("2026-01-05T08:00:00Z"), Qt::ISODate);
    for (int i = first; i < first + count; ++i) {
        const auto order = archive.nextOrder();
        if (!order) return order.error();
        Message message;
        message.chat = chat;
        message.order = *order;
        const QString nick = QStringLiteral("member %1").arg((i / 3) % 52);
        message.author = {QStringLiteral("id-%1").arg((i / 3) % 52), nick, {}, true, false};
        message.body = sentence(i);
        message.time = start.addSecs(i * 40);
        message.archiveId = QString::number(1767600000000000LL + i * 40'000'000LL);
        message.originId = message.stanzaId =
            QStringLiteral("00000000-0000-4000-8000-%1").arg(i, 12, 10, QLatin1Char('0'));
        if (auto added = messages.add(message); !added) return added.error();
    }
    return {};
}
} // namespace

void Profile::fill(int messages, int rooms)
{
    const auto folder = ProfileFolder::open(path());
    Database database(folder->database());
    (void)database.open().result();
    const Jid me = Jid::trusted(account);
    (void)database
        .write([me, rooms](Transaction &tx) -> Outcome {
            Account stored;
            stored.address = me;
            stored.host = QStringLiteral("127.0.0.1");
            stored.port = 1; // nothing listens there: the window must not wait for it
            stored.resource = QStringLiteral("Mingle.bench");
            if (auto done = AccountStore(tx).put(stored); !done) return done;
            for (int i = 1; i < rooms; ++i) {
                const Jid address =
                    Jid::trusted(QString(QStringLiteral("room%1@conference.chat.test").arg(i)));
                if (auto chat = ChatStore(tx).ensure({me, address}, ChatKind::Muc); !chat)
                    return chat.error();
            }
            const auto chat = ChatStore(tx).ensure({me, Jid::trusted(room)}, ChatKind::Muc);
            return chat ? Outcome() : Outcome(chat.error());
        })
        .result();
    const ChatId chat{me, Jid::trusted(room)};
    for (int first = 0; first < messages; first += 1'000) {
        const auto written = database
                                 .write([chat, first, messages](Transaction &tx) {
                                     return writeMessages(tx, chat, first, std::min(1'000, messages - first));
                                 })
                                 .result();
        if (!written) qFatal("cannot fill the profile: %s", qPrintable(written.error().text));
    }
    (void)database.write([chat](Transaction &tx) { return ChatStore(tx).markRead(chat); }).result();
}

qint64 Profile::databaseBytes() const
{
    return QFileInfo(ProfileFolder::open(path())->database()).size();
}

} // namespace Mingle::Bench
