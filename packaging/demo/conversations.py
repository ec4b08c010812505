# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads conversations.txt: who said what in which room, and when, counted from today."""

import dataclasses
import datetime
import os
import re

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "conversations.txt")

# How long it takes until the next message comes: somebody reads, thinks, and types.
SECONDS_TO_READ = 19
SECONDS_PER_CHARACTER = 0.43


@dataclasses.dataclass
class Line:
    who: str
    text: str
    when: datetime.datetime


@dataclasses.dataclass
class Talk:
    address: str  # of a room, or the user name of the one person robin talks to
    name: str
    topic: str
    lines: list

    @property
    def is_room(self):
        return "@" in self.address

    @property
    def is_channel(self):
        return self.address.partition("@")[2].startswith("mix.")


def start_of_block(text, now):
    """'-3 09:12' or 'now-50m'."""
    if match := re.fullmatch(r"now-(\d+)m", text):
        return now - datetime.timedelta(minutes=int(match[1]))
    match = re.fullmatch(r"-(\d+) (\d\d):(\d\d)", text)
    day = now - datetime.timedelta(days=int(match[1]))
    return day.replace(hour=int(match[2]), minute=int(match[3]), second=7, microsecond=0)


def pause(text):
    """'25m' or '2h'."""
    match = re.fullmatch(r"(\d+)([mh])", text)
    return datetime.timedelta(**{"minutes" if match[2] == "m" else "hours": int(match[1])})


def read(now=None):
    """All talks. The times are strictly rising within a talk, and in the past."""
    now = now or datetime.datetime.now().astimezone()
    talks = []
    clock = now
    with open(FILE, encoding="utf-8") as file:
        for number, raw in enumerate(file, 1):
            line = raw.rstrip("\n")
            try:
                if not line or line.startswith("#"):
                    continue
                if line.startswith("== "):
                    talks.append(Talk(*(part.strip() for part in line[3:].split("|")), []))
                elif line.startswith("@ "):
                    clock = start_of_block(line[2:], now)
                elif line.startswith("+ "):
                    clock += pause(line[2:])
                else:
                    who, text = re.fullmatch(r"(\w+): (.*)", line).groups()
                    text = text.replace("\\n", "\n")
                    talks[-1].lines.append(Line(who, text, min(clock, now)))
                    clock += datetime.timedelta(seconds=SECONDS_TO_READ + SECONDS_PER_CHARACTER * len(text),
                                                microseconds=731 * number)
            except (TypeError, ValueError, AttributeError, IndexError) as error:
                raise ValueError(f"{FILE}:{number}: cannot read this line: {line}") from error
    return talks
