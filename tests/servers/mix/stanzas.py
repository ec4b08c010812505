# SPDX-License-Identifier: GPL-3.0-or-later
"""Stanzas as plain elements: making them, looking into them, refusing them."""

import copy
from xml.etree import ElementTree as ET

from slixmpp.jid import JID, InvalidJID

import names

ERROR_TYPES = {
    "bad-request": "modify", "conflict": "cancel", "feature-not-implemented": "cancel", "forbidden": "auth",
    "item-not-found": "cancel", "jid-malformed": "modify", "not-acceptable": "modify", "not-allowed": "cancel",
    "service-unavailable": "cancel",
}


class Refusal(Exception):
    """The answer is an error. `payload` goes back beside it, `reason` is a condition of XEP-0060."""

    def __init__(self, condition, text="", payload=None, reason=None):
        super().__init__(condition, text)
        self.condition = condition
        self.text = text
        self.payload = payload
        self.reason = reason


def element(space, name, /, *children, text=None, **attributes):
    """An attribute that is None is left out; a trailing underscore keeps Python's own words apart: from_."""
    made = ET.Element(f"{{{space}}}{name}")
    for key, value in attributes.items():
        if value is not None:
            made.set(key.rstrip("_"), value)
    made.text = text
    made.extend(child for child in children if child is not None)
    return made


def local_name(node):
    return node.tag.rsplit("}", 1)[-1]


def namespace(node):
    return node.tag[1:].split("}", 1)[0] if node.tag.startswith("{") else ""


def child(node, space, name):
    return node.find(f"{{{space}}}{name}")


def child_text(node, space, name):
    """None where there is no such child; an empty child is the empty string."""
    found = child(node, space, name)
    return None if found is None else (found.text or "").strip()


def payload_of(iq):
    return next((node for node in iq if local_name(node) != "error"), None)


def result(iq, *payload):
    return element(names.CLIENT, "iq", *payload, type="result", id=iq.get("id"), from_=iq.get("to"), to=iq.get("from"))


def error(stanza, refusal):
    """The stanza type=error that answers `stanza`, of whatever kind that is."""
    what = element(names.CLIENT, "error", element(names.STANZAS, refusal.condition),
                   type=ERROR_TYPES[refusal.condition])
    if refusal.text:
        what.append(element(names.STANZAS, "text", text=refusal.text))
    if refusal.reason:
        what.append(element(names.PUBSUB_ERRORS, refusal.reason))
    return element(names.CLIENT, local_name(stanza), refusal.payload, what, type="error", id=stanza.get("id"),
                   from_=stanza.get("to"), to=stanza.get("from"))


def bare(address):
    return address.split("/", 1)[0]


def resource(address):
    return address.split("/", 1)[1] if "/" in address else ""


def parsed(address):
    """Local part, domain and resource as a server compares them; None if it is no address."""
    try:
        jid = JID(address or "")
    except InvalidJID:
        return None
    return (jid.local, jid.domain, jid.resource) if jid.domain else None


def normal_bare(address):
    """The bare form of an address, or a domain, as a server compares it; None if it is none or has a resource."""
    parts = parsed((address or "").strip())
    if parts is None or parts[2]:
        return None
    return f"{parts[0]}@{parts[1]}" if parts[0] else parts[1]


def requalified(node, old, new):
    """A copy in which the stanza's own elements change their namespace; what is in other namespaces stays as it is."""
    made = ET.Element(node.tag, node.attrib)
    made.text, made.tail = node.text, node.tail
    own = namespace(node) == old
    if own:
        made.tag = f"{{{new}}}{local_name(node)}"
    for part in node:
        made.append(requalified(part, old, new) if own else copy.deepcopy(part))
    return made
