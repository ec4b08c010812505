// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakeconnection.h"
#include "fakes/fakeports.h"
#include "session/pipeline.h"
#include "storage/accountstore.h"
#include "storage/archivestore.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "storage/transaction.h"
#include "support/xmpp/fakerooms.h"
#include "xmpp/stanzareader.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
// Letters of all lengths, a correction, a retraction, an own reflection, an error, and what is no message at all.
const QByteArray stream =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams' id='1' "
    "from='example.org' version='1.0'>"
    "<message type='chat' id='i1' from='bob@example.org/x' to='me@example.org/here'><body>gr\xc3\xbc\xc3\x9f "
    "dich "
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb &lt;&amp;&gt;</body><origin-id xmlns='urn:xmpp:sid:0' "
    "id='o1'/>"
    "<stanza-id xmlns='urn:xmpp:sid:0' by='me@example.org' id='a1'/></message>\n"
    "<message type='groupchat' id='i2' from='room@muc.example.org/Ada'><body><![CDATA[one <two>]]></body>"
    "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='ada-id'/>"
    "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='r1'/></message> "
    "<r xmlns='urn:xmpp:sm:3'/>"
    "<message type='groupchat' id='i3' from='room@muc.example.org/Ada'><body>ONE "
    "\xe6\x97\xa5\xe6\x9c\xac</body>"
    "<replace xmlns='urn:xmpp:message-correct:0' id='i2'/><occupant-id xmlns='urn:xmpp:occupant-id:0' "
    "id='ada-id'/>"
    "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='r2'/></message>"
    "<message type='groupchat' id='i4' from='room@muc.example.org/Me'><body>mine</body>"
    "<origin-id xmlns='urn:xmpp:sid:0' id='i4'/><occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/>"
    "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='r3'/></message>"
    "<message type='error' id='i9' from='bob@example.org' to='me@example.org/here'><error "
    "type='cancel'/></message>"
    "<message type='chat' id='i5' from='bob@example.org/x' to='me@example.org/here'><body>and once "
    "more</body>"
    "<stanza-id xmlns='urn:xmpp:sid:0' by='me@example.org' id='a2'/></message>";
} // namespace

/// Wherever a read from the socket ends, the same is stored.
class EveryCutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSameIsStored();

private:
    QStringList storedWhenCutAt(qsizetype offset);

    QTemporaryDir m_folder;
    Database m_database{m_folder.filePath(u"cut.sqlite"_s)};
    HistoryReader m_history{m_database};
    FakeRooms m_rooms;
    ManualClock m_clock;
    FakeServer m_server;
    FakeConnection m_connection{m_server};
};

QStringList EveryCutTest::storedWhenCutAt(qsizetype offset)
{
    StanzaReader reader;
    m_rooms.received.clear();
    for (const QByteArray &piece : {stream.first(offset), stream.sliced(offset)}) {
        reader.add(piece);
        for (auto event = reader.next(); event != StanzaReader::Event::More; event = reader.next()) {
            if (event == StanzaReader::Event::Failed) return {reader.error().condition};
            if (event == StanzaReader::Event::Element) m_rooms.wire.receive(reader.element());
        }
    }
    // An account for each cut is quicker than a file for each.
    Account account;
    account.address = Jid::trusted(QString(u"me%1@example.org"_s.arg(offset)));
    const SessionContext context{account.address, m_database, m_clock, m_connection};
    if (!m_database.write([account](Transaction &tx) { return AccountStore(tx).put(account); }).result())
        return {u"no account"_s};
    Pipeline pipeline(context, nullptr);
    pipeline.setCaughtUp(account.address, true);
    pipeline.setCaughtUp(m_rooms.mucRoom, true);
    for (const IncomingMessage &message : std::as_const(m_rooms.received))
        pipeline.take(message);
    pipeline.drain();

    QStringList all;
    for (const Jid &archive : {account.address, m_rooms.mucRoom}) {
        const ArchiveId id{account.address, archive};
        const auto intervals =
            m_database.write([id](Transaction &tx) { return ArchiveStore(tx, id).intervals(); }).result();
        for (const Interval &interval : *intervals)
            all << u"%1 %2 %3 %4"_s.arg(interval.oldestId, interval.newestId)
                       .arg(interval.oldestOrder)
                       .arg(interval.newestOrder);
    }
    const auto chats = m_history.chats(account.address).result();
    for (const Chat &chat : *chats) {
        all << u"%1 %2 %3"_s.arg(chat.id.address.toString()).arg(chat.unread).arg(chat.mentions);
        const auto page = m_history.newest(chat.id, 100).result();
        for (const Message &m : page->messages)
            all << u"%1 %2 %3 %4 %5 %6 %7 %8 %9"_s.arg(m.order)
                       .arg(m.archiveId, m.originId, m.stanzaId, m.author.key, m.author.nick)
                       .arg(int(m.delivery))
                       .arg(m.body, m.replacedBody);
    }
    return all;
}

void EveryCutTest::theSameIsStored()
{
    QVERIFY(m_database.open().result().ok());
    m_rooms.goLive();
    m_rooms.enterMuc();
    const QStringList whole = storedWhenCutAt(stream.size());
    QVERIFY2(whole.size() >= 2 + 2 + 4, qPrintable(whole.join(u'\n')));
    QVERIFY(whole.join(u'\n').contains(u"ONE 日本 one <two>"_s));
    for (qsizetype offset = 0; offset < stream.size(); ++offset)
        QCOMPARE(storedWhenCutAt(offset), whole);
}

QTEST_GUILESS_MAIN(EveryCutTest)
#include "tst_everycut.moc"
