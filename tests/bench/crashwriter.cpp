// SPDX-License-Identifier: GPL-3.0-or-later
// The process that `bench crash` kills: a session that sends numbered messages without end and says each state of each
// as soon as it is committed. Its arguments: DATABASE PORT CA-FILE ROOM,ROOM PEOPLE,PEOPLE; a last one "idle": sends nothing.
#include "bench.h"

#include "core/change.h"
#include "fakes/fakeports.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "storage/database.h"
#include "xmpp/connectionfactory.h"

#include <QCoreApplication>
#include <QTimer>

#include <unistd.h>

namespace Mingle::Bench {

namespace {
void say(const QByteArray &text)
{
    const QByteArray line = text + '\n';
    const auto written = ::write(STDOUT_FILENO, line.constData(), size_t(line.size()));
    Q_UNUSED(written)
}
} // namespace

int writeUntilKilled(const QStringList &arguments)
{
    const Jid me = Jid::trusted(u"alice@chat.test");
    Account account;
    account.address = me;
    account.host = QStringLiteral("127.0.0.1");
    account.port = quint16(arguments.value(1).toInt());
    account.tls = Account::Tls::Direct;
    account.caFile = arguments.value(2);
    account.resource = QStringLiteral("crash");
    const QStringList rooms = arguments.value(3).split(u',');
    const QStringList places = rooms + arguments.value(4).split(u',');

    FakeSecrets secrets;
    SystemClock clock;
    (void)secrets.write(QStringLiteral("password/alice@chat.test"), "pw-alice").result();
    Database database(arguments.value(0));
    if (const auto opened = database.open().result(); !opened || !opened->setAside.isEmpty()) {
        say("broken");
        return 1;
    }
    QObject context;
    QObject::connect(
        &database.changes(), &ChangeFeed::changed, &context,
        [](const QList<Change> &changes) {
            for (const Change &change : changes) {
                const Message *message = nullptr;
                if (const auto *added = std::get_if<MessageAdded>(&change)) message = &added->message;
                if (const auto *changed = std::get_if<MessageChanged>(&change)) message = &changed->message;
                if (!message) continue;
                say(QByteArray::number(message->row) + ' ' + QByteArray::number(int(message->delivery)) + ' '
                    + message->originId.toUtf8() + ' ' + message->body.toUtf8());
            }
        },
        Qt::DirectConnection);
    Accounts accounts({database, secrets, clock, qxmppConnections()});
    if (accounts.load().result()->isEmpty()) {
        if (!accounts.add(account, "pw-alice").result()) return 1;
        for (const QString &room : rooms)
            if (!accounts.joinRoom(me, Jid::trusted(room), QStringLiteral("alice")).result()) return 1;
        say("joined");
    }
    QTimer timer;
    int number = 0;
    QObject::connect(&timer, &QTimer::timeout, &context, [&] {
        const Jid to = Jid::trusted(places.at(number % places.size()));
        (void)accounts.sendMessage({me, to},
                                   QStringLiteral("alice says %1.%2").arg(::getpid()).arg(++number));
    });
    if (!arguments.contains(QStringLiteral("idle"))) timer.start(15);
    return QCoreApplication::exec();
}

} // namespace Mingle::Bench
