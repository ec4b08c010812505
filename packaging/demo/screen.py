# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the demo's window appears: on the display that is there, or on an Xvfb of our own with a scripted guest.

The script goes by keyboard alone, as a person would: Ctrl+K jumps to a room, typing goes to the message field.
"""

import asyncio
import os
import subprocess

import throwaway

SIZE = "1280x800x24"

# What the guest does. ("keys", xdotool names...), ("type", text), ("wait", seconds), ("picture", name).
SCRIPT = [
    ("wait", 4), ("picture", "1-start"),
    ("keys", "ctrl+k"), ("wait", 0.7), ("type", "tidewatch"), ("wait", 0.7), ("picture", "2-jump"),
    ("keys", "Return"), ("wait", 2), ("picture", "3-channel"),
    ("type", "Good afternoon! Grace, how is the river today?"), ("wait", 0.5), ("picture", "4-typing"),
    ("keys", "Return"), ("wait", 5), ("picture", "5-answered"),
    ("keys", "ctrl+k"), ("wait", 0.5), ("type", "design"), ("wait", 0.5), ("keys", "Return"), ("wait", 2),
    ("type", "Noor, the dark colours are lovely."), ("keys", "Return"), ("wait", 4), ("picture", "6-room"),
    ("keys", "ctrl+k"), ("wait", 0.5), ("type", "ada"), ("wait", 0.5), ("keys", "Return"), ("wait", 2),
    ("type", "Is the firmware ready for Friday?"), ("keys", "Return"), ("wait", 4), ("picture", "7-person"),
]


class GivenDisplay:
    """The developer's own."""

    def start(self, folder):
        pass

    def environment(self):
        return {}

    def stop(self):
        pass


class OwnDisplay:
    """Xvfb on a free number, with a window manager, for without one nothing gets the keyboard focus."""

    def __init__(self):
        self.number = None
        self._processes = []

    def start(self, folder):
        reader, writer = os.pipe()
        # Not through TCP, and -displayfd finds the number: several of these may run at once.
        self._run(["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"], folder,
                  pass_fds=(writer,))
        os.close(writer)
        with os.fdopen(reader) as answer:
            self.number = answer.readline().strip()
        if not self.number:
            raise throwaway.Failure("Xvfb does not start")
        self._run(["openbox", "--sm-disable"], folder, env=dict(os.environ, **self.environment()))

    def _run(self, command, folder, **options):
        with open(os.path.join(folder, f"{command[0]}.log"), "ab") as log:
            self._processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                                    preexec_fn=throwaway.die_with_parent, **options))

    def environment(self):
        return {"DISPLAY": f":{self.number}", "QT_QPA_PLATFORM": "xcb"}

    def stop(self):
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


async def command(display, *words):
    process = await asyncio.create_subprocess_exec(
        *words, env=dict(os.environ, **display.environment()), stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE)
    _, errors = await process.communicate()
    if process.returncode != 0:
        raise throwaway.Failure(f"{' '.join(words)}: {errors.decode(errors='replace').strip()}")


async def wait_for_window(display, window):
    for _ in range(60):
        if window.returncode is not None:
            raise throwaway.Failure(f"mingle ended with code {window.returncode} before its window came")
        try:
            await command(display, "xdotool", "search", "--onlyvisible", "--pid", str(window.pid))
            return
        except throwaway.Failure:
            await asyncio.sleep(0.5)
    raise throwaway.Failure("no window of mingle within 30 s")


async def step(display, pictures, kind, *values):
    if kind == "wait":
        await asyncio.sleep(values[0])
    elif kind == "keys":
        await command(display, "xdotool", "key", "--delay", "60", *values)
    elif kind == "type":
        await command(display, "xdotool", "type", "--delay", "15", values[0])
    elif kind == "picture":
        path = os.path.join(pictures, f"{values[0]}.png")
        await command(display, "import", "-window", "root", path)
        print(path, flush=True)


async def converse(display, window, pictures):
    """Plays SCRIPT; the paths of the pictures go to stdout."""
    os.makedirs(pictures, exist_ok=True)
    await wait_for_window(display, window)
    for kind, *values in SCRIPT:
        if window.returncode is not None:
            raise throwaway.Failure(f"mingle ended with code {window.returncode} in the middle of the conversation")
        await step(display, pictures, kind, *values)
