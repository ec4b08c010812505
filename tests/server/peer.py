#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An XMPP peer that is not Mingle, driven with JSON lines: the other side in the interop tests.

One object a line on stdin, {"cmd": NAME, ...}; every command may carry an "id" of any kind, which comes back with its
answer. One object a line on stdout, {"event": NAME, ...}. The end of stdin, SIGTERM or `quit` ends it.

Each command is answered by exactly one of
    {"event": "done", "cmd": ..., "id": ..., ...}                      with what the command says below
    {"event": "error", "cmd": ..., "id": ..., "condition": ..., "text": ...}
Commands run at the same time: wait for the answer where the order matters.

    connect       jid password host port [tls: direct|starttls] [ca: FILE] [presence: true] [quiet: false]   -> jid
                  (host and port are the TCP address; the certificate is checked against the domain of jid; quiet:
                  without the events that come by themselves, but for disconnected)
    disconnect    closes the stream in order
    drop          tears the connection down without a word
    create_muc    room nick [name] [description] [members_only]
    join_muc      room nick [history: 0]
    subject       room text
    affiliate     room jid affiliation
    bookmark      room name nick [autojoin: true]
    create_mix    channel                      (a full address; joins nobody)
    join_mix      channel nick                 -> participant_id
    destroy_mix   channel
    nick_mix      channel nick
    participants  channel                      -> participants: [{id, nick, jid}]
    mix_info      channel [fields: {Name: ...}]    -> info: {Name: [...], Description: [...], Contact: [...]}
    mix_config    channel [fields: {Owner: [...]}] -> config: {field as in XEP-0406: [values]}
                  (both: fields are changed first, the others stay)
    mix_ban       channel jid                  (or a domain; the same for the next two)
    mix_unban     channel jid
    mix_allow     channel jid [remove: false]
    mix_invite    channel jid [body] [send: true]  -> inviter, invitee, channel, token  (sent to the invitee as well)
    leave         address                      (of a room or a channel)
    send          to body [type: chat|groupchat|normal] [stanza_id] [origin_id] [thread] [extra: XML]  -> stanza_id
    send_many     to count body [type]         (as fast as the stream takes them; "{}" in the body becomes 0, 1, 2...)
    send_raw      xml                          (anything, as it is)
    subscribe     jid
    contact       jid name                     (adds a roster entry)
    roster        -> roster: {address: {name, subscription, participant_id}}
    mam           [archive] [max] [before] [after] [start] [end] [with]
                  -> complete, first, last, count, messages: [{archive_id, stamp, ...as in message}]
                  ("before": "" asks for the newest page)
    quit

Events that come by themselves:
    message       from to type id body subject thread origin_id stanza_ids: [{by, id}] occupant_id mix_nick mix_jid delay
                  error carbon: null|sent|received xml          (absent things are null)
    presence      from type show status muc_codes: [110, ...] muc_jid muc_affiliation muc_role error
    roster        jid name subscription participant_id          (a roster push)
    disconnected  reason

Requests to subscribe are granted, and returned. Whatever else happens, such as a traceback, goes to stderr.
"""

import asyncio
import json
import os
import signal
import sys
import traceback

import peermix
from peersession import PeerSession, Refused


class Peer:
    """The commands. Each is a method `do_NAME` with the command's object as argument; it may return a dict."""

    def __init__(self, report):
        self.report = report
        self.session = None

    def report_ends(self, event):
        if event["event"] == "disconnected":
            self.report(event)

    async def obey(self, command):
        name = command.get("cmd", "")
        answer = {"cmd": name, "id": command.get("id")}
        try:
            method = getattr(self, f"do_{name}", None)
            if method is None:
                raise Refused("bad-request", f"no such command: {name}")
            if self.session is None and name not in ("connect", "quit"):
                raise Refused("unexpected-request", "not connected")
            values = await method(command)
            self.report({"event": "done", **answer, **(values or {})})
        except Refused as refused:
            self.report({"event": "error", **answer, "condition": refused.condition, "text": refused.text})
        except Exception as error:  # every command gets its answer, or a test would wait for ever
            traceback.print_exc()
            self.report({"event": "error", **answer, "condition": type(error).__name__, "text": str(error)})

    async def do_connect(self, c):
        if self.session is not None:
            self.session.abort()
        self.session = PeerSession(c["jid"], c["password"], self.report_ends if c.get("quiet") else self.report)
        try:
            await self.session.log_in(c["host"], c["port"], c.get("tls", "direct"), c.get("ca"),
                                      c.get("presence", True))
        except BaseException:
            self.session.abort()
            self.session = None
            raise
        return {"jid": self.session.boundjid.full}

    async def do_disconnect(self, _):
        session, self.session = self.session, None
        await session.disconnect()

    async def do_drop(self, _):
        session, self.session = self.session, None
        session.abort()

    async def do_create_muc(self, c):
        await self.session.create_muc(c["room"], c["nick"], c.get("name"), c.get("description"),
                                      c.get("members_only", False))

    async def do_join_muc(self, c):
        await self.session.join_muc(c["room"], c["nick"], c.get("history", 0))

    async def do_subject(self, c):
        self.session.set_subject(c["room"], c["text"])

    async def do_affiliate(self, c):
        await self.session.set_affiliation(c["room"], c["jid"], c["affiliation"])

    async def do_bookmark(self, c):
        await self.session.bookmark(c["room"], c["name"], c["nick"], c.get("autojoin", True))

    async def do_create_mix(self, c):
        await self.session.create_mix(c["channel"])

    async def do_join_mix(self, c):
        return {"participant_id": await self.session.join_mix(c["channel"], c["nick"])}

    async def do_destroy_mix(self, c):
        await self.session.destroy_mix(c["channel"])

    async def do_nick_mix(self, c):
        await self.session.set_mix_nick(c["channel"], c["nick"])

    async def do_participants(self, c):
        return {"participants": await self.session.participants(c["channel"])}

    async def do_mix_info(self, c):
        return {"info": await peermix.form(self.session, c["channel"], "info", c.get("fields"))}

    async def do_mix_config(self, c):
        return {"config": await peermix.form(self.session, c["channel"], "config", c.get("fields"))}

    async def do_mix_ban(self, c):
        await peermix.list_person(self.session, c["channel"], "banned", c["jid"])

    async def do_mix_unban(self, c):
        await peermix.unlist_person(self.session, c["channel"], "banned", c["jid"])

    async def do_mix_allow(self, c):
        change = peermix.unlist_person if c.get("remove") else peermix.list_person
        await change(self.session, c["channel"], "allowed", c["jid"])

    async def do_mix_invite(self, c):
        return await peermix.invite(self.session, c["channel"], c["jid"], c.get("body", "Come in"), c.get("send", True))

    async def do_leave(self, c):
        if c["address"] in self.session.channels:
            await peermix.leave(self.session, c["address"])
        else:
            await self.session.leave(c["address"])

    async def do_send(self, c):
        return {"stanza_id": self.session.send_text(
            c["to"], c["body"], c.get("type", "chat"), c.get("stanza_id"), c.get("origin_id"), c.get("thread"),
            c.get("extra", ""))}

    async def do_send_many(self, c):
        for number in range(c["count"]):
            self.session.send_text(c["to"], c["body"].replace("{}", str(number)), c.get("type", "chat"), None, None, None,
                                   "")
            if number % 100 == 99:
                await asyncio.sleep(0)  # answers to the server's pings must not wait for all of it

    async def do_send_raw(self, c):
        self.session.send_raw(c["xml"])

    async def do_subscribe(self, c):
        self.session.subscribe(c["jid"])

    async def do_contact(self, c):
        await self.session.name_contact(c["jid"], c["name"])

    async def do_roster(self, _):
        return {"roster": self.session.contacts}

    async def do_mam(self, c):
        return await self.session.archive_page(
            c.get("archive"), c.get("max"), c.get("before"), c.get("after"), c.get("start"), c.get("end"),
            c.get("with"))


def report_to_stdout(event):
    sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
    sys.stdout.flush()


async def lines_of_stdin():
    reader = asyncio.StreamReader(limit=8 * 1024 * 1024)  # a 1 MB body is a legitimate test
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line


async def main():
    # Not an orderly end: whoever ends a peer that way does not wait for its goodbyes.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: os._exit(0))
    peer = Peer(report_to_stdout)
    running = set()
    async for line in lines_of_stdin():
        try:
            command = json.loads(line)
        except ValueError as error:
            report_to_stdout({"event": "error", "cmd": "", "id": None, "condition": "bad-request", "text": str(error)})
            continue
        if command.get("cmd") == "quit":
            if peer.session is not None:
                await peer.do_disconnect(command)
            report_to_stdout({"event": "done", "cmd": "quit", "id": command.get("id")})
            break
        task = asyncio.create_task(peer.obey(command))
        running.add(task)
        task.add_done_callback(running.discard)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
