# SPDX-License-Identifier: GPL-3.0-or-later
"""Presence through a channel (XEP-0403), and what is passed on to one participant (XEP-0403, XEP-0404)."""

import copy
import dataclasses

import names
from stanzas import Refusal, bare, element, local_name, namespace, resource


@dataclasses.dataclass
class Client:
    """One client of a participant that is online. The others know it by its alias (XEP-0404, section 2.4)."""

    full: str
    alias: str
    contents: list
    online: bool = True  # False: never sent presence, only stanzas to others


def address_of(channel, participant, alias):
    return f"{channel.encoded(participant)}/{alias}"


def alias_of(channel, participant, full):
    known = channel.clients.get(full)
    if known is not None:
        return known.alias
    return resource(full) if channel.visible_jid(participant) else channel.around.new_id()


def clients_of(channel, participant):
    return [client for client in channel.clients.values() if bare(client.full) == participant.jid]


def presence_element(channel, participant, client, to, kind=None):
    jid = client.full if channel.visible_jid(participant) else None
    mix = element(names.PRESENCE, "mix", element(names.PRESENCE, "jid", text=jid) if jid else None,
                  element(names.PRESENCE, "nick", text=participant.nick) if participant.nick else None)
    contents = [copy.deepcopy(part) for part in client.contents] if kind is None else []
    return element(names.CLIENT, "presence", mix, *contents, type=kind, to=to, id=channel.around.new_id(),
                   from_=address_of(channel, participant, client.alias))


def distribute(channel, participant, client, kind=None):
    for who in list(channel.subscribers[names.PRESENCE_NODE]):
        channel.send(presence_element(channel, participant, client, who, kind))


def send_all(channel, to):
    for client in channel.clients.values():
        participant = channel.participants.get(bare(client.full))
        if participant is not None and client.online:
            channel.send(presence_element(channel, participant, client, to))


def withdraw(channel, participant):
    """Of somebody who goes: nobody of the node sees one of their clients any more."""
    for client in clients_of(channel, participant):
        del channel.clients[client.full]
        if client.online:
            distribute(channel, participant, client, "unavailable")


def take(channel, stanza):
    """Presence that a participant's server sends to the channel; that of strangers is not heard."""
    sender, kind = stanza.get("from"), stanza.get("type")
    participant = channel.participants.get(bare(sender))
    if participant is None:
        return
    if kind == "subscribe":
        channel.send(element(names.CLIENT, "presence", type="subscribed", from_=channel.address, to=bare(sender)))
        return
    if not channel.present(names.PRESENCE_NODE):
        return
    subscribed = bare(sender) in channel.subscribers[names.PRESENCE_NODE]
    if kind == "probe" or kind is None and not resource(sender):
        if subscribed:  # XEP-0405, section 2.8.3: the server wants everything
            send_all(channel, bare(sender))
    elif kind is None and participant.preferences["Presence"] == "share":
        contents = [part for part in stanza if not (local_name(part) == "mix" and namespace(part) == names.PRESENCE)]
        known = sender in channel.clients and channel.clients[sender].online
        client = Client(sender, alias_of(channel, participant, sender), contents)
        channel.clients[sender] = client
        distribute(channel, participant, client)
        if subscribed and not known:  # XEP-0369, section 4.1: a client that comes online learns who is there
            send_all(channel, sender)
    elif kind == "unavailable" and sender in channel.clients and channel.clients[sender].online:
        distribute(channel, participant, channel.clients.pop(sender), "unavailable")


# --- stanzas to one participant, addressed as 123456#coven@mix.shakespeare.example

def addressee(channel, participant_id, alias):
    participant = channel.participant_of_id(participant_id)
    if participant is None:
        raise Refusal("item-not-found", "there is no such participant")
    if not alias:
        return participant, participant.jid
    for client in clients_of(channel, participant):
        if client.alias == alias:
            return participant, client.full
    raise Refusal("item-not-found", "this participant has no such client online")


def pass_on(channel, participant_id, stanza):
    """An IQ or a private message: the addresses change, nothing else. It is not archived."""
    sender = bare(stanza.get("from"))
    author = channel.require_participant(sender)
    alias = resource(stanza.get("to"))
    answer = stanza.get("type") in ("result", "error")
    try:
        participant, to = addressee(channel, participant_id, alias)
    except Refusal:
        if answer:
            return
        raise
    if not answer:
        require_reachable(channel, participant, stanza)
    full = stanza.get("from")
    passed = copy.deepcopy(stanza)
    passed.set("to", to)
    if resource(full):
        known = full in channel.clients
        alias = alias_of(channel, author, full)
        if not known:  # the answer must find its way back to a client that shares no presence
            channel.clients[full] = Client(full, alias, [], online=False)
        passed.set("from", address_of(channel, author, alias))
    else:
        passed.set("from", channel.encoded(author))
    channel.send(passed)


def require_reachable(channel, participant, stanza):
    if local_name(stanza) == "message":
        if not channel.settings.on("Private Messages"):
            raise Refusal("not-allowed", "this channel has no private messages")
        if participant.preferences["Private Messages"] == "block":
            raise Refusal("forbidden", "this participant wants no private messages")
    elif any("vcard" in namespace(part).lower() for part in stanza) and participant.preferences["vCard"] == "block":
        raise Refusal("forbidden", "this participant does not show a vCard")
