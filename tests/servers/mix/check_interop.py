#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the MIX service through a real ejabberd with slixmpp's own MIX plug-ins, which know nothing of it.

What slixmpp cannot say (bans, invitations, configuration) is written with its PubSub plug-in, or by hand.
"""

import asyncio
import json
import logging
import pathlib
import subprocess
import tempfile
import unittest
from xml.etree import ElementTree as ET

logging.getLogger("slixmpp.stringprep").setLevel(logging.ERROR)

# pylint: disable=wrong-import-position
import slixmpp
from slixmpp import JID
from slixmpp.exceptions import IqError

HERE = pathlib.Path(__file__).parent
FIXTURE = HERE.parent.parent / "server" / "fixtures" / "ejabberd.sh"
PEOPLE = ("ada", "bea", "cid")
PLUGINS = ("xep_0004", "xep_0030", "xep_0060", "xep_0313", "xep_0369", "xep_0403", "xep_0404", "xep_0405")
NODES = {f"urn:xmpp:mix:nodes:{name}" for name in ("messages", "participants", "info", "presence")}
INFO, CONFIG = "urn:xmpp:mix:nodes:info", "urn:xmpp:mix:nodes:config"
ALLOWED, BANNED = "urn:xmpp:mix:nodes:allowed", "urn:xmpp:mix:nodes:banned"
LIMIT = 30  # seconds; only a failure lasts as long
SERVER = {}


def setUpModule():
    SERVER["folder"] = tempfile.TemporaryDirectory()
    accounts = [word for name in PEOPLE for word in ("--account", f"{name}:pw-{name}")]
    SERVER["process"] = subprocess.Popen(["bash", FIXTURE, SERVER["folder"].name, "--mix-service", *accounts],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    SERVER["ready"] = json.loads(SERVER["process"].stdout.readline())
    if not SERVER["ready"]["ready"]:
        raise RuntimeError(SERVER["ready"]["error"])


def tearDownModule():
    SERVER["process"].stdin.close()
    SERVER["process"].wait()
    SERVER["folder"].cleanup()


class Person(slixmpp.ClientXMPP):
    """A client with all its MIX plug-ins; what arrives waits in `heard`."""

    def __init__(self, name, resource):
        super().__init__(f"{name}@chat.test/{resource}", f"pw-{name}")
        for plugin in PLUGINS:
            self.register_plugin(plugin)
        self.enable_direct_tls, self.enable_starttls, self.enable_plaintext = True, False, False
        self.ca_certs = SERVER["ready"]["ca"]
        self.heard = []
        self.something = asyncio.Event()
        self.add_event_handler("message", lambda stanza: self.hear("groupchat", stanza))
        self.add_event_handler("mix_message", lambda stanza: self.hear("mix", stanza))
        self.add_event_handler("mix_presence", lambda stanza: self.hear("presence", stanza))
        self.add_event_handler("roster_update", lambda stanza: self.hear("roster", stanza))
        for event in ("publish", "retract"):
            self.add_event_handler(f"pubsub_{event}", lambda stanza: self.hear("event", stanza))
            self.add_event_handler(f"mix_participant_info_{event}", lambda stanza: self.hear("event", stanza))
            self.add_event_handler(f"mix_channel_info_{event}", lambda stanza: self.hear("event", stanza))

    async def log_in(self):
        started = asyncio.get_running_loop().create_future()
        self.add_event_handler("session_start", lambda _: started.done() or started.set_result(True))
        self.connect("127.0.0.1", SERVER["ready"]["tls"])
        await asyncio.wait_for(started, LIMIT)
        await self["xep_0405"].get_mix_roster()
        self.send_presence()
        return self

    def hear(self, kind, stanza):
        self.heard.append((kind, stanza.xml))
        self.something.set()

    async def wait_for(self, kind, fits):
        """The first stanza of that kind that fits, also if it has come already."""
        async with asyncio.timeout(LIMIT):
            while True:
                self.something.clear()
                for heard_kind, stanza in self.heard:
                    if heard_kind == kind and fits(stanza):
                        return stanza
                await self.something.wait()

    async def ask(self, to, kind, payload):
        iq = self.make_iq(ito=to, itype=kind)
        iq.append(ET.fromstring(payload))
        return (await iq.send(timeout=LIMIT)).xml

    async def put(self, channel, node, item_id, form=None):
        """One item, through slixmpp's PubSub."""
        return await self["xep_0060"].publish(channel, node, id=item_id, payload=form)

    async def say(self, channel, body):
        message = self.make_message(mto=channel, mbody=body, mtype="groupchat")
        message.send()
        return message["id"]


def submitted(form_type, **fields):
    form = slixmpp.plugins.xep_0004.stanza.Form()
    form["type"] = "submit"
    form.add_field(var="FORM_TYPE", ftype="hidden", value=form_type)
    for name, value in fields.items():
        form.add_field(var=name.replace("_", " "), value=value)
    return form


def has_body(body):
    return lambda stanza: stanza.findtext("{jabber:client}body") == body


def has_retract(participant):
    return lambda stanza: any(part.get("id") == participant for part in
                              stanza.iter("{http://jabber.org/protocol/pubsub#event}retract"))


class Interop(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.service = JID(SERVER["ready"]["channels"])
        self.people = []
        self.ada = await self.person("ada")
        self.name = self._testMethodName.removeprefix("test_").replace("_", "-")
        self.channel = JID(f"{self.name}@{self.service}")
        self.assertEqual(self.name, await self.ada["xep_0369"].create_channel(self.service, self.name))

    async def asyncTearDown(self):
        for person in self.people:
            person.abort()

    async def person(self, name, resource="one"):
        person = await Person(name, resource).log_in()
        self.people.append(person)
        return person

    async def join(self, person, nick, nodes=NODES):
        """Through the account; the answer is ejabberd's, in a form that slixmpp does not read."""
        await person["xep_0405"].join_channel(self.channel, nick, set(nodes))
        found = await self.participants()
        return next(participant for participant, name, _ in found if name == nick)

    async def participants(self):
        return await self.ada["xep_0369"].list_participants(self.channel)

    async def refused(self, condition, request):
        with self.assertRaises(IqError) as caught:
            await request
        self.assertEqual(condition, caught.exception.condition)

    async def test_discovery(self):
        self.assertTrue(await self.ada["xep_0369"].can_create_channel(self.service))
        channels = [str(jid) for jid, _ in await self.ada["xep_0369"].list_channels(self.service)]
        self.assertIn(str(self.channel), channels)
        services = await self.ada["xep_0030"].get_items("chat.test")
        self.assertIn(str(self.service), [str(item[0]) for item in services["disco_items"]["items"]])
        self.assertLessEqual(NODES | {CONFIG}, await self.ada["xep_0369"].list_mix_nodes(self.channel))
        await self.refused("conflict", self.ada["xep_0369"].create_channel(self.service, self.name))

    async def test_messages(self):
        """To two people and to two clients of one, with author; into the archive."""
        bea, bea2 = await self.person("bea"), await self.person("bea", "two")
        ada_id = await self.join(self.ada, "Ada")
        await self.join(bea, "Bea")
        self.assertEqual([("Ada", "ada@chat.test"), ("Bea", "bea@chat.test")],
                         [(nick, str(jid)) for _, nick, jid in await self.participants()])
        sent = await self.ada.say(self.channel, "to all")
        for person in (self.ada, bea, bea2):
            heard = await person.wait_for("groupchat", has_body("to all"))
            self.assertEqual(f"{self.channel}/{ada_id}", heard.get("from"))
            mix = heard.find("{urn:xmpp:mix:core:1}mix")
            self.assertEqual("Ada", mix.findtext("{urn:xmpp:mix:core:1}nick"))
            self.assertEqual("ada@chat.test", mix.findtext("{urn:xmpp:mix:core:1}jid"))
            self.assertEqual(sent if person is self.ada else None, mix.findtext("{urn:xmpp:mix:core:1}submission-id"))
            stanza_id = heard.find("{urn:xmpp:sid:0}stanza-id")
            self.assertEqual((str(self.channel), heard.get("id")), (stanza_id.get("by"), stanza_id.get("id")))
            # slixmpp itself takes it for a message of a channel
            await person.wait_for("mix", has_body("to all"))
        archived = [message async for message in bea["xep_0313"].iterate(jid=self.channel)]
        self.assertEqual([heard.get("id")], [message["mam_result"]["id"] for message in archived])

    async def test_nick(self):
        bea = await self.person("bea")
        await self.join(self.ada, "Ada")
        bea_id = await self.join(bea, "Bea")
        self.assertEqual("Queen", await bea["xep_0369"].set_nick(self.channel, "Queen"))
        await self.refused("conflict", self.ada["xep_0369"].set_nick(self.channel, "queen"))
        event = await self.ada.wait_for("event", lambda e: e.find(
            f".//*[@id='{bea_id}']/*/{{urn:xmpp:mix:core:1}}nick[.='Queen']") is not None)
        self.assertEqual(str(self.channel), event.get("from"))

    async def test_information(self):
        bea = await self.person("bea")
        await self.join(bea, "Bea")
        form = submitted("urn:xmpp:mix:core:1", Name="The Coven", Description="Where they meet",
                         Contact=["ada@chat.test"])
        await self.ada.put(self.channel, INFO, None, form)
        await bea.wait_for("event", lambda e: "The Coven" in ET.tostring(e, encoding="unicode"))
        found = await bea["xep_0369"].get_channel_info(self.channel)
        self.assertEqual(("The Coven", "Where they meet", ["ada@chat.test"]),
                         (found["Name"], found["Description"], [str(jid) for jid in found["Contact"]]))
        await self.refused("forbidden", bea.put(self.channel, INFO, None, form))

    async def test_configuration(self):
        await self.join(self.ada, "Ada")
        self.assertEqual((set(), set()), await self.ada["xep_0369"].update_subscription(self.channel, {CONFIG}))
        await self.ada.put(self.channel, CONFIG, None, submitted("urn:xmpp:mix:admin:0", Mandatory_Nicks="false"))
        await self.ada.wait_for("event", lambda e: "Mandatory Nicks" in ET.tostring(e, encoding="unicode"))
        items = await self.ada["xep_0060"].get_items(self.channel, CONFIG)
        values = items["pubsub"]["items"]["substanzas"][0]["form"].get_values()
        self.assertFalse(values["Mandatory Nicks"])
        self.assertEqual(["ada@chat.test"], values["Owner"])
        bea = await self.person("bea")
        await self.refused("forbidden", bea["xep_0060"].get_items(self.channel, CONFIG))

    async def test_ban(self):
        bea = await self.person("bea")
        await self.join(self.ada, "Ada")
        bea_id = await self.join(bea, "Bea")
        await self.ada.put(self.channel, BANNED, "bea@chat.test")
        for person in (self.ada, bea):
            await person.wait_for("event", has_retract(bea_id))
        await bea.say(self.channel, "let me in")
        await self.refused("forbidden", bea["xep_0405"].join_channel(self.channel, "Bea", set(NODES)))
        await self.ada["xep_0060"].retract(self.channel, BANNED, "bea@chat.test")
        self.assertEqual(bea_id, await self.join(bea, "Bea"))
        archived = [message async for message in bea["xep_0313"].iterate(jid=self.channel)]
        self.assertEqual([], archived)

    async def test_invitation(self):
        """Only who is allowed comes in, or who was invited."""
        bea, cid = await self.person("bea"), await self.person("cid")
        await self.join(self.ada, "Ada")
        await self.ada.put(self.channel, ALLOWED, "cid@chat.test")
        await self.join(cid, "Cid")
        await self.refused("forbidden", bea["xep_0405"].join_channel(self.channel, "Bea", set(NODES)))
        answer = await self.ada.ask(self.channel, "get", "<invite xmlns='urn:xmpp:mix:misc:0'>"
                                    "<invitee>bea@chat.test</invitee></invite>")
        invitation = {part.tag.split("}")[1]: part.text for part in answer[0][0]}
        self.assertEqual(("ada@chat.test", "bea@chat.test", str(self.channel)),
                         (invitation["inviter"], invitation["invitee"], invitation["channel"]))
        self.assertTrue(invitation["token"])
        await self.join(bea, "Bea")  # ejabberd would not pass the token on
        allowed = await self.ada["xep_0060"].get_items(self.channel, ALLOWED)
        self.assertEqual(["cid@chat.test", "bea@chat.test"], [item["id"] for item in allowed["pubsub"]["items"]])

    async def test_presence(self):
        """Of a client that comes after the join: ejabberd sends none for those that were there."""
        bea = await self.person("bea")
        bea_id = await self.join(bea, "Bea")
        await self.join(self.ada, "Ada")
        await self.person("bea", "later")
        seen = await self.ada.wait_for("presence", lambda p: p.get("from").endswith("/later"))
        self.assertEqual(f"{bea_id}#{self.channel}/later", seen.get("from"))
        self.assertEqual("bea@chat.test/later", seen.findtext(".//{urn:xmpp:mix:presence:0}jid"))

    async def test_hidden_addresses(self):
        bea = await self.person("bea")
        await self.join(self.ada, "Ada")
        await self.ada.put(self.channel, CONFIG, None, submitted("urn:xmpp:mix:admin:0", JID_Visibility="jid-hidden"))
        bea_id = await self.join(bea, "Bea")
        self.assertEqual([None, None], [jid for _, _, jid in await self.participants()])
        items = await self.ada["xep_0060"].get_items(self.channel, "urn:xmpp:mix:nodes:jidmap")
        self.assertIn((bea_id, "bea@chat.test"),
                      [(item["id"], item.xml.findtext(".//{urn:xmpp:mix:anon:0}jid"))
                       for item in items["pubsub"]["items"]])
        await bea.say(self.channel, "who am I?")
        heard = await self.ada.wait_for("groupchat", has_body("who am I?"))
        self.assertIsNone(heard.find(".//{urn:xmpp:mix:core:1}jid"))

    async def test_leave_and_destroy(self):
        """ejabberd's mod_mix_pam passes a leave on, but falls over the answer of a service that is not its own: its
        client never gets one. So what shows the leave is that the others are told and that the roster has no entry."""
        bea = await self.person("bea")
        await self.join(self.ada, "Ada")
        bea_id = await self.join(bea, "Bea")
        _, channels = await bea["xep_0405"].get_mix_roster()
        self.assertIn(str(self.channel), [str(item["jid"]) for item in channels])
        leaving = asyncio.create_task(bea["xep_0405"].leave_channel(self.channel))
        await self.ada.wait_for("event", has_retract(bea_id))
        _, channels = await bea["xep_0405"].get_mix_roster()
        self.assertNotIn(str(self.channel), [str(item["jid"]) for item in channels])
        leaving.cancel()
        self.assertEqual(["Ada"], [nick for _, nick, _ in await self.participants()])
        destroy = f"<destroy xmlns='urn:xmpp:mix:core:1' channel='{self.name}'/>"
        await self.refused("forbidden", bea.ask(self.service, "set", destroy))
        await self.ada.ask(self.service, "set", destroy)
        await self.refused("item-not-found", self.participants())


if __name__ == "__main__":
    unittest.main()
