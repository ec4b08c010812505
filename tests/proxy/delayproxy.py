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
    count          answered by {"connections": all so far, "open": ..., "up": bytes, "down": bytes, "round_trips": ...}
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
        for _, writer in (client, server):
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def abort(self):
        for _, writer in (self.client, self.server):
            # A linger time of 0 makes the kernel send RST in place of FIN.
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            writer.transport.abort()

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
                chunk = self.proxy.chunk if side == "S" and self.proxy.chunk else len(data)
                for start in range(0, len(data), chunk):
                    writer.write(data[start:start + chunk])
                    await writer.drain()
                    if chunk < len(data):
                        await asyncio.sleep(0)  # or the kernel would join the pieces again
        except OSError:
            pass


class Proxy:
    def __init__(self, options):
        self.target = options.target
        self.delay = options.delay / 1000
        self.chunk = options.chunk
        self.refusing = False
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.connections = set()
        self.counters = {}
        self.number = 0
        self.log_file = open(options.log, "w", buffering=1, encoding="utf-8") if options.log else None
        self.reset()

    def reset(self):
        self.counters = {"connections": 0, "up": 0, "down": 0, "round_trips": 0}

    def log(self, line):
        if self.log_file:
            self.log_file.write(json.dumps(line) + "\n")

    def count(self, connection, side, size):
        self.counters["up" if side == "C" else "down"] += size
        if side == "C" and connection.last_speaker == "S":
            self.counters["round_trips"] += 1
        connection.last_speaker = side

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
