# SPDX-License-Identifier: GPL-3.0-or-later
"""A MIX service (XEP-0369) without a stream: stanzas in, stanzas out. component.py puts it on a server.

What it leaves out of the MIX family: MUC beside MIX (XEP-0408), registered nicks and history of a talk made a channel
(XEP-0407), participants put out by a change of the visibility of addresses (XEP-0404). The fields "Open Presence" and
"Participants Must Provide Presence" are kept, and mean nothing. Where the XEPs leave something open, the choice stands
where it was made.
"""

import datetime
import uuid

import membership
import messages
import names
import nodes
import presences
from channel import NODES, SUBSCRIPTION_FIELDS, Channel, Surroundings
from stanzas import (Refusal, bare, element, error, local_name, namespace, normal_bare, parsed, payload_of, resource,
                     result)

FEATURES = (names.DISCO_INFO, names.DISCO_ITEMS, names.PING, names.CORE, names.ADMIN, names.MISC, names.PRESENCE,
            names.ANON)
SERVICE_FEATURES = FEATURES + (f"{names.CORE}#searchable", f"{names.CORE}#create-channel")
CHANNEL_FEATURES = FEATURES + (names.MAM, f"{names.MAM}#extended")

# What a channel does with an IQ: (type or None for both, namespace, name) -> function(channel, iq, payload).
CHANNEL_REQUESTS = {
    ("set", names.CORE, "join"): membership.join, ("set", names.MISC, "join"): membership.join,
    ("set", names.ANON, "join"): membership.join, ("set", names.CORE, "leave"): membership.leave,
    ("set", names.CORE, "setnick"): membership.set_nick,
    ("set", names.CORE, "update-subscription"): membership.update_subscription,
    (None, names.MISC, "invite"): membership.invite, (None, names.ANON, "user-preference"): membership.preference,
    (None, names.PUBSUB, "pubsub"): nodes.handle, (None, names.MAM, "query"): messages.query,
    ("get", names.MAM, "metadata"): messages.query,
}


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def new_id():
    return uuid.uuid4().hex


class Service:
    """handle() takes one stanza and returns those that it causes, in order."""

    def __init__(self, domain, clock=now, ids=new_id, tokens_needed=True):
        self.domain = domain
        self.channels = {}  # local part -> Channel
        self.sent = []
        # The function and not the list: each stanza gets a new list.
        self.around = Surroundings(lambda stanza: self.sent.append(stanza), clock, ids, tokens_needed)

    def handle(self, stanza):
        self.sent = []
        self.remove_old()
        try:
            self.dispatch(stanza)
        except Refusal as refusal:
            # Never an error for an error (RFC 6120, section 8.3.1), and never one for an answer.
            if stanza.get("type") not in ("error", "result"):
                if not hasattr(refusal.payload, "tag"):
                    refusal.payload = None
                self.sent.append(error(stanza, refusal))
        return self.sent

    def remove_old(self):
        """XEP-0406: a channel with an end goes by itself; here when the next stanza comes."""
        for local, channel in list(self.channels.items()):
            end = channel.settings.end_of_life()
            if end is not None and end <= self.around.now():
                self.channels.pop(local).tell_of_destruction()

    def dispatch(self, stanza):
        to = parsed(stanza.get("to"))
        if to is None or parsed(stanza.get("from")) is None:
            raise Refusal("jid-malformed")
        local = to[0]
        if not local:
            self.to_service(stanza)
            return
        participant_id, _, name = local.rpartition("#")
        channel = self.channels.get(name)
        if channel is None:
            if local_name(stanza) != "presence":
                raise Refusal("item-not-found", "there is no such channel")
        elif local_name(stanza) == "presence":
            if not participant_id:
                presences.take(channel, stanza)
        elif participant_id:
            presences.pass_on(channel, participant_id, stanza)
        elif local_name(stanza) == "message":
            if stanza.get("type") != "error":
                messages.take(channel, stanza)
        elif stanza.get("type") in ("get", "set"):
            self.to_channel(channel, stanza)

    # --- the service itself

    def to_service(self, stanza):
        if local_name(stanza) != "iq" or stanza.get("type") not in ("get", "set"):
            if local_name(stanza) == "message" and stanza.get("type") != "error":
                raise Refusal("service-unavailable")
            return
        request = payload_of(stanza)
        kind = (stanza.get("type"), "" if request is None else namespace(request),
                "" if request is None else local_name(request))
        if kind == ("get", names.DISCO_INFO, "query"):
            self.require_no_node(request)
            self.send_disco_info(stanza, request, "Channels", SERVICE_FEATURES)
        elif kind == ("get", names.DISCO_ITEMS, "query"):
            self.require_no_node(request)
            self.send(result(stanza, element(names.DISCO_ITEMS, "query", *self.listed(bare(stanza.get("from"))))))
        elif kind == ("get", names.PING, "ping"):
            self.send(result(stanza))
        elif kind == ("set", names.CORE, "create"):
            self.create(stanza, request)
        elif kind == ("set", names.CORE, "destroy"):
            self.destroy(stanza, request)
        else:
            raise Refusal("service-unavailable")

    def send(self, stanza):
        self.sent.append(stanza)

    def require_no_node(self, request):
        if request.get("node") not in (None, "", "mix"):
            raise Refusal("item-not-found", "there is no such node")

    def send_disco_info(self, iq, request, name, features):
        identity = element(names.DISCO_INFO, "identity", category="conference", type="mix", name=name)
        self.send(result(iq, element(names.DISCO_INFO, "query", identity,
                                     *(element(names.DISCO_INFO, "feature", var=var) for var in features),
                                     node=request.get("node"))))

    def listed(self, who):
        """Only what the asker may come into."""
        return [element(names.DISCO_ITEMS, "item", jid=channel.address, name=self.name_of(channel))
                for channel in self.channels.values() if channel.listed and channel.has_role(who, "allowed")]

    def name_of(self, channel):
        return (channel.information.get("Name") or [None])[0]

    def create(self, iq, request):
        wanted = request.get("channel")
        local = self.around.new_id() if wanted is None else self.checked_name(wanted)
        if local in self.channels:
            raise Refusal("conflict", "there is such a channel already")
        self.channels[local] = Channel(f"{local}@{self.domain}", bare(iq.get("from")), self.around, wanted is not None)
        # XEP-0369: the name in the answer is that of the request.
        self.send(result(iq, element(names.CORE, "create", channel=wanted or local)))

    def checked_name(self, wanted):
        address = normal_bare(f"{wanted}@{self.domain}") if wanted else None
        if address is None or any(sign in wanted for sign in "#/@"):
            raise Refusal("jid-malformed", "that cannot be the name of a channel")
        return address.split("@")[0]

    def destroy(self, iq, request):
        local = self.checked_name(request.get("channel"))
        channel = self.channels.get(local)
        if channel is None:
            raise Refusal("item-not-found", "there is no such channel")
        channel.require(bare(iq.get("from")), "owners", "destroy a channel")
        del self.channels[local]
        channel.tell_of_destruction()
        self.send(result(iq))

    # --- one channel

    def to_channel(self, channel, iq):
        request = payload_of(iq)
        if request is None:
            raise Refusal("bad-request", "there is nothing in it")
        if resource(iq.get("to")):
            raise Refusal("service-unavailable")
        space, name = namespace(request), local_name(request)
        handler = CHANNEL_REQUESTS.get((iq.get("type"), space, name)) or CHANNEL_REQUESTS.get((None, space, name))
        if handler is not None:
            handler(channel, iq, request)
        elif space == names.PING:
            self.send(result(iq))
        elif iq.get("type") == "get" and name == "query" and space in (names.DISCO_INFO, names.DISCO_ITEMS):
            self.disco(channel, iq, request)
        else:
            raise Refusal("service-unavailable")

    def disco(self, channel, iq, request):
        who = bare(iq.get("from"))
        self.require_no_node(request)
        channel.require(who, "allowed", "see this channel")
        if namespace(request) == names.DISCO_INFO:
            self.send_disco_info(iq, request, self.name_of(channel), CHANNEL_FEATURES)
            return
        if request.get("node") != "mix":
            raise Refusal("bad-request", "the nodes of a channel are asked for with node='mix'")
        found = [element(names.DISCO_ITEMS, "item", jid=channel.address, node=node) for node in NODES
                 if channel.present(node) and self.could_subscribe(channel, who, node)]
        self.send(result(iq, element(names.DISCO_ITEMS, "query", *found, node="mix")))

    def could_subscribe(self, channel, who, node):
        """Now, or once they have joined: what is for participants is also for those who may become one."""
        return channel.may_subscribe(who, node) or (
            node in SUBSCRIPTION_FIELDS and
            channel.settings.one(SUBSCRIPTION_FIELDS[node]) == "participants")
