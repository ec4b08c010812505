#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TCP proxy that makes the loopback a slow and unreliable network.

    delayproxy.py LISTEN TARGET DELAY_MS [--log FILE] [--chunk BYTES]

Connections to 127.0.0.1:LISTEN go on to 127.0.0.1:TARGET; every byte arrives DELAY_MS later, in each direction. LISTEN
may be 0. The round trip of connecting, which the kernel finishes at once on the loopback, is paid by the first bytes of
the client: they wait for one more round trip. tc's netem would do the same, where the kernel has it.

stdout: {"ready": true, "port": 20001}, then one line for each answered command.
stdin, one command a line; its end, or SIGTERM, ends the proxy:
    cut            resets all connections, as a pulled cable with a RST does
    hold           nothing passes any more, but connections stay: a network that has gone silent
    release        ends `hold`; what was held comes now
    refuse         cuts, and resets new connections at once
    accept         ends `refuse`
    delay MS       from now on
    chunk BYTES    what the server sends arrives in pieces of at most this size (0: as it comes)
    faults SEED [REACH]   from now on connections are cut (RST, FIN), stalled, dribbled byte by byte, or lose their tail
                   before an RST, in both directions, at offsets drawn from SEED; the first REACH bytes (default 40000)
                   of the server are where. Those that are open are cut.
    calm           ends `faults`; what has lost its tail is cut at once
    count          answered by {"connections": all so far, "open": ..., "up": bytes, "down": bytes, "round_trips": ...,
                   "cuts": ..., "rst": ..., "fin": ..., "tail": ..., "late": ..., "stall": ..., "dribble": ...}
                   (late: cut because it had lived long enough)
    reset          sets those counters to 0
--log writes [connection, seconds, "open"|"C"|"S"|"close", bytes] as JSON lines; C is from the client, S the server.

A round trip is counted each time the client sends something after the server has.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import sys
import time

from faults import CUTS, FaultPlan

BUFFER = 65536


class Connection:
    """One client, one connection to the target, and a pump for each direction."""

    def __init__(self, proxy, number, client, server):
        self.proxy = proxy
        self.number = number
        self.client = client  # (reader, writer)
        self.server = server
        self.began = time.monotonic()
        self.last_speaker = "S"  # so that the client's first words count as a round trip
        self.plans = {}  # by side; none: nothing goes wrong
        self.sent = {"C": 0, "S": 0}
        self.deaf = set()  # sides whose tail is being dropped
        for _, writer in (client, server):
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def abort(self):
        if self.is_over():
            return
        for _, writer in (self.client, self.server):
            # A linger time of 0 makes the kernel send RST in place of FIN.
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            writer.transport.abort()

    def endanger(self, seed, reach):
        self.plans = {side: FaultPlan(seed, self.number, side, reach) for side in "CS"}
        asyncio.get_running_loop().call_later(self.plans["C"].lifetime, self.end_late, self.plans)

    def calm(self):
        self.plans = {}
        if self.deaf:
            self.abort()

    def end_late(self, plans):
        if plans is self.plans and not self.is_over():
            self.proxy.hit("late")
            self.abort()

    def is_over(self):
        return self.client[1].is_closing() or self.server[1].is_closing()

    async def run(self):
        self.note("open", 0)
        await asyncio.gather(self.pump("C", self.client[0], self.server[1]),
                             self.pump("S", self.server[0], self.client[1]))
        self.note("close", 0)

    def note(self, what, size):
        self.proxy.log([self.number, round(time.monotonic() - self.began, 4), what, size])

    async def pump(self, side, reader, writer):
        """Reads at once and remembers when each piece is due; the deliverer keeps them in order."""
        queue = asyncio.Queue()
        deliverer = asyncio.ensure_future(self.deliver(side, queue, writer))
        try:
            while data := await reader.read(BUFFER):
                self.note(side, len(data))
                self.proxy.count(self, side, len(data))
                queue.put_nowait((self.due(side), data))
        except OSError:
            pass
        queue.put_nowait((self.due(side), b""))
        await deliverer

    def due(self, side):
        due = time.monotonic() + self.proxy.delay
        if side == "C":
            # One round trip for the handshake of TCP, then the way itself.
            due = max(due, self.began + 3 * self.proxy.delay)
        return due

    async def deliver(self, side, queue, writer):
        try:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                await self.proxy.flowing.wait()
                if not data:
                    writer.close()
                    return
                if self.plans:
                    await self.deliver_badly(side, data, writer)
                else:
                    chunk = self.proxy.chunk if side == "S" and self.proxy.chunk else len(data)
                    await self.write(side, data, chunk, writer)
        except OSError:
            pass

    async def write(self, side, data, chunk, writer):
        for start in range(0, len(data), chunk):
            if side in self.deaf or self.is_over():
                return
            writer.write(data[start:start + chunk])
            self.sent[side] += len(data[start:start + chunk])
            await writer.drain()
            if chunk < len(data):
                await asyncio.sleep(0)  # or the kernel would join the pieces again

    async def deliver_badly(self, side, data, writer):
        while data and side not in self.deaf and not self.is_over():
            plan = self.plans.get(side)
            safe = len(data) if plan is None else plan.next.offset - self.sent[side]
            if safe > 0:
                await self.write(side, data[:safe], len(data), writer)
                data = data[safe:]
            if data and plan is not None and plan is self.plans.get(side):
                data = await self.strike(side, plan, data, writer)

    async def strike(self, side, plan, data, writer):
        """The fault that is due; hands back what is still to be delivered."""
        fault = plan.next
        self.proxy.hit(fault.kind)
        if fault.kind == "rst":
            self.abort()
        elif fault.kind == "fin":
            for _, end in (self.client, self.server):
                end.close()
        elif fault.kind == "tail":
            self.deaf.add(side)
            asyncio.get_running_loop().call_later(fault.seconds, self.abort)
        elif fault.kind == "stall":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "dribble":
            await self.write(side, data[:fault.size], 1, writer)
            data = data[fault.size:]
        plan.go_on(self.sent[side])
        return data


class Proxy:
    def __init__(self, options):
        self.target = options.target
        self.delay = options.delay / 1000
        self.chunk = options.chunk
        self.refusing = False
        self.faults = None  # (seed, reach)
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.connections = set()
        self.counters = {}
        self.number = 0
        self.log_file = open(options.log, "w", buffering=1, encoding="utf-8") if options.log else None
        self.reset()

    def reset(self):
        self.counters = {"connections": 0, "up": 0, "down": 0, "round_trips": 0, "cuts": 0, "rst": 0, "fin": 0,
                         "tail": 0, "late": 0, "stall": 0, "dribble": 0}

    def log(self, line):
        if self.log_file:
            self.log_file.write(json.dumps(line) + "\n")

    def count(self, connection, side, size):
        self.counters["up" if side == "C" else "down"] += size
        if side == "C" and connection.last_speaker == "S":
            self.counters["round_trips"] += 1
        connection.last_speaker = side

    def hit(self, kind):
        self.counters[kind] += 1
        self.counters["cuts"] += kind in CUTS

    async def accept(self, reader, writer):
        self.number += 1
        self.counters["connections"] += 1
        if self.refusing:
            writer.transport.abort()
            return
        try:
            server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        connection = Connection(self, self.number, (reader, writer), server)
        self.connections.add(connection)
        if self.faults:
            connection.endanger(*self.faults)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)

    def cut(self):
        for connection in list(self.connections):
            connection.abort()

    def obey(self, line):
        """Runs one command and returns its answer."""
        name, *values = line.split()
        if name == "cut":
            self.cut()
        elif name == "hold":
            self.flowing.clear()
        elif name == "release":
            self.flowing.set()
        elif name in ("refuse", "accept"):
            self.refusing = name == "refuse"
            if self.refusing:
                self.cut()
        elif name == "delay":
            self.delay = float(values[0]) / 1000
        elif name == "chunk":
            self.chunk = int(values[0])
        elif name == "faults":
            self.faults = (values[0], int(values[1]) if len(values) > 1 else 40000)
            self.cut()
        elif name == "calm":
            self.faults = None
            for connection in list(self.connections):
                connection.calm()
        elif name == "count":
            return {**self.counters, "open": len(self.connections)}
        elif name == "reset":
            self.reset()
        else:
            return {"error": f"no such command: {line}"}
        return {"done": line}


def say(line):
    print(json.dumps(line), flush=True)


async def main():
    parser = argparse.ArgumentParser(description="A TCP proxy that makes the loopback slow and unreliable.")
    parser.add_argument("listen", type=int)
    parser.add_argument("target", type=int)
    parser.add_argument("delay", type=float, help="milliseconds, one way")
    parser.add_argument("--log")
    parser.add_argument("--chunk", type=int, default=0)
    options = parser.parse_args()
    loop = asyncio.get_running_loop()
    # Nothing is worth an orderly end here; tests must not wait for it.
    loop.add_signal_handler(signal.SIGTERM, lambda: os._exit(0))
    proxy = Proxy(options)
    server = await asyncio.start_server(proxy.accept, "127.0.0.1", options.listen)
    say({"ready": True, "port": server.sockets[0].getsockname()[1]})
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := (await commands.readline()).decode():
        if line.strip():
            try:
                say(proxy.obey(line.strip()))
            except (IndexError, ValueError) as error:
                say({"error": str(error)})
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
