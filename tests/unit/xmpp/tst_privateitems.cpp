// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/dom.h"
#include "xmpp/privateitems.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
const QString node = u"urn:node"_s;

QString notice(const QString &inside)
{
    return u"<message from='me@example.org' type='headline'><event "
           u"xmlns='http://jabber.org/protocol/pubsub#event'>"
           "<items node='%1'>%2</items></event></message>"_s.arg(node, inside);
}

/// A server with PEP in memory, and devices that it tells of each change in the order they were made.
struct Service {
    QMap<QString, QString> items;
    QList<std::pair<QString, QString>> events; ///< id, payload (empty: gone)

    QString obey(const QDomElement &iq)
    {
        const QDomElement pubsub = iq.firstChildElement();
        const QDomElement command = pubsub.firstChildElement();
        const QDomElement item = command.firstChildElement();
        const QString id = item.attribute(u"id"_s);
        if (command.localName() == u"items") {
            QString all;
            for (const auto &[name, payload] : items.asKeyValueRange())
                all += u"<item id='%1'>%2</item>"_s.arg(name, payload);
            return u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%1'>%2</items></pubsub>"_s
                .arg(node, all);
        }
        if (command.localName() == u"publish") {
            items[id] = FakeWire::toText(item.firstChildElement());
            events.append({id, items[id]});
        } else if (items.remove(id)) {
            events.append({id, {}});
        }
        return u" "_s;
    }
    QString next(qsizetype index) const
    {
        const auto &[id, payload] = events.at(index);
        return notice(payload.isEmpty() ? u"<retract id='%1'/>"_s.arg(id)
                                        : u"<item id='%1'>%2</item>"_s.arg(id, payload));
    }
};

struct Device {
    explicit Device(Service &host)
        : service(host)
        , items(wire, node, u"chat", nullptr)
        , changed(&items, &PrivateItems::changed)
        , removed(&items, &PrivateItems::removed)
    {
        wire.goLive();
        heard = host.events.size();
        (void)items.load();
        deliver();
    }
    /// What was sent reaches the server.
    void deliver()
    {
        for (; sent < wire.requests.size(); ++sent)
            wire.answer(sent, service.obey(wire.requests[sent].iq));
    }
    /// The notices until now reach the device.
    void hear()
    {
        for (; heard < service.events.size(); ++heard)
            wire.receive(service.next(heard));
    }
    QFuture<Outcome> set(const QString &attribute, const QString &value,
                         PrivateItems::Makes makes = PrivateItems::Makes::Yes)
    {
        return items.change(
            u"a"_s,
            [attribute, value](QXmlStreamWriter &xml, const QDomElement &former) {
                Dom::writeAttributes(xml, former, {attribute});
                xml.writeAttribute(attribute, value);
                Dom::forEach(former, [&](const QDomElement &e) { Dom::write(xml, e, node); });
            },
            makes);
    }
    QString attribute(const QString &name) const { return items.payload(u"a"_s).attribute(name); }

    Service &service;
    FakeWire wire;
    PrivateItems items;
    QSignalSpy changed, removed;
    qsizetype sent = 0, heard = 0;
};

const QString first =
    u"<chat xmlns='urn:node' x='0' y='0'><theirs xmlns='urn:other'><deep p='1'/></theirs></chat>"_s;
} // namespace

/// Several devices change the same items of a private node.
class TestPrivateItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void othersHear()
    {
        Service service;
        service.items[u"a"_s] = first;
        Device one(service), two(service);
        const auto done = one.set(u"x"_s, u"1"_s);
        one.deliver();
        QVERIFY(done.result().ok());
        one.hear();
        two.hear();
        QVERIFY(one.changed.isEmpty()); // its own is no news
        QCOMPARE(two.changed.size(), 1);
        QCOMPARE(two.attribute(u"x"_s), u"1"_s);
        QVERIFY(service.items[u"a"_s].contains(u"urn:other"));
    }

    void changesAtTheSameMomentBothStay()
    {
        Service service;
        service.items[u"a"_s] = first;
        Device one(service), two(service);
        (void)one.set(u"x"_s, u"1"_s);
        (void)two.set(u"y"_s, u"2"_s); // of what it knows, in which x is 0
        one.deliver();
        two.deliver(); // undoes x on the server
        for (int round = 0; round < 4; ++round)
            for (Device *device : {&two, &one}) {
                device->hear();
                device->deliver();
            }
        for (Device *device : {&one, &two}) {
            QCOMPARE(device->attribute(u"x"_s), u"1"_s);
            QCOMPARE(device->attribute(u"y"_s), u"2"_s);
        }
        QVERIFY(service.items[u"a"_s].contains(u"x=\"1\"") && service.items[u"a"_s].contains(u"y=\"2\""));
        QCOMPARE(service.events.size(), 3); // two changes, and one of them made once more
    }

    void theLastOfTheSameWins()
    {
        Service service;
        service.items[u"a"_s] = first;
        Device one(service), two(service);
        (void)one.set(u"x"_s, u"1"_s);
        (void)two.set(u"x"_s, u"2"_s);
        one.deliver();
        two.deliver();
        for (int round = 0; round < 4; ++round)
            for (Device *device : {&one, &two}) {
                device->hear();
                device->deliver();
            }
        QCOMPARE(one.attribute(u"x"_s), u"2"_s);
        QCOMPARE(two.attribute(u"x"_s), u"2"_s);
    }

    void manyAtOnceEndEqual()
    {
        // Whatever comes in whatever order: all devices and the server have the same in the end.
        QRandomGenerator random(7);
        for (int run = 0; run < 200; ++run) {
            Service service;
            service.items[u"a"_s] = first;
            std::array<std::unique_ptr<Device>, 3> devices;
            for (auto &device : devices)
                device = std::make_unique<Device>(service);
            for (int step = 0; step < 30; ++step) {
                Device &device = *devices.at(random.bounded(3));
                switch (random.bounded(4)) {
                case 0:
                    (void)device.set(random.bounded(2) ? u"x"_s : u"y"_s, QString::number(step));
                    break;
                case 1:
                    device.deliver();
                    break;
                case 2:
                    if (device.heard < service.events.size())
                        device.wire.receive(service.next(device.heard++));
                    break;
                default:
                    if (random.bounded(8) == 0) (void)device.items.remove(u"a"_s);
                }
            }
            for (int round = 0; round < 20; ++round)
                for (auto &device : devices) {
                    device->deliver();
                    device->hear();
                }
            for (auto &device : devices) {
                const QString theirs = FakeWire::toText(device->items.payload(u"a"_s));
                const QDomElement held = service.items.contains(u"a"_s)
                                             ? FakeWire::parse(service.items[u"a"_s].toUtf8())
                                             : QDomElement();
                QVERIFY2(Dom::isSame(device->items.payload(u"a"_s), held),
                         qPrintable(u"run %1: %2 but %3"_s.arg(run).arg(theirs, service.items[u"a"_s])));
            }
        }
    }

    void goneElsewhereIsNotBroughtBackByAChange()
    {
        Service service;
        service.items[u"a"_s] = first;
        Device one(service), two(service);
        (void)two.set(u"x"_s, u"2"_s, PrivateItems::Makes::No);
        (void)one.items.remove(u"a"_s);
        one.deliver();
        two.deliver();
        for (int round = 0; round < 4; ++round)
            for (Device *device : {&one, &two}) {
                device->hear();
                device->deliver();
            }
        QVERIFY(service.items.isEmpty());
        QVERIFY(one.items.payload(u"a"_s).isNull() && two.items.payload(u"a"_s).isNull());
        QCOMPARE(two.removed.size(), 1);
        const auto late = two.set(u"x"_s, u"3"_s, PrivateItems::Makes::No);
        QCOMPARE(late.result().error().kind, Error::Kind::NotFound);
    }

    void refusedIsAsItWas()
    {
        Service service;
        service.items[u"a"_s] = first;
        Device one(service);
        const auto done = one.set(u"x"_s, u"1"_s);
        one.wire.answer(
            one.wire.requests.size() - 1,
            u"<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s);
        QVERIFY(!done.result().ok());
        QCOMPARE(one.attribute(u"x"_s), u"0"_s);
    }

    void otherSpellingOfTheSameIsTheSame()
    {
        Service service;
        service.items[u"a"_s] = first;
        Device one(service);
        (void)one.set(u"x"_s, u"1"_s);
        one.deliver();
        one.wire.receive(notice(u"<item id='a'><m:chat xmlns:m='urn:node' y='0' x='1'>\n <o:theirs "
                                "xmlns:o='urn:other'><o:deep p='1'/></o:theirs></m:chat></item>"_s));
        QVERIFY(one.changed.isEmpty());
    }

    void believesNobodyElse()
    {
        Service service;
        service.items[u"a"_s] = first;
        Device one(service);
        for (const QString &from : {u"eve@example.org"_s, u"example.org"_s, u"me@example.org/other"_s}) {
            one.wire.receive(QString(notice(u"<item id='a'><chat xmlns='urn:node' x='9'/></item>"_s))
                                 .replace(u"me@example.org"_s, from));
            one.wire.receive(QString(notice(u"<retract id='a'/>"_s)).replace(u"me@example.org"_s, from));
        }
        one.wire.receive(QString(notice(u"<item id='a'><chat xmlns='urn:node' x='9'/></item>"_s))
                             .replace(u"node='urn:node'"_s, u"node='urn:x'"_s));
        QVERIFY(one.changed.isEmpty() && one.removed.isEmpty());
        QCOMPARE(one.attribute(u"x"_s), u"0"_s);
    }

    void malformedAndTooMany()
    {
        Service service;
        service.items[QString(5000, u'i')] = first;
        service.items[u""_s] = first;
        service.items[u"empty"_s] = QString();
        service.items[u"wrong"_s] = u"<chat xmlns='urn:other'/>"_s;
        for (int i = 0; i < 5200; ++i)
            service.items[u"z%1"_s.arg(i)] = first;
        Device one(service);
        QCOMPARE(one.items.ids().size(), 5000);
        one.wire.receive(
            notice(u"<item id='more'><chat xmlns='urn:node'/></item><item id='none'/><item/><retract/>"_s));
        QCOMPARE(one.items.ids().size(), 5000);
        QVERIFY(one.changed.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPrivateItems)
#include "tst_privateitems.moc"
