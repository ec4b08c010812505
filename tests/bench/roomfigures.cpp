// SPDX-License-Identifier: GPL-3.0-or-later
// What entering a large room costs before anything of it is stored or shown.
#include "bench.h"

#include "support/xmpp/fakerooms.h"

#include <QElapsedTimer>

namespace Mingle::Bench {

namespace {
constexpr int people = 10'000;

QString presence(int number, const Jid &room, int code)
{
    return QStringLiteral("<presence from='%1/person %2' id='%3'><c xmlns='http://jabber.org/protocol/caps' "
                          "hash='sha-1' "
                          "node='https://example.org' ver='QgayPKawpkPSDYmwT/WM94uAlu0='/><x "
                          "xmlns='vcard-temp:x:update'>"
                          "<photo>f8%2</photo></x><occupant-id xmlns='urn:xmpp:occupant-id:0' id='id-%2'/>"
                          "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' "
                          "role='participant'/>%4"
                          "</x></presence>")
        .arg(room.toString())
        .arg(number)
        .arg(number)
        .arg(code ? QStringLiteral("<status code='%1'/>").arg(code) : QString());
}

void measureEntering()
{
    FakeRooms f;
    f.goLive();
    QStringList stanzas;
    qsizetype bytes = 0;
    for (int i = 1; i <= people; ++i) {
        stanzas.append(presence(i, f.mucRoom, i == people ? 110 : 0));
        bytes += stanzas.last().size();
    }
    const auto joining = f.muc.join({f.mucRoom, QStringLiteral("person %1").arg(people), {}, 0});
    QElapsedTimer since;
    since.start();
    for (const QString &stanza : std::as_const(stanzas))
        f.wire.receive(stanza);
    const double ms = double(since.nsecsElapsed()) / 1e6;
    if (!joining.isFinished() || !joining.result())
        return giveUp(QStringLiteral("join.people_read_ms"), QStringLiteral("not in the room"));
    print({QStringLiteral("join.people_read_ms"), ms, QStringLiteral("ms"), 1'000,
           QStringLiteral(
               "%1 presences of occupants (%2 KB) parsed into elements and taken up by the MUC driver, "
               "one thread; %3")
               .arg(people)
               .arg(bytes / 1000)
               .arg(machine())});
}
} // namespace

QList<Group> roomFigures()
{
    return {{{QStringLiteral("join.people_read_ms")}, measureEntering}};
}

} // namespace Mingle::Bench
