# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of a channel, field by field as the table of XEP-0406 has it, and the information of XEP-0369."""

import datetime

import forms
import names
from stanzas import Refusal, normal_bare

ROLES = ("anyone", "allowed", "participants", "admins", "owners", "nobody")  # each has the rights of those before it
SUBSCRIBERS = ("participants", "allowed", "anyone")
READERS = ("participants", "allowed", "nobody", "admins", "owners")
WRITERS = ("participants", "admins", "owners")
PRESENT = ("participants", "presence", "information", "allowed", "banned", "jidmap-visible", "avatar")
VISIBILITIES = ("jid-hidden", "jid-optionally-visible", "jid-mandatory-visible")

# name: (type, what may be chosen, value of a new channel). Differs from the XEP in one thing: a new channel has no
# 'allowed' node. An empty one would keep out everybody but its owner.
FIELDS = {
    "Last Change Made By": ("jid-single", None, []),
    "Owner": ("jid-multi", None, []),
    "Administrator": ("jid-multi", None, []),
    "End of Life": ("text-single", None, []),
    "Nodes Present": ("list-multi", PRESENT, [node for node in PRESENT if node != "allowed"]),
    "Messages Node Subscription": ("list-single", SUBSCRIBERS, ["participants"]),
    "Presence Node Subscription": ("list-single", SUBSCRIBERS, ["participants"]),
    "Participants Node Subscription": ("list-single", SUBSCRIBERS + ("nobody", "admins", "owners"), ["participants"]),
    "Information Node Subscription": ("list-single", SUBSCRIBERS, ["participants"]),
    "Allowed Node Subscription": ("list-single", READERS, ["admins"]),
    "Banned Node Subscription": ("list-single", READERS, ["admins"]),
    "Configuration Node Access": ("list-single", READERS, ["owners"]),
    "Information Node Update Rights": ("list-single", WRITERS, ["admins"]),
    "Avatar Nodes Update Rights": ("list-single", WRITERS, ["admins"]),
    "Open Presence": ("boolean", None, ["false"]),
    "Participants Must Provide Presence": ("boolean", None, ["false"]),
    "User Message Retraction": ("boolean", None, ["false"]),
    "Administrator Message Retraction Rights": ("list-single", ("nobody", "admins", "owners"), ["owners"]),
    "Participation Addition by Invitation from Participant": ("boolean", None, ["false"]),
    "Private Messages": ("boolean", None, ["true"]),
    "Mandatory Nicks": ("boolean", None, ["true"]),
    # Not in the table, but in the XEP's example; XEP-0404 leaves open how a channel's mode is set.
    "JID Visibility": ("list-single", VISIBILITIES, ["jid-mandatory-visible"]),
}
KINDS = {name: kind for name, (kind, _, _) in FIELDS.items()}
INFO_KINDS = {"Name": "text-single", "Description": "text-single", "Contact": "jid-multi"}
BOOLEANS = {"1": "true", "true": "true", "0": "false", "false": "false"}


def bad_value(name, why):
    return Refusal("not-acceptable", f"{name}: {why}", reason="invalid-payload")


def checked_addresses(name, values):
    found = [normal_bare(value) for value in values if value.strip()]
    if None in found:
        raise bad_value(name, "not a bare address")
    return list(dict.fromkeys(found))


def checked_time(name, text):
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as wrong:
        raise bad_value(name, "not a date and time") from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


def checked(name, values):
    """The values as they are kept."""
    kind, choices, _ = FIELDS[name]
    if kind.startswith("jid-"):
        return checked_addresses(name, values)
    if kind != "list-multi" and len(values) > 1:
        raise bad_value(name, "only one value is possible")
    if kind == "boolean":
        if len(values) != 1 or values[0].strip() not in BOOLEANS:
            raise bad_value(name, "true or false is expected")
        return [BOOLEANS[values[0].strip()]]
    if choices is not None:
        wrong = [value for value in values if value not in choices]
        if wrong or not values and kind == "list-single":
            raise bad_value(name, f"not to be chosen: {wrong}")
        return [choice for choice in choices if choice in values]
    return [checked_time(name, value) and value for value in values if value.strip()]


class Settings:
    """The configuration of one channel."""

    def __init__(self, owner):
        self.values = {name: list(default) for name, (_, _, default) in FIELDS.items()}
        self.values["Owner"] = [owner]
        self.values["Last Change Made By"] = [owner]

    def one(self, name):
        return self.values[name][0]

    def on(self, name):
        return self.values[name] == ["true"]

    def present(self, node):
        return node in self.values["Nodes Present"]

    def end_of_life(self):
        values = self.values["End of Life"]
        return checked_time("End of Life", values[0]) if values else None

    def form(self):
        return forms.write(names.ADMIN, self.values, KINDS)

    def change(self, fields, who):
        """Takes over the given fields and leaves the others; all of them or, if one is wrong, none."""
        changed = {}
        for name, values in fields.items():
            if name == "No Private Messages":  # so in the XEP's example; the table knows only its opposite
                value = checked("Private Messages", values)
                changed["Private Messages"] = ["false" if value == ["true"] else "true"]
            elif name not in FIELDS:
                raise bad_value(name, "there is no such field")
            elif name != "Last Change Made By":
                changed[name] = checked(name, values)
        if not changed.get("Owner", ["as before"]):
            raise bad_value("Owner", "a channel needs one")
        if "participants" not in changed.get("Nodes Present", ["participants"]):
            raise bad_value("Nodes Present", "the participants node is mandatory")
        self.values.update(changed)
        self.values["Last Change Made By"] = [who]


def changed_information(known, fields):
    """What the information node says after a form with these fields."""
    changed = dict(known)
    for name, values in fields.items():
        if name not in INFO_KINDS:
            raise bad_value(name, "there is no such field")
        if name != "Contact" and len(values) > 1:
            raise bad_value(name, "only one value is possible")
        changed[name] = checked_addresses(name, values) if name == "Contact" else [v for v in values if v]
    return changed
