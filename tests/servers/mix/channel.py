# SPDX-License-Identifier: GPL-3.0-or-later
"""One channel (XEP-0369, XEP-0406): who is in, who may what, its nodes, and what it tells whom.

The other modules work on it: messages.py, nodes.py, presences.py, membership.py.
"""

import copy
import dataclasses
import unicodedata

import names
from archive import Archive, stamp
from settings import ROLES, Settings
from stanzas import Refusal, element

NODES_PRESENT = {
    names.PARTICIPANTS_NODE: "participants", names.PRESENCE_NODE: "presence", names.INFO_NODE: "information",
    names.ALLOWED_NODE: "allowed", names.BANNED_NODE: "banned", names.JIDMAP_NODE: "jidmap-visible",
    names.AVATAR_DATA_NODE: "avatar", names.AVATAR_METADATA_NODE: "avatar",
}
NODES = (names.MESSAGES_NODE, names.CONFIG_NODE) + tuple(NODES_PRESENT)
# Who may subscribe is a field of the configuration. Of the avatar the XEPs say nothing: it goes with the information.
SUBSCRIPTION_FIELDS = {
    names.MESSAGES_NODE: "Messages Node Subscription", names.PARTICIPANTS_NODE: "Participants Node Subscription",
    names.PRESENCE_NODE: "Presence Node Subscription", names.INFO_NODE: "Information Node Subscription",
    names.ALLOWED_NODE: "Allowed Node Subscription", names.BANNED_NODE: "Banned Node Subscription",
    names.CONFIG_NODE: "Configuration Node Access", names.AVATAR_DATA_NODE: "Information Node Subscription",
    names.AVATAR_METADATA_NODE: "Information Node Subscription",
}
# What somebody should see before deciding to come in (XEP-0369, section 4.5): enough to be allowed.
OPEN_TO_ALLOWED = (names.INFO_NODE, names.AVATAR_DATA_NODE, names.AVATAR_METADATA_NODE)
WRITE_FIELDS = {
    names.INFO_NODE: "Information Node Update Rights", names.AVATAR_DATA_NODE: "Avatar Nodes Update Rights",
    names.AVATAR_METADATA_NODE: "Avatar Nodes Update Rights",
}
PREFERENCES = {  # XEP-0404: name -> what may be chosen, the default first
    "JID Visibility": ("default", "never", "always", "prefer not"), "Private Messages": ("allow", "block"),
    "vCard": ("block", "allow"), "Presence": ("share", "not share"),
}


@dataclasses.dataclass
class Participant:
    id: str
    jid: str  # bare
    nick: str
    preferences: dict = dataclasses.field(default_factory=lambda: {name: v[0] for name, v in PREFERENCES.items()})


@dataclasses.dataclass
class Surroundings:
    """What a channel has from its service. Tests put in a clock and ids of their own."""

    send: callable
    now: callable
    new_id: callable
    tokens_needed: bool = True  # False: who was invited may come in without showing the invitation


def clean_nick(nick):
    """RFC 8266: as it is kept."""
    return " ".join(unicodedata.normalize("NFKC", nick).split())


class Channel:
    def __init__(self, address, owner, around, listed=True):
        self.address = address
        self.around = around
        self.listed = listed  # an ad hoc channel is not to be found
        self.settings = Settings(owner)
        self.settings_id = self.new_date()
        self.participants = {}  # bare address -> Participant
        self.known_ids = {}  # bare address -> participant id, also of those who have left
        self.subscribers = {node: {} for node in NODES}  # node -> bare addresses, in order
        self.items = {names.ALLOWED_NODE: {}, names.BANNED_NODE: {}, names.AVATAR_DATA_NODE: {},
                      names.AVATAR_METADATA_NODE: {}}  # node -> item id -> payload or None
        self.information = {}
        self.information_id = self.new_date()
        self.archive = Archive()
        self.invitations = {}  # token -> (inviter, invitee)
        self.clients = {}  # full address -> presences.Client

    def new_date(self):
        """The information and the configuration are named by their time."""
        return stamp(self.around.now())

    # --- who may what

    def matches(self, node, who):
        return who in self.items[node] or who.split("@")[-1] in self.items[node]

    def allowed(self, who):
        banned = self.settings.present("banned") and self.matches(names.BANNED_NODE, who)
        return not banned and (not self.settings.present("allowed") or self.matches(names.ALLOWED_NODE, who))

    def role(self, who):
        if who in self.settings.values["Owner"]:
            return "owners"
        if who in self.settings.values["Administrator"]:
            return "admins"
        if who in self.participants:
            return "participants"
        return "allowed" if self.allowed(who) else "anyone"

    def has_role(self, who, wanted):
        return wanted != "nobody" and ROLES.index(self.role(who)) >= ROLES.index(wanted)

    def require(self, who, wanted, what):
        if not self.has_role(who, wanted):
            raise Refusal("forbidden", f"only {wanted} may {what}")

    def require_participant(self, who):
        if who not in self.participants:
            raise Refusal("forbidden", "only participants may do that")
        return self.participants[who]

    def present(self, node):
        return node in self.subscribers and (node not in NODES_PRESENT or self.settings.present(NODES_PRESENT[node]))

    def require_node(self, node):
        if not node:
            raise Refusal("bad-request", "which node?", reason="nodeid-required")
        if not self.present(node):
            raise Refusal("item-not-found", f"{node} is not present")

    def may_subscribe(self, who, node):
        return self.has_role(who, "admins" if node == names.JIDMAP_NODE else
                             self.settings.one(SUBSCRIPTION_FIELDS[node]))

    def may_read(self, who, node):
        return self.may_subscribe(who, node) or node in OPEN_TO_ALLOWED and self.has_role(who, "allowed")

    def writers(self, node):
        """The role that may publish; None: nobody, it comes about otherwise."""
        if node in WRITE_FIELDS:
            return self.settings.one(WRITE_FIELDS[node])
        owned = {names.CONFIG_NODE: "owners", names.ALLOWED_NODE: "admins", names.BANNED_NODE: "admins"}
        return owned.get(node)

    # --- subscriptions

    def subscribe(self, who, nodes):
        """Those of the nodes that were granted. If none was, the reason for the first is the answer (XEP-0369)."""
        reasons = {}
        for node in nodes:
            if not self.present(node):
                reasons[node] = "item-not-found"
            elif not self.may_subscribe(who, node):
                reasons[node] = "forbidden"
        if nodes and len(reasons) == len(set(nodes)):
            first = reasons[nodes[0]]
            raise Refusal(first, payload=[node for node in nodes if reasons[node] == first])
        granted = [node for node in dict.fromkeys(nodes) if node not in reasons]
        for node in granted:
            self.subscribers[node][who] = True
        return granted

    def unsubscribe(self, who, nodes):
        for node in nodes:
            self.subscribers.get(node, {}).pop(who, None)

    def drop_lost_subscriptions(self):
        """After a change of rights or nodes."""
        for node, people in self.subscribers.items():
            for who in list(people):
                if not self.present(node) or not self.may_subscribe(who, node):
                    del people[who]

    # --- telling

    def send(self, stanza):
        self.around.send(stanza)

    def notify(self, node, *contents):
        """A notification of XEP-0060 for everybody subscribed to the node."""
        for who in list(self.subscribers[node]):
            items = element(names.PUBSUB_EVENT, "items", *(copy.deepcopy(part) for part in contents), node=node)
            self.send(element(names.CLIENT, "message", element(names.PUBSUB_EVENT, "event", items),
                              from_=self.address, to=who, id=self.around.new_id()))

    def event_item(self, item_id, payload=None):
        return element(names.PUBSUB_EVENT, "item", payload, id=item_id)

    def event_retract(self, item_id):
        return element(names.PUBSUB_EVENT, "retract", id=item_id)

    def tell_of_destruction(self):
        """XEP-0060, section 8.4.1; XEP-0369 says nothing about it."""
        for node, people in self.subscribers.items():
            for who in people:
                event = element(names.PUBSUB_EVENT, "event", element(names.PUBSUB_EVENT, "delete", node=node))
                self.send(element(names.CLIENT, "message", event, from_=self.address, to=who,
                                  id=self.around.new_id()))

    # --- participants

    def visible_jid(self, participant):
        """The address as the others may see it (XEP-0404), or None."""
        mode, wish = self.settings.one("JID Visibility"), participant.preferences["JID Visibility"]
        if mode == "jid-mandatory-visible" or mode == "jid-optionally-visible" and wish == "always":
            return participant.jid
        return None

    def participant_element(self, participant):
        jid = self.visible_jid(participant)
        return element(
            names.CORE, "participant",
            element(names.CORE, "nick", text=participant.nick) if participant.nick else None,
            element(names.CORE, "jid", text=jid) if jid else None)

    def jidmap_element(self, participant):
        return element(names.ANON, "participant", element(names.ANON, "jid", text=participant.jid))

    def encoded(self, participant):
        """123456#coven@mix.shakespeare.example (XEP-0403)."""
        return f"{participant.id}#{self.address}"

    def participant_of_id(self, participant_id):
        return next((p for p in self.participants.values() if p.id == participant_id), None)

    def free_nick(self, who, nick):
        """The nick as it is kept; refused where somebody else has it, or none is given and one is needed."""
        nick = clean_nick(nick or "")
        for other in self.participants.values():
            if nick and other.jid != who and other.nick.casefold() == nick.casefold():
                raise Refusal("conflict", "somebody else has this nick")
        return nick

    def add(self, who, nick, nodes, preferences):
        """The granted nodes and the participant. Somebody who is in already changes nick and subscriptions."""
        nick = self.free_nick(who, nick)
        if not nick and self.settings.on("Mandatory Nicks"):
            raise Refusal("not-acceptable", "this channel wants a nick")
        known = self.participants.get(who)
        participant = Participant(self.known_ids.get(who) or self.around.new_id(), who, nick)
        if known is not None:
            participant.preferences = known.preferences
        participant.preferences.update(preferences)
        self.participants[who] = participant
        try:
            granted = self.subscribe(who, nodes)
        except Refusal:
            if known is None:
                del self.participants[who]
            else:
                self.participants[who] = known
            raise
        self.unsubscribe(who, [node for node in NODES if node not in granted])
        self.known_ids[who] = participant.id
        self.tell_of_participant(participant)
        if known is None:
            self.notify(names.JIDMAP_NODE, self.event_item(participant.id, self.jidmap_element(participant)))
        return granted, participant

    def tell_of_participant(self, participant):
        self.notify(names.PARTICIPANTS_NODE, self.event_item(participant.id, self.participant_element(participant)))

    def remove(self, participant, put_out=False):
        """Somebody put out is told by the retraction itself: there is no other way in the XEPs."""
        if not put_out:
            self.unsubscribe(participant.jid, NODES)
        del self.participants[participant.jid]
        self.notify(names.PARTICIPANTS_NODE, self.event_retract(participant.id))
        self.notify(names.JIDMAP_NODE, self.event_retract(participant.id))
        self.unsubscribe(participant.jid, NODES)

    def set_nick(self, who, nick):
        participant = self.require_participant(who)
        wanted = self.free_nick(who, nick)
        if not wanted:  # XEP-0369: the user wants the channel to choose
            wanted = f"guest-{participant.id[:8]}"
        participant.nick = wanted
        self.tell_of_participant(participant)
        return wanted
