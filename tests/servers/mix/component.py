#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mingle's own MIX service for tests: an external component (XEP-0114), made from XEP-0369, 0403, 0404, 0406 and 0407.

    MIX_SECRET=SECRET component.py DOMAIN HOST PORT

It stays until it is killed, and attaches itself again when the server comes back; the channels are in memory and
outlive the server. Each time the server has accepted it, stdout has one JSON object: {"attached": DOMAIN}.
It speaks to ejabberd 24.12, whose mod_mix_pam has only ever met ejabberd's own channels; see for_ejabberd().
With MIX_TRACE=FILE every stanza goes into that file. tests/server/fixtures/throwaway.py starts it: --mix-service.
"""

import asyncio
import json
import logging
import os
import sys

logging.getLogger("slixmpp.stringprep").setLevel(logging.ERROR)

# pylint: disable=wrong-import-position
import slixmpp
from slixmpp.xmlstream import tostring
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

import names
from service import Service
from stanzas import Refusal, child, element, error, local_name, requalified

PAUSE = 0.1  # seconds between two attempts to attach


def for_ejabberd(stanza):
    """What mod_mix_pam needs beyond the XEPs.

    It knows a message of a channel by a <mix/> that it has decoded itself; of what comes over a stream only one
    without a namespace looks like that, and without it the message bounces. And it falls over an answer with more than
    one child, so that the client would wait for ever: the nodes that XEP-0369 wants beside the error go.
    """
    if local_name(stanza) == "message" and child(stanza, names.CORE, "mix") is not None:
        stanza.insert(0, element(names.CLIENT, "mix"))
    if local_name(stanza) == "iq" and stanza.get("type") == "error":
        for part in list(stanza):
            if local_name(part) != "error":
                stanza.remove(part)
    return stanza


class Component(slixmpp.ComponentXMPP):
    """slixmpp gives the stream and nothing else: every stanza goes to the service as it is."""

    def __init__(self, service, secret, trace):
        super().__init__(service.domain, secret)
        self.service = service
        self.trace = trace
        self.auto_authorize = None
        self.auto_subscribe = False
        self.ended = asyncio.Event()
        for name in ("message", "presence", "iq"):
            self.register_handler(Callback(name, MatchXPath(f"{{{names.COMPONENT}}}{name}"), self.take))
        self.add_event_handler("session_start", self.say_attached)
        for event in ("disconnected", "connection_failed"):
            self.add_event_handler(event, lambda _: self.ended.set())

    def say_attached(self, _):
        print(json.dumps({"attached": self.service.domain}), flush=True)

    def take(self, stanza):
        received = requalified(stanza.xml, names.COMPONENT, names.CLIENT)
        self.note("<", received)
        try:
            answers = self.service.handle(received)
        except Exception:  # a mistake in the service: whoever waits for an answer gets one, and the log has the rest
            logging.exception("while answering %s", tostring(received))
            answers = [self.broken(received)] if local_name(received) == "iq" else []
        for answer in answers:
            answer = for_ejabberd(answer)
            self.note(">", answer)
            self.send_raw(tostring(requalified(answer, names.CLIENT, names.COMPONENT), xmlns=names.COMPONENT))

    def broken(self, stanza):
        return error(stanza, Refusal("service-unavailable", "the test service has a mistake, see its log"))

    def note(self, direction, stanza):
        if self.trace:
            print(direction, tostring(stanza, xmlns=names.CLIENT), file=self.trace, flush=True)


async def stay_attached(domain, host, port):
    service = Service(domain, tokens_needed=False)
    trace_path = os.environ.get("MIX_TRACE")
    trace = open(trace_path, "a", encoding="utf-8") if trace_path else None  # until the end
    while True:
        component = Component(service, os.environ["MIX_SECRET"], trace)
        component.connect(host, port)
        await component.ended.wait()
        component.cancel_connection_attempt()
        component.abort()
        await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    asyncio.run(stay_attached(sys.argv[1], sys.argv[2], int(sys.argv[3])))
