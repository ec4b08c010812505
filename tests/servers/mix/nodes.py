# SPDX-License-Identifier: GPL-3.0-or-later
"""The nodes of a channel through XEP-0060: information and configuration (XEP-0369, XEP-0406), allowed and banned,
participants, addresses (XEP-0404), avatar (XEP-0084)."""

import copy

import forms
import membership
import names
from settings import INFO_KINDS, changed_information
from stanzas import Refusal, bare, child, element, local_name, normal_bare, result

PEOPLE_LISTS = (names.ALLOWED_NODE, names.BANNED_NODE)
FORMS = {names.INFO_NODE: names.CORE, names.CONFIG_NODE: names.ADMIN}


def handle(channel, iq, request):
    action = next(iter(request), None)
    name = "" if action is None else local_name(action)
    handler = {("get", "items"): items, ("set", "publish"): publish, ("set", "retract"): retract,
               ("set", "subscribe"): subscribe, ("set", "unsubscribe"): unsubscribe}.get((iq.get("type"), name))
    if handler is None:
        raise Refusal("feature-not-implemented", "a channel is no general PubSub service")
    node = action.get("node")
    # An owner makes the allowed node by putting somebody into it.
    if not (name == "publish" and node == names.ALLOWED_NODE and channel.has_role(bare(iq.get("from")), "owners")):
        channel.require_node(node)
    channel.send(result(iq, handler(channel, bare(iq.get("from")), node, action)))


def answer(*contents):
    return element(names.PUBSUB, "pubsub", *contents)


# --- reading

def information_form(channel):
    return forms.write(names.CORE, channel.information, INFO_KINDS)


def current_items(channel, node):
    """What a node holds: item id -> payload."""
    if node == names.INFO_NODE:
        return {channel.information_id: information_form(channel)}
    if node == names.CONFIG_NODE:
        return {channel.settings_id: channel.settings.form()}
    if node == names.PARTICIPANTS_NODE:
        return {p.id: channel.participant_element(p) for p in channel.participants.values()}
    if node == names.JIDMAP_NODE:
        return {p.id: channel.jidmap_element(p) for p in channel.participants.values()}
    return channel.items.get(node, {})  # messages: never any


def items(channel, who, node, action):
    if not channel.may_read(who, node):
        raise Refusal("forbidden", "you may not read this node")
    if node == names.PRESENCE_NODE:
        raise Refusal("not-allowed", "presence is not read with PubSub")
    wanted = [item.get("id") for item in action.findall(f"{{{names.PUBSUB}}}item")]
    held = [(name, payload) for name, payload in current_items(channel, node).items() if not wanted or name in wanted]
    limit = action.get("max_items")
    if limit and limit.isdecimal() and int(limit):
        held = held[-int(limit):]
    return answer(element(names.PUBSUB, "items", *(element(names.PUBSUB, "item", copy.deepcopy(payload), id=name)
                                                   for name, payload in held), node=node))


# --- subscriptions of those who are no participants, and of clients that speak PubSub

def subscribe(channel, who, node, action):
    if normal_bare(action.get("jid")) != who:
        raise Refusal("bad-request", "only your own bare address", reason="invalid-jid")
    try:
        channel.subscribe(who, [node])
    except Refusal as refusal:
        refusal.payload = None
        raise
    return answer(element(names.PUBSUB, "subscription", node=node, jid=who, subscription="subscribed"))


def unsubscribe(channel, who, node, _):
    channel.unsubscribe(who, [node])
    return answer()


# --- writing

def published_items(action):
    """As XEP-0060 has it, or in an <items/> of their own, as the examples of XEP-0406 have it."""
    wrapper = child(action, names.PUBSUB, "items")
    return (action if wrapper is None else wrapper).findall(f"{{{names.PUBSUB}}}item"), wrapper is not None


def require_writer(channel, who, node):
    role = channel.writers(node)
    if role is None:
        raise Refusal("not-allowed", f"nobody publishes to {node}")
    channel.require(who, role, "change this node")


def publish(channel, who, node, action):
    require_writer(channel, who, node)
    given, wrapped = published_items(action)
    if not given or len(given) > 1 and node not in PEOPLE_LISTS:
        raise Refusal("bad-request", "one item is expected", reason="item-required")
    if node in PEOPLE_LISTS:
        add_people(channel, node, given)
        return answer()  # so in the example of XEP-0406
    if node in FORMS:
        form = forms.read(forms.inside(given[0]), FORMS[node])
        item_id = (change_information if node == names.INFO_NODE else change_settings)(channel, who, form)
        if wrapped:
            done = element(names.PUBSUB, "items", element(FORMS[node], "item", id=item_id))
            return answer(element(names.PUBSUB, "publish", done, node=node))
    else:
        item_id = put_avatar(channel, node, given[0])
    return answer(element(names.PUBSUB, "publish", element(names.PUBSUB, "item", id=item_id), node=node))


def change_information(channel, _, fields):
    channel.information = changed_information(channel.information, fields)
    channel.information_id = channel.new_date()
    channel.notify(names.INFO_NODE, channel.event_item(channel.information_id, information_form(channel)))
    return channel.information_id


def change_settings(channel, who, fields):
    channel.settings.change(fields, who)
    settings_changed(channel)
    return channel.settings_id


def settings_changed(channel):
    channel.settings_id = channel.new_date()
    for node in PEOPLE_LISTS + (names.AVATAR_DATA_NODE, names.AVATAR_METADATA_NODE):
        if not channel.present(node):
            channel.items[node].clear()
    channel.drop_lost_subscriptions()
    channel.notify(names.CONFIG_NODE, channel.event_item(channel.settings_id, channel.settings.form()))
    put_out_banned(channel)


def add_people(channel, node, given):
    people = [normal_bare(item.get("id")) for item in given]
    if None in people:
        raise Refusal("bad-request", "a bare address or a domain is expected", reason="invalid-payload")
    if node == names.BANNED_NODE and any(channel.has_role(who, "admins") for who in people):
        raise Refusal("not-allowed", "who runs the channel cannot be banned")
    if node == names.ALLOWED_NODE and not channel.present(node):
        channel.settings.values["Nodes Present"].append("allowed")
        settings_changed(channel)
    for who in people:
        channel.items[node][who] = None
        channel.notify(node, channel.event_item(who))
    if node == names.BANNED_NODE:
        put_out_banned(channel)


def put_out_banned(channel):
    if not channel.present(names.BANNED_NODE):
        return
    for participant in list(channel.participants.values()):
        if channel.matches(names.BANNED_NODE, participant.jid) and not channel.has_role(participant.jid, "admins"):
            membership.put_out(channel, participant)


def put_avatar(channel, node, item):
    payload = next(iter(item), None)
    if payload is None or payload.tag not in (f"{{{node}}}data", f"{{{node}}}metadata"):
        raise Refusal("bad-request", "this is no part of an avatar", reason="invalid-payload")
    item_id = item.get("id") or channel.around.new_id()
    channel.items[node].clear()
    channel.items[node][item_id] = copy.deepcopy(payload)
    channel.notify(node, channel.event_item(item_id, payload))
    return item_id


def retract(channel, who, node, action):
    require_writer(channel, who, node)
    if node not in channel.items:
        raise Refusal("not-allowed", "this node always has one item")
    wanted = [item.get("id", "") for item in published_items(action)[0]]
    if not wanted:
        raise Refusal("bad-request", "which item?", reason="item-required")
    wanted = [normal_bare(item_id) if node in PEOPLE_LISTS else item_id for item_id in wanted]
    if any(item_id not in channel.items[node] for item_id in wanted):
        raise Refusal("item-not-found", "there is no such item")
    for item_id in wanted:
        del channel.items[node][item_id]
        channel.notify(node, channel.event_retract(item_id))
    return answer()
