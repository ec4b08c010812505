# SPDX-License-Identifier: GPL-3.0-or-later
"""The archive of a channel (XEP-0313), in memory."""

import copy
import dataclasses
import datetime
from xml.etree import ElementTree as ET

import forms
import names
from stanzas import Refusal, bare, child, child_text, element

LARGEST_PAGE = 250


def stamp(moment):
    """XEP-0082."""
    return moment.astimezone(datetime.timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_of(text):
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Refusal("bad-request", "not a date and time") from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


@dataclasses.dataclass
class Entry:
    id: str
    time: datetime.datetime
    author: str  # the real bare address
    message: ET.Element


class Archive:
    def __init__(self):
        self.entries = []  # nothing is ever taken out
        self.positions = {}

    def add(self, entry):
        self.positions[entry.id] = len(self.entries)
        self.entries.append(entry)

    def position(self, entry_id):
        if entry_id not in self.positions:
            raise Refusal("item-not-found", "there is no such message in the archive")
        return self.positions[entry_id]

    def find(self, entry_id):
        return self.entries[self.position(entry_id)]

    def put_tombstone(self, entry, who, now):
        """XEP-0407: what was said goes, who it was stays."""
        tombstone = element(names.MISC, "retracted", by=who, time=stamp(now))
        kept = [part for part in entry.message if part.tag in (f"{{{names.CORE}}}mix", f"{{{names.SID}}}stanza-id")]
        entry.message = element(names.CLIENT, "message", tombstone, *kept, **entry.message.attrib)

    def matching(self, fields):
        first, end = 0, len(self.entries)
        if "after-id" in fields:
            first = self.position(fields["after-id"][0]) + 1
        if "before-id" in fields:
            end = self.position(fields["before-id"][0])
        found = self.entries[first:end]
        if "ids" in fields:
            found = [self.entries[self.position(wanted)] for wanted in fields["ids"]]
        if "start" in fields:
            start = moment_of(fields["start"][0])
            found = [entry for entry in found if entry.time >= start]
        if "end" in fields:
            end = moment_of(fields["end"][0])
            found = [entry for entry in found if entry.time <= end]
        if "with" in fields:
            who = fields["with"][0]
            found = [entry for entry in found if who in (entry.author, entry.message.get("from"),
                                                         bare(entry.message.get("from")))]
        return found

    def page(self, query):
        """The entries that answer the query, and its <fin/>."""
        form = child(query, names.DATA, "x")
        found = self.matching({} if form is None else forms.read(form, names.MAM))
        rsm = child(query, names.RSM, "set")
        rsm = element(names.RSM, "set") if rsm is None else rsm
        size = page_size(child_text(rsm, names.RSM, "max"))
        after, before = child_text(rsm, names.RSM, "after"), child_text(rsm, names.RSM, "before")
        inside = found
        if after:
            border = self.position(after)
            inside = [entry for entry in inside if self.position(entry.id) > border]
        if before:
            border = self.position(before)
            inside = [entry for entry in inside if self.position(entry.id) < border]
        backwards = before is not None
        page = inside[max(0, len(inside) - size):] if backwards else inside[:size]
        entries = list(reversed(page)) if child(query, names.MAM, "flip-page") is not None else page
        return entries, fin(page, found, len(page) == len(inside))

    def metadata(self):
        """XEP-0313, section 5: the ends of the archive."""
        ends = []
        if self.entries:
            for name, entry in (("start", self.entries[0]), ("end", self.entries[-1])):
                ends.append(element(names.MAM, name, id=entry.id, timestamp=stamp(entry.time)))
        return element(names.MAM, "metadata", *ends)


def page_size(text):
    if text is None:
        return LARGEST_PAGE
    if not text.isdecimal():
        raise Refusal("bad-request", "the size of a page is a number")
    return min(int(text), LARGEST_PAGE)


def fin(page, found, complete):
    rsm = element(names.RSM, "set")
    if page:
        rsm.append(element(names.RSM, "first", text=page[0].id, index=str(found.index(page[0]))))
        rsm.append(element(names.RSM, "last", text=page[-1].id))
    rsm.append(element(names.RSM, "count", text=str(len(found))))
    return element(names.MAM, "fin", rsm, complete="true" if complete else None)


def result_message(entry, query_id, channel, to):
    forwarded = element(names.FORWARD, "forwarded", element(names.DELAY, "delay", stamp=stamp(entry.time)),
                        copy.deepcopy(entry.message))
    return element(names.CLIENT, "message", element(names.MAM, "result", forwarded, id=entry.id, queryid=query_id),
                   from_=channel, to=to)


def filters_form():
    """XEP-0313, section 4.1.5: what can be asked for."""
    kinds = {"with": "jid-single", "start": "text-single", "end": "text-single", "before-id": "text-single",
             "after-id": "text-single", "ids": "list-multi"}
    fields = [forms.field_element(name, [], kind) for name, kind in kinds.items()]
    form = forms.write(names.MAM, {}, form_kind="form")
    form.extend(fields)
    return form
