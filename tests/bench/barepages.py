#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast a server hands out an archive by itself: pages of 250 to a client that only looks for their ends.

    barepages.py HOST PORT CA USER PASSWORD ARCHIVE [NICK]    prints {"messages": ..., "seconds": ...}

NICK: the archive is a MUC room, which is joined first.
"""

import base64
import json
import re
import socket
import ssl
import sys
import time


def main():
    host, port, ca, user, password, archive, *nick = sys.argv[1:]
    context = ssl.create_default_context(cafile=ca)
    stream = context.wrap_socket(socket.create_connection((host, int(port))), server_hostname="chat.test")
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    header = ("<?xml version='1.0'?><stream:stream to='chat.test' version='1.0' xmlns='jabber:client'"
              " xmlns:stream='http://etherx.jabber.org/streams'>")

    def ask(text, end):
        stream.sendall(text.encode())
        received = b""
        while not re.search(end, received[-4096:]):
            chunk = stream.recv(1 << 16)
            if not chunk:
                raise SystemExit(f"the server closed the stream: {received[-300:]!r}")
            received += chunk
        return received

    ask(header, b"</stream:features>")
    plain = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    ask(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{plain}</auth>", b"<success|</failure>")
    ask(header, b"</stream:features>")
    ask("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", b"</iq>")
    if nick:
        ask(f"<presence to='{archive}/{nick[0]}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
            "</presence>", b"<subject")
    began = time.monotonic()
    before, messages = "", 0
    while True:
        page = ask(f"<iq type='set' id='p' to='{archive}'><query xmlns='urn:xmpp:mam:2'>"
                   "<set xmlns='http://jabber.org/protocol/rsm'><max>250</max>"
                   f"<before>{before}</before></set></query></iq>", rb"</fin></iq>|<error")
        messages += page.count(b"<forwarded")
        first = re.search(rb"<first[^>]*>([^<]*)</first>", page)
        if re.search(rb"<fin[^>]*complete='true'", page) or first is None:
            break
        before = first.group(1).decode()
    print(json.dumps({"messages": messages, "seconds": round(time.monotonic() - began, 3)}))


if __name__ == "__main__":
    main()
