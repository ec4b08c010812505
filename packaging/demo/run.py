#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/dev run: the demo world, and Mingle in it. When one of them ends, everything ends and nothing is left.

usage: run.py MINGLE [SCREENSHOT-FOLDER]

With a display, Mingle's window opens on it. Without one, Mingle gets an Xvfb, and screen.py has a short conversation
there and keeps pictures of it in SCREENSHOT-FOLDER.
"""

import asyncio
import logging
import os
import shutil
import signal
import sys
import tempfile

import world
import screen
import throwaway
from people import DOMAIN, password_of

ADDRESS = f"{world.DEMO}@{DOMAIN}"
INTRODUCTION = """\
You are Robin ({address}). Ada, Grace, Kenji, Lev, Mateo and Noor are online: they answer one to one, and in
rooms when you name them or ask a question. Closing the window or Ctrl+C ends everything."""


async def mingle(program, profile, environment, *arguments):
    """Starts Mingle and hands it the password; the process is the caller's to wait for."""
    process = await asyncio.create_subprocess_exec(
        program, "--profile", profile, *arguments, env=environment, stdin=asyncio.subprocess.PIPE,
        preexec_fn=throwaway.die_with_parent)
    try:
        process.stdin.write(password_of(world.DEMO).encode() + b"\n")
        await process.stdin.drain()
        process.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        pass  # it ended at once; its exit code says why
    return process


async def add_account(program, profile, environment, server):
    process = await mingle(
        program, profile, environment, "--add-account", ADDRESS, "--password-stdin",
        "--server", f"127.0.0.1:{server['tls']}", "--tls", "direct", "--ca", server["ca"])
    if await process.wait() != 0:
        raise throwaway.Failure(f"mingle --add-account ended with code {process.returncode}")


async def end(process):
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except asyncio.TimeoutError:
            process.kill()
            await process.wait()


async def show(program, folder, pictures, display):
    """Builds the world, opens the window in it, and waits until the window is closed (or the script is through)."""
    print("packaging/dev: starting the server and its people", file=sys.stderr)
    demo = world.World(os.path.join(folder, "server"))
    window = None
    try:
        await demo.build()
        profile = os.path.join(folder, "profile")
        environment = dict(os.environ, XDG_CONFIG_HOME=os.path.join(folder, "config"), **display.environment())
        await add_account(program, profile, environment, demo.server.ready_line(0))
        # There is no keychain in the private root, so Mingle reads the password again.
        window = await mingle(program, profile, environment, "--password-stdin")
        print(INTRODUCTION.format(address=ADDRESS), file=sys.stderr)
        if pictures:
            await screen.converse(display, window, pictures)
            return 0
        return await window.wait()
    finally:
        if window:
            await end(window)
        await demo.close()


async def main(program, pictures):
    # Interrupted, slixmpp's own tasks die noisily; nobody can do anything about it.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    task = asyncio.current_task()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    # In memory where that is possible: the history is hundreds of transactions, each of which waits for a disk.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="mingle-run-", dir=memory)
    own_display = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    display = screen.OwnDisplay() if own_display else screen.GivenDisplay()
    try:
        display.start(folder)
        return await show(program, folder, pictures if own_display else None, display)
    except asyncio.CancelledError:
        return 0
    except throwaway.Failure as failure:
        print(f"packaging/dev: {failure}", file=sys.stderr)
        return 1
    finally:
        # What is tidied up is not interrupted again.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().remove_signal_handler(number)
            signal.signal(number, signal.SIG_IGN)
        display.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    PICTURES = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.getcwd(), "build", "run")
    sys.exit(asyncio.run(main(sys.argv[1], PICTURES)))
