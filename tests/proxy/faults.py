# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on a bad line, and where: the seeded part of delayproxy.py.

Each direction of each connection has a plan of its own, drawn from (seed, number of the connection, direction), so a
run with the same seed meets the same faults at the same offsets, as far as the two ends say the same things.
"""

import math
import random

CUTS = ("rst", "fin", "tail", "late")

# How often each comes, for those that are tied to an offset.
WEIGHTS = {"rst": 6, "fin": 4, "tail": 4, "stall": 3, "dribble": 4}


class Fault:
    """At `offset` bytes of a direction: `kind`, with what it needs to know."""

    def __init__(self, kind, offset, seconds=0.0, size=0):
        self.kind = kind
        self.offset = offset
        self.seconds = seconds  # stall: how long; tail: how long all is swallowed before the RST
        self.size = size  # dribble: so many bytes come one by one


class FaultPlan:
    """The faults of one direction, one after the other."""

    def __init__(self, seed, connection, side, reach):
        self.random = random.Random(f"{seed}/{connection}/{side}")
        self.reach = reach if side == "S" else max(16, reach // 6)  # a client says much less than a server
        # A line on which little is said must end, too.
        self.lifetime = self.random.uniform(0.15, 2.5)
        self.next = self.draw(0)

    def draw(self, done):
        """The next fault after `done` bytes; half of them anywhere, half near the beginning, where logging in is."""
        if self.random.random() < 0.5:
            distance = self.random.randrange(self.reach)
        else:
            distance = int(math.exp(self.random.uniform(0, math.log(self.reach))))
        kind = self.random.choices(list(WEIGHTS), WEIGHTS.values())[0]
        if kind == "stall":
            long = self.random.random() < 0.08  # long enough for the watchdog
            return Fault(kind, done + distance, self.random.uniform(3.4, 4.5) if long else self.random.uniform(0.02, 0.4))
        if kind == "tail":
            return Fault(kind, done + distance, self.random.uniform(0.05, 0.8))
        if kind == "dribble":
            return Fault(kind, done + distance, size=self.random.randrange(1, 400))
        return Fault(kind, done + distance)

    def go_on(self, done):
        self.next = self.draw(done)
