// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/dataform.h"
#include "xmpp/mixsettings.h"
#include "xmpp/mucsetup.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestDataForm : public QObject
{
    Q_OBJECT
private:
    static Form form(const QString &inside)
    {
        const auto text = u"<query><x xmlns='jabber:x:data' type='form'>"_s + inside + u"</x></query>"_s;
        return readForm(FakeWire::parse(text.toUtf8()));
    }

private Q_SLOTS:
    void readsEveryType()
    {
        const Form f =
            form(u"<title>Settings</title><instructions>Fill in</instructions>"
                 "<field type='hidden' var='FORM_TYPE'><value>urn:x</value></field>"
                 "<field type='boolean' var='b' label='B'><value>true</value></field>"
                 "<field type='list-single' var='l'><required/><value>2</value>"
                 "<option label='One'><value>1</value></option><option><value>2</value></option></field>"
                 "<field type='text-multi' var='m'><value>a</value><value>b</value></field>"
                 "<field type='fixed'><value>A heading</value></field>"
                 "<field type='text-private' var='p'><desc>secret</desc></field>"
                 "<field var='untyped'><value>x</value></field>"_s);
        QCOMPARE(f.title, u"Settings"_s);
        QCOMPARE(f.instructions, u"Fill in"_s);
        QCOMPARE(f.formType, u"urn:x"_s);
        QCOMPARE(f.fields.size(), 6);
        QVERIFY(f.find(u"b")->isOn());
        QCOMPARE(f.find(u"l")->type, FormField::Type::OneOf);
        QVERIFY(f.find(u"l")->required);
        QCOMPARE(f.find(u"l")->options.size(), 2);
        QCOMPARE(f.find(u"l")->options[0].label, u"One"_s);
        QCOMPARE(f.find(u"m")->values, QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(f.find(u"p")->type, FormField::Type::Secret);
        QCOMPARE(f.find(u"p")->description, u"secret"_s);
        QCOMPARE(f.find(u"untyped")->type, FormField::Type::Text);
        QVERIFY(!f.find(u"FORM_TYPE"));
    }

    void isBounded()
    {
        QString many;
        for (int i = 0; i < 1000; ++i)
            many += u"<field type='text-single' var='f%1'><value>x</value></field>"_s.arg(i);
        QCOMPARE(form(many).fields.size(), 200);
        QString options;
        for (int i = 0; i < 1000; ++i)
            options += u"<option><value>%1</value></option>"_s.arg(i);
        const Form f = form(u"<field type='list-single' var='a'>"_s + options + u"</field>"_s);
        QCOMPARE(f.find(u"a")->options.size(), 200);
        const Form twice =
            form(u"<field var='a'><value>1</value></field><field var='a'><value>2</value></field>"_s);
        QCOMPARE(twice.fields.size(), 1);
        QCOMPARE(twice.find(u"a")->values, QStringList{u"1"_s});
        QCOMPARE(readForm(FakeWire::parse("<query/>")), Form());
    }

    void submitsWhatIsGiven()
    {
        Form f;
        f.formType = u"urn:x"_s;
        f.fields = {{u"a"_s, u"label"_s, {}, FormField::Type::Lines, true, {u"1"_s, u"<2>"_s}, {}},
                    {{}, {}, {}, FormField::Type::Note, false, {u"words"_s}, {}},
                    {u"empty"_s, {}, {}, FormField::Type::Addresses, false, {}, {}}};
        QByteArray bytes;
        QXmlStreamWriter xml(&bytes);
        writeSubmit(xml, f);
        QCOMPARE(bytes, QByteArray("<x xmlns=\"jabber:x:data\" type=\"submit\">"
                                   "<field var=\"FORM_TYPE\" type=\"hidden\"><value>urn:x</value></field>"
                                   "<field var=\"a\"><value>1</value><value>&lt;2&gt;</value></field>"
                                   "<field var=\"empty\"/></x>"));
    }

    // XEP-0406, examples of the configuration and the information node.
    void mixSettingsHaveTypes()
    {
        const auto items = [](const QString &inside) {
            return FakeWire::parse(
                (u"<items><item id='2016-05-30T09:00:00'><x xmlns='jabber:x:data' type='result'>"_s + inside
                 + u"</x></item></items>"_s)
                    .toUtf8());
        };
        const Form f = mixSettings(
            items(u"<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mix:core:1</value></field>"
                  "<field var='Name'><value>Witches Coven</value></field>"_s),
            items(u"<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mix:admin:0</value></field>"
                  "<field var='Owner'><value>hecate@shakespeare.example</value>"
                  "<value>greymalkin@shakespeare.example</value></field>"
                  "<field var='Messages Node Subscription'><value>allowed</value></field>"
                  "<field var='No Private Messages'><value>true</value></field>"
                  "<field var='Mandatory Nicks'><value>true</value></field>"_s));
        QCOMPARE(f.find(u"Name")->values, QStringList{u"Witches Coven"_s});
        QVERIFY(f.find(u"Description")); // can be given, though there is none yet
        QCOMPARE(f.find(u"Owner")->type, FormField::Type::Addresses);
        QCOMPARE(f.find(u"Owner")->values.size(), 2);
        QCOMPARE(f.find(u"Messages Node Subscription")->type, FormField::Type::OneOf);
        QCOMPARE(f.find(u"Messages Node Subscription")->options.size(), 3);
        QVERIFY(f.find(u"Mandatory Nicks")->isOn());
        QCOMPARE(f.find(u"No Private Messages")->type, FormField::Type::Text); // unknown, kept as it is

        QCOMPARE(mixInfoChanges(f).fields.size(), 3);
        QCOMPARE(mixInfoChanges(f).formType, u"urn:xmpp:mix:core:1"_s);
        QVERIFY(!mixConfigChanges(f).find(u"Name"));
        QCOMPARE(mixConfigChanges(f).formType, u"urn:xmpp:mix:admin:0"_s);
        QVERIFY(mixConfigChanges(f).find(u"Owner"));
    }

    void firstSettingsFitTheRoom()
    {
        const Form f =
            form(u"<field type='text-single' var='muc#roomconfig_roomname'/>"
                 "<field type='text-single' var='muc#roomconfig_roomdesc'/>"
                 "<field type='boolean' var='muc#roomconfig_membersonly'/>"
                 "<field type='boolean' var='muc#roomconfig_publicroom'><value>1</value></field>"
                 "<field type='list-single' var='muc#roomconfig_whois'><value>moderators</value>"
                 "<option><value>moderators</value></option><option><value>anyone</value></option></field>"
                 "<field type='boolean' var='mam'/>"_s);
        CreateRequest request;
        request.name = u"Friends"_s;
        request.isPrivate = true;
        const Form closed = firstSettings(f, request);
        QCOMPARE(closed.find(u"muc#roomconfig_roomname")->values, QStringList{u"Friends"_s});
        QVERIFY(!closed.find(u"muc#roomconfig_roomdesc")); // nothing to say
        QVERIFY(closed.find(u"muc#roomconfig_membersonly")->isOn());
        QVERIFY(!closed.find(u"muc#roomconfig_publicroom")->isOn());
        QCOMPARE(closed.find(u"muc#roomconfig_whois")->values, QStringList{u"anyone"_s});
        QVERIFY(closed.find(u"mam")->isOn());
        QVERIFY(!closed.find(u"muc#roomconfig_persistentroom")); // not in the form
        request.isPrivate = false;
        const Form open = firstSettings(f, request);
        QVERIFY(!open.find(u"muc#roomconfig_membersonly")->isOn());
        QCOMPARE(open.find(u"muc#roomconfig_whois")->values, QStringList{u"moderators"_s});
    }
};

QTEST_GUILESS_MAIN(TestDataForm)
#include "tst_dataform.moc"
