# SPDX-License-Identifier: GPL-3.0-or-later
"""One XMPP session of a peer that is not Mingle, on slixmpp.

It shares no code with Mingle and writes most stanzas by hand, so it can disagree with it: that is what an interop peer
is for. slixmpp gives the stream, TLS, SASL and the matching of IQ answers; its MIX plugins are left out because they
know `urn:xmpp:mix:core:1` only, and ejabberd sends `core:0`. tests/server/peer.py drives it with JSON lines, and
packaging/demo makes its people out of it.
"""

import asyncio
import logging
import uuid
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

# It warns at every start that a faster stringprep exists; nobody here waits for stringprep.
logging.getLogger("slixmpp.stringprep").setLevel(logging.ERROR)

# pylint: disable=wrong-import-position
import slixmpp
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

MIX_CORE = "urn:xmpp:mix:core:1"
MIX_PAM = "urn:xmpp:mix:pam:2"
MIX_NODES = ("messages", "participants", "presence", "info")
MUC_USER = "http://jabber.org/protocol/muc#user"
PUBSUB = "http://jabber.org/protocol/pubsub"
ANSWER_LIMIT = 60  # seconds

FORM_FIELD = "<field var={var}><value>{value}</value></field>"


class Refused(Exception):
    """The other side said no, or nothing at all."""

    def __init__(self, condition, text=""):
        super().__init__(f"{condition}: {text}" if text else condition)
        self.condition = condition
        self.text = text


def fresh_id():
    return str(uuid.uuid4())


def bare(jid):
    return jid.split("/", 1)[0]


def local_name(element):
    return element.tag.rsplit("}", 1)[-1]


def namespace(element):
    return element.tag[1:].split("}", 1)[0] if element.tag.startswith("{") else ""


def child(element, name, space=None):
    """The last child of that name: where a sender forged one, the genuine one was added behind it."""
    found = [c for c in element if local_name(c) == name and (space is None or namespace(c).startswith(space))]
    return found[-1] if found else None


def child_text(element, name, space=None):
    found = child(element, name, space)
    return None if found is None else found.text or ""


def form(form_type, fields):
    """A submitted data form (XEP-0004)."""
    lines = [f"<field var='FORM_TYPE' type='hidden'><value>{form_type}</value></field>"]
    lines += [FORM_FIELD.format(var=quoteattr(var), value=escape(str(value))) for var, value in fields.items()
              if value is not None]
    return f"<x xmlns='jabber:x:data' type='submit'>{''.join(lines)}</x>"


def describe_message(element):
    """A message as plain values; also what is inside a carbon or an archive result."""
    mix = child(element, "mix", "urn:xmpp:mix:core:")
    origin = child(element, "origin-id", "urn:xmpp:sid:0")
    occupant = child(element, "occupant-id", "urn:xmpp:occupant-id:0")
    delay = child(element, "delay", "urn:xmpp:delay")
    error = child(element, "error")
    return {
        "from": element.get("from"), "to": element.get("to"), "type": element.get("type", "normal"),
        "id": element.get("id"), "body": child_text(element, "body"), "subject": child_text(element, "subject"),
        "thread": child_text(element, "thread"),
        "origin_id": None if origin is None else origin.get("id"),
        "stanza_ids": [{"by": c.get("by"), "id": c.get("id")} for c in element
                       if c.tag == "{urn:xmpp:sid:0}stanza-id"],
        "occupant_id": None if occupant is None else occupant.get("id"),
        "mix_nick": None if mix is None else child_text(mix, "nick"),
        "mix_jid": None if mix is None else child_text(mix, "jid"),
        "delay": None if delay is None else delay.get("stamp"),
        "error": None if error is None else error_condition(error),
    }


def error_condition(error):
    names = [local_name(c) for c in error if local_name(c) != "text"]
    return names[0] if names else "undefined-condition"


class PeerSession(slixmpp.ClientXMPP):
    """A logged-in session; report(event) is called with one dict for everything that arrives."""

    def __init__(self, jid, password, report):
        super().__init__(jid, password)
        self.report = report
        self.nicks = {}  # room or channel -> own nick; a room is in it from the join on
        self.channels = {}  # MIX channel -> own participant id
        self.contacts = {}  # address -> {name, subscription, participant_id}
        self._joins = {}  # room -> future of its self-presence
        self._pages = {}  # query id -> results of an archive query
        self._connecting = None
        self.auto_authorize = True
        self.auto_subscribe = True
        self.register_plugin("xep_0030")
        self.register_plugin("xep_0199")
        for name, handler in (("message", self._on_message), ("presence", self._on_presence), ("iq", self._on_iq)):
            self.register_handler(Callback(f"raw {name}", MatchXPath(f"{{jabber:client}}{name}"), handler))
        self.add_event_handler("session_start", self._on_session_start)
        # Not "failed_auth": slixmpp fails with SCRAM-PLUS first (it sends no channel binding), then tries the next one.
        for failure in ("failed_all_auth", "no_auth"):
            self.add_event_handler(failure, lambda _: self._refuse_connect("not-authorized"))
        self.add_event_handler("connection_failed", lambda why: self._refuse_connect("remote-connection-failed", why))
        self.add_event_handler("ssl_invalid_chain", lambda why: self._refuse_connect("bad-certificate", why))
        self.add_event_handler("disconnected", self._on_disconnected)

    # --- the stream

    async def log_in(self, host, port, tls="direct", ca=None, presence=True):
        """Connects, logs in, fetches the roster and sends presence."""
        self.enable_direct_tls = tls == "direct"
        self.enable_starttls = tls == "starttls"
        self.enable_plaintext = False
        self.ca_certs = ca
        self._connecting = asyncio.get_running_loop().create_future()
        self.connect(host, port)
        await asyncio.wait_for(self._connecting, ANSWER_LIMIT)
        await self._fetch_roster()
        if presence:
            await self.request("<enable xmlns='urn:xmpp:carbons:2'/>", kind="set", tolerate=True)
            self.send_raw("<presence/>")

    def _on_session_start(self, _):
        if self._connecting and not self._connecting.done():
            self._connecting.set_result(True)

    def _refuse_connect(self, condition, why=""):
        if self._connecting and not self._connecting.done():
            self._connecting.set_exception(Refused(condition, str(why)))
        # Otherwise slixmpp would go on trying for ever.
        self.cancel_connection_attempt()

    def _on_disconnected(self, reason):
        self._refuse_connect("connection-closed", reason)
        self.report({"event": "disconnected", "reason": str(reason or "")})

    async def request(self, payload, to=None, kind="get", tolerate=False):
        """Sends an IQ and returns the answer's element."""
        iq = self.make_iq(id=fresh_id(), ito=to, itype=kind)
        iq.append(ET.fromstring(payload))
        try:
            return (await iq.send(timeout=ANSWER_LIMIT)).xml
        except IqError as error:
            if tolerate:
                return None
            raise Refused(error.condition, error.text) from error
        except IqTimeout as error:
            raise Refused("remote-server-timeout") from error

    # --- the roster and people

    async def _fetch_roster(self):
        query = "<query xmlns='jabber:iq:roster'><annotate xmlns='urn:xmpp:mix:roster:0'/></query>"
        answer = await self.request(query)
        for item in answer.iter("{jabber:iq:roster}item"):
            self._take_roster_item(item)

    def _take_roster_item(self, item):
        channel = child(item, "channel", "urn:xmpp:mix:roster:")
        participant = None if channel is None else channel.get("participant-id")
        jid, subscription = item.get("jid"), item.get("subscription")
        if subscription == "remove":
            self.contacts.pop(jid, None)
            self.channels.pop(jid, None)
        else:
            # ejabberd lists a named channel twice: once as the entry we named, once annotated and without the name.
            known = self.contacts.get(jid, {})
            self.contacts[jid] = {
                "name": item.get("name") or (known.get("name") if participant else None), "subscription": subscription,
                "participant_id": participant or known.get("participant_id")}
            if participant:
                self.channels[jid] = participant
        return {"jid": jid, "name": item.get("name"), "subscription": subscription, "participant_id": participant}

    async def name_contact(self, jid, name):
        item = f"<item jid={quoteattr(jid)} name={quoteattr(name)}/>"
        await self.request(f"<query xmlns='jabber:iq:roster'>{item}</query>", kind="set")

    def subscribe(self, jid):
        self.send_raw(f"<presence to={quoteattr(jid)} type='subscribe'/>")

    # --- MUC (XEP-0045)

    async def join_muc(self, room, nick, history=0):
        """Joins, and answers once the room has reflected our presence."""
        self._joins[room] = asyncio.get_running_loop().create_future()
        self.send_raw(f"<presence to={quoteattr(f'{room}/{nick}')}><x xmlns='http://jabber.org/protocol/muc'>"
                      f"<history maxstanzas='{int(history)}'/></x></presence>")
        try:
            await asyncio.wait_for(self._joins[room], ANSWER_LIMIT)
            self.nicks[room] = nick
        finally:
            self._joins.pop(room, None)

    async def create_muc(self, room, nick, name=None, description=None, members_only=False):
        """Joins a room that does not exist and configures it: persistent and archived."""
        await self.join_muc(room, nick)
        query = "<query xmlns='http://jabber.org/protocol/muc#owner'>{}</query>"
        answer = await self.request(query.format(""), room)
        offered = {field.get("var") for field in answer.iter("{jabber:x:data}field")}
        wanted = {
            "muc#roomconfig_roomname": name or room.split("@")[0], "muc#roomconfig_roomdesc": description,
            "muc#roomconfig_persistentroom": 1, "muc#roomconfig_membersonly": int(members_only),
            "muc#roomconfig_publicroom": 1,  # prosody hides a room whose form lacks it
            # Two spellings of "keep an archive"; ejabberd refuses a form with a field it does not know.
            "mam": 1, "muc#roomconfig_enablearchiving": 1,
        }
        fields = {var: value for var, value in wanted.items() if var in offered}
        submit = form("http://jabber.org/protocol/muc#roomconfig", fields)
        await self.request(query.format(submit), room, "set")

    async def set_affiliation(self, room, jid, affiliation):
        item = f"<item affiliation={quoteattr(affiliation)} jid={quoteattr(jid)}/>"
        await self.request(f"<query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query>", room, "set")

    def set_subject(self, room, subject):
        self.send_raw(f"<message to={quoteattr(room)} type='groupchat' id='{fresh_id()}'>"
                      f"<subject>{escape(subject)}</subject></message>")

    async def bookmark(self, room, name, nick, autojoin=True):
        """XEP-0402: publishes with the options that keep bookmarks private."""
        options = form(f"{PUBSUB}#publish-options", {
            "pubsub#persist_items": "true", "pubsub#max_items": "max", "pubsub#send_last_published_item": "never",
            "pubsub#access_model": "whitelist"})
        flag = "true" if autojoin else "false"
        await self.request(
            f"<pubsub xmlns='{PUBSUB}'><publish node='urn:xmpp:bookmarks:1'><item id={quoteattr(room)}>"
            f"<conference xmlns='urn:xmpp:bookmarks:1' name={quoteattr(name)} autojoin='{flag}'>"
            f"<nick>{escape(nick)}</nick></conference></item></publish>"
            f"<publish-options>{options}</publish-options></pubsub>", kind="set")

    # --- MIX (XEP-0369, joined through the account as XEP-0405 says)

    async def create_mix(self, channel):
        local, service = channel.split("@")
        await self.request(f"<create xmlns='{MIX_CORE}' channel={quoteattr(local)}/>", service, "set")

    async def destroy_mix(self, channel):
        local, service = channel.split("@")
        await self.request(f"<destroy xmlns='{MIX_CORE}' channel={quoteattr(local)}/>", service, "set")

    async def join_mix(self, channel, nick):
        """Returns the participant id; it comes with the roster push, for the answer's form differs between servers."""
        nodes = "".join(f"<subscribe node='urn:xmpp:mix:nodes:{node}'/>" for node in MIX_NODES)
        await self.request(
            f"<client-join xmlns='{MIX_PAM}' channel={quoteattr(channel)}><join xmlns='{MIX_CORE}'>"
            f"<nick>{escape(nick)}</nick>{nodes}</join></client-join>", kind="set")
        self.nicks[channel] = nick
        for _ in range(100):
            if channel in self.channels:
                return self.channels[channel]
            await asyncio.sleep(0.05)
        raise Refused("no-roster-push", "the channel did not appear in the roster within 5 s")

    async def set_mix_nick(self, channel, nick):
        await self.request(f"<setnick xmlns='{MIX_CORE}'><nick>{escape(nick)}</nick></setnick>", channel, "set")
        self.nicks[channel] = nick

    async def participants(self, channel):
        answer = await self.request(
            f"<pubsub xmlns='{PUBSUB}'><items node='urn:xmpp:mix:nodes:participants'/></pubsub>", channel)
        found = []
        for item in answer.iter(f"{{{PUBSUB}}}item"):
            participant = child(item, "participant", "urn:xmpp:mix:core:")
            if participant is not None:
                found.append({"id": item.get("id"), "nick": child_text(participant, "nick"),
                              "jid": child_text(participant, "jid")})
        return found

    # --- both kinds of room, and one to one

    async def leave(self, address):
        if address in self.channels:
            await self.request(f"<client-leave xmlns='{MIX_PAM}' channel={quoteattr(address)}>"
                               f"<leave xmlns='{MIX_CORE}'/></client-leave>", kind="set")
            self.channels.pop(address, None)
        elif address in self.nicks:
            self.send_raw(f"<presence to={quoteattr(f'{address}/{self.nicks[address]}')} type='unavailable'/>")
        else:
            raise Refused("item-not-found", f"not in {address}")
        self.nicks.pop(address, None)

    def send_text(self, to, body, kind="chat", stanza_id=None, origin_id=None, thread=None, extra=""):
        """Returns the stanza's id, which is its origin-id too unless one is given."""
        stanza_id = stanza_id or fresh_id()
        thread_element = f"<thread>{escape(thread)}</thread>" if thread else ""
        self.send_raw(
            f"<message to={quoteattr(to)} type='{kind}' id={quoteattr(stanza_id)}>"
            f"<body>{escape(body)}</body>{thread_element}"
            f"<origin-id xmlns='urn:xmpp:sid:0' id={quoteattr(origin_id or stanza_id)}/>{extra}</message>")
        return stanza_id

    async def archive_page(self, archive=None, max_items=None, before=None, after=None, start=None, end=None,
                           with_jid=None):
        """One page of an archive (XEP-0313): our own, a room's or a channel's."""
        query_id = fresh_id()
        filters = form("urn:xmpp:mam:2", {"start": start, "end": end, "with": with_jid})
        paging = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in
                         (("max", max_items), ("before", before), ("after", after)) if value is not None)
        self._pages[query_id] = []
        try:
            answer = await self.request(
                f"<query xmlns='urn:xmpp:mam:2' queryid='{query_id}'>{filters}"
                f"<set xmlns='http://jabber.org/protocol/rsm'>{paging}</set></query>", archive, "set")
            messages = self._pages[query_id]
        finally:
            self._pages.pop(query_id, None)
        fin = child(answer, "fin", "urn:xmpp:mam:")
        rsm = child(fin, "set")
        return {"complete": fin.get("complete") == "true", "messages": messages,
                "first": None if rsm is None else child_text(rsm, "first"),
                "last": None if rsm is None else child_text(rsm, "last"),
                "count": None if rsm is None else child_text(rsm, "count")}

    # --- what arrives

    def _on_message(self, stanza):
        element = stanza.xml
        result = child(element, "result", "urn:xmpp:mam:")
        if result is not None:
            self._take_archive_result(result)
            return
        carbon = None
        for direction in ("sent", "received"):
            wrapper = child(element, direction, "urn:xmpp:carbons:2")
            if wrapper is not None and element.get("from") == self.boundjid.bare:
                element, carbon = wrapper.find(".//{jabber:client}message"), direction
                break
        if element is None:
            return
        self.report({"event": "message", **describe_message(element), "carbon": carbon,
                     "xml": ET.tostring(stanza.xml, encoding="unicode")})

    def _take_archive_result(self, result):
        page = self._pages.get(result.get("queryid"))
        message = result.find(".//{jabber:client}message")
        if page is None or message is None:
            return
        delay = result.find("{urn:xmpp:forward:0}forwarded/{urn:xmpp:delay}delay")
        page.append({"archive_id": result.get("id"), "stamp": None if delay is None else delay.get("stamp"),
                     **describe_message(message)})

    def _on_presence(self, stanza):
        element = stanza.xml
        user = child(element, "x", MUC_USER)
        item = None if user is None else child(user, "item")
        codes = [] if user is None else [int(c.get("code")) for c in user if local_name(c) == "status"]
        error = child(element, "error")
        sender, kind = element.get("from", ""), element.get("type", "available")
        waiting = self._joins.get(bare(sender))
        if waiting and not waiting.done():
            if kind == "error":
                waiting.set_exception(Refused(error_condition(error), child_text(error, "text") or ""))
            elif 110 in codes:
                waiting.set_result(True)
        self.report({
            "event": "presence", "from": sender, "type": kind, "show": child_text(element, "show"),
            "status": child_text(element, "status"), "muc_codes": codes,
            "muc_jid": None if item is None else item.get("jid"),
            "muc_affiliation": None if item is None else item.get("affiliation"),
            "muc_role": None if item is None else item.get("role"),
            "error": None if error is None else error_condition(error),
        })

    def _on_iq(self, stanza):
        """Roster pushes; slixmpp answers them itself."""
        if stanza.xml.get("type") != "set" or stanza.xml.get("from") not in (None, "", self.boundjid.bare):
            return
        for item in stanza.xml.iter("{jabber:iq:roster}item"):
            self.report({"event": "roster", **self._take_roster_item(item)})
