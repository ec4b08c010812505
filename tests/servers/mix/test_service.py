#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the scenarios of examples/*.xml, most of which are the examples of the XEPs, against a Service.

A scenario is a list of <send> and, behind each, of <expect>: all that comes of it, in this order. Every scenario begins
with the channel "coven" on mix.shakespeare.example, made by hecate and joined by those in its attribute "people"
(name:nick; the participant ids are id-NAME). In what is expected, "*" stands for any value, and an element is the same
as another if name, attributes, text and children are; <any/> stands for any children.
"""

import datetime
import pathlib
import sys
import unittest
from xml.etree import ElementTree as ET

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))

# pylint: disable=wrong-import-position
import names
from service import Service
from stanzas import element

DOMAIN = "mix.shakespeare.example"
NOW = datetime.datetime(2016, 5, 30, 9, tzinfo=datetime.timezone.utc)
NODES = (names.MESSAGES_NODE, names.PARTICIPANTS_NODE, names.INFO_NODE)


class Stage:
    """A service with clock and ids of its own."""

    def __init__(self):
        self.now = NOW
        self.next_ids = []
        self.made = 0
        self.service = Service(DOMAIN, lambda: self.now, self.new_id)

    def new_id(self):
        self.made += 1
        return self.next_ids.pop(0) if self.next_ids else f"made-{self.made}"

    def send(self, text):
        return self.service.handle(ET.fromstring(text))

    def set_up(self, people):
        self.request("hecate@shakespeare.example/cave", DOMAIN, "<create channel='coven' xmlns='urn:xmpp:mix:core:1'/>")
        for name, nick in (person.split(":") for person in people.split(",") if person):
            self.next_ids = [f"id-{name}"]
            subscribe = "".join(f"<subscribe node='{node}'/>" for node in NODES)
            self.request(f"{name}@shakespeare.example", f"coven@{DOMAIN}",
                         f"<join xmlns='urn:xmpp:mix:core:1'>{subscribe}<nick>{nick}</nick></join>")
        self.next_ids = []

    def request(self, sender, to, payload, kind="set"):
        return self.send(f"<iq xmlns='jabber:client' type='{kind}' id='q' from='{sender}' to='{to}'>{payload}</iq>")


def text_of(node):
    return " ".join((node.text or "").split())


def difference(expected, got, path=""):
    """Where they differ, in words; empty if they do not."""
    path += "/" + expected.tag
    if expected.tag != got.tag:
        return f"{path}: got {got.tag}"
    for name in set(expected.attrib) | set(got.attrib):
        wanted = expected.get(name)
        if wanted != got.get(name) and not (wanted == "*" and name in got.attrib):
            return f"{path}@{name}: expected {wanted}, got {got.get(name)}"
    if text_of(expected) not in ("*", text_of(got)):
        return f"{path}: expected '{text_of(expected)}', got '{text_of(got)}'"
    if any(part.tag.endswith("any") for part in expected):
        return ""
    wanted, had = [part.tag for part in expected], [part.tag for part in got]
    if wanted != had:
        return f"{path}: expected {wanted}, got {had}"
    return next(filter(None, (difference(a, b, path) for a, b in zip(expected, got))), "")


class Scenarios(unittest.TestCase):
    def play(self, scenario):
        stage = Stage()
        stage.set_up(scenario.get("people", ""))
        for number, step in enumerate(list(scenario)):
            if step.tag == "expect":
                continue
            stage.next_ids = step.get("ids", "").split()
            got = stage.service.handle(step[0])
            wanted = []
            for following in list(scenario)[number + 1:]:
                if following.tag != "expect":
                    break
                wanted.append(following[0])
            heard = "\n".join(ET.tostring(stanza, encoding="unicode") for stanza in got)
            self.assertEqual(len(wanted), len(got), f"step {number}:\n{heard}")
            for expected, stanza in zip(wanted, got):
                self.assertEqual("", difference(expected, stanza), f"step {number}:\n{heard}")

    def test_examples(self):
        files = sorted(HERE.glob("examples/*.xml"))
        self.assertGreater(len(files), 5)
        for path in files:
            for scenario in ET.parse(path).getroot():
                with self.subTest(file=path.name, name=scenario.get("name")):
                    self.play(scenario)


class Archive(unittest.TestCase):
    """Pages of an archive (XEP-0313, XEP-0059)."""

    def setUp(self):
        self.stage = Stage()
        self.stage.set_up("hecate:top witch")
        for number in range(6):
            self.stage.now = NOW + datetime.timedelta(minutes=number)
            self.stage.next_ids = [f"m{number}"]
            self.stage.send(f"<message xmlns='jabber:client' type='groupchat' from='hecate@shakespeare.example/cave' "
                            f"to='coven@{DOMAIN}' id='x{number}'><body>{number}</body></message>")

    def page(self, fields="", rsm="", more=""):
        """The ids of a page, and whether it is the last."""
        form = "".join(f"<field var='{name}'><value>{value}</value></field>" for name, value in fields)
        query = (f"<query xmlns='urn:xmpp:mam:2' queryid='f'><x xmlns='jabber:x:data' type='submit'>"
                 f"<field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field>{form}</x>"
                 f"<set xmlns='http://jabber.org/protocol/rsm'>{rsm}</set>{more}</query>")
        *results, last = self.stage.request("hecate@shakespeare.example/cave", f"coven@{DOMAIN}", query)
        if last.get("type") == "error":
            return last.find("{jabber:client}error")[0].tag.split("}")[1], None
        found = [result.find("{urn:xmpp:mam:2}result").get("id") for result in results]
        return " ".join(found), last.find("{urn:xmpp:mam:2}fin").get("complete") == "true"

    def test_pages(self):
        self.assertEqual(("m0 m1 m2 m3 m4 m5", True), self.page())
        self.assertEqual(("m0 m1", False), self.page(rsm="<max>2</max>"))
        self.assertEqual(("m4 m5", False), self.page(rsm="<max>2</max><before/>"))
        self.assertEqual(("m2 m3", False), self.page(rsm="<max>2</max><before>m4</before>"))
        self.assertEqual(("m0 m1", True), self.page(rsm="<max>2</max><before>m2</before>"))
        self.assertEqual(("m4 m5", True), self.page(rsm="<max>2</max><after>m3</after>"))
        self.assertEqual(("", False), self.page(rsm="<max>0</max>"))
        self.assertEqual(("m5 m4", False), self.page(rsm="<max>2</max><before/>", more="<flip-page/>"))

    def test_filters(self):
        self.assertEqual(("m3 m4 m5", True), self.page([("start", "2016-05-30T09:03:00Z")]))
        self.assertEqual(("m0 m1", True), self.page([("end", "2016-05-30T09:01:59Z")]))
        self.assertEqual(("m1 m2", True), self.page([("after-id", "m0"), ("before-id", "m3")]))
        self.assertEqual(("m3 m5", True), self.page([("ids", "m3</value><value>m5")]))
        self.assertEqual(("", True), self.page([("with", "somebody@shakespeare.example")]))
        self.assertEqual(("m0 m1 m2 m3 m4 m5", True), self.page([("with", "hecate@shakespeare.example")]))

    def test_what_can_be_asked_and_where_it_ends(self):
        def ask(payload):
            return self.stage.request("hecate@shakespeare.example/cave", f"coven@{DOMAIN}", payload, "get")[0][0]

        form = ask("<query xmlns='urn:xmpp:mam:2'/>")[0]
        self.assertEqual("form", form.get("type"))
        self.assertIn("before-id", [field.get("var") for field in form])
        ends = ask("<metadata xmlns='urn:xmpp:mam:2'/>")
        self.assertEqual([("m0", "2016-05-30T09:00:00.000000Z"), ("m5", "2016-05-30T09:05:00.000000Z")],
                         [(end.get("id"), end.get("timestamp")) for end in ends])

    def test_refusals(self):
        self.assertEqual(("item-not-found", None), self.page(rsm="<after>never</after>"))
        self.assertEqual(("bad-request", None), self.page(rsm="<max>many</max>"))
        self.assertEqual(("bad-request", None), self.page([("start", "yesterday")]))


class EndOfLife(unittest.TestCase):
    def test_a_channel_goes_at_its_time(self):
        stage = Stage()
        stage.set_up("hecate:top witch")
        form = ("<x xmlns='jabber:x:data' type='submit'><field var='End of Life'>"
                "<value>2016-05-30T10:00:00Z</value></field></x>")
        publish = (f"<pubsub xmlns='{names.PUBSUB}'><publish node='{names.CONFIG_NODE}'><item>{form}</item></publish>"
                   "</pubsub>")
        stage.request("hecate@shakespeare.example/cave", f"coven@{DOMAIN}", publish)
        self.assertIn("coven", stage.service.channels)
        stage.now = NOW + datetime.timedelta(hours=1)
        told = stage.service.handle(element(names.CLIENT, "presence", from_="a@b", to=DOMAIN))
        self.assertNotIn("coven", stage.service.channels)
        self.assertEqual(len(NODES), len(told))


if __name__ == "__main__":
    unittest.main()
