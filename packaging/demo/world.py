# SPDX-License-Identifier: GPL-3.0-or-later
"""A small world on 127.0.0.1: ejabberd, the demo's people, their rooms, and what was said during the last days.

The history is made in two steps. First everything is sent over the wire, so that the archive holds exactly what
ejabberd makes of it. Then ejabberd is stopped and the times in its sqlite archive are moved to the days of
conversations.txt: there the archive id is the time in microseconds, which MIX repeats as the id of the stored stanza.
"""

import argparse
import asyncio
import os
import re
import signal
import sqlite3
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.join(HERE, "..", "..", "tests", "server")
sys.path[:0] = [TESTS, os.path.join(TESTS, "fixtures")]

# pylint: disable=wrong-import-position
import conversations
import throwaway
from ejabberd import Ejabberd
from people import CONTACTS, DOMAIN, PEOPLE, Person, answer, password_of

ORIGIN_ID = re.compile(r"<origin-id [^>]*\bid='([^']+)'")
DEMO = "demo"


def make_server(folder):
    return Ejabberd(argparse.Namespace(dir=folder, base=0, db="sql", log_level="warning", resume=300))


class World:
    def __init__(self, folder):
        self.server = make_server(folder)
        self.talks = conversations.read()
        self.people = {}
        self._times = {}  # origin-id -> microseconds since 1970
        self._questions = 0

    async def build(self):
        """Starts the server and makes accounts, rooms and history; all people but the demo user stay online."""
        self.server.make_certificates()
        throwaway.first_start(self.server)
        for user in PEOPLE:
            self.server.register(user, password_of(user))
        await self._log_in_everybody(PEOPLE)
        await self._make_contacts()
        await self._make_rooms()
        await self._talk()
        await self._log_out_everybody()
        self.server.stop()
        self._move_times()
        self.server.start()
        await self._log_in_everybody(user for user in PEOPLE if user != DEMO)
        await self._come_back()

    async def close(self):
        await self._log_out_everybody()
        self.server.stop(signal.SIGKILL)

    # --- people

    async def _log_in_everybody(self, users):
        self.people = {user: Person(user) for user in users}
        await asyncio.gather(*(
            person.session.log_in("127.0.0.1", self.server.base + 1, "direct", self.server.ready_line(0)["ca"])
            for person in self.people.values()))

    async def _log_out_everybody(self):
        await asyncio.gather(*(person.session.disconnect(wait=1) for person in self.people.values()))
        self.people = {}

    async def _make_contacts(self):
        """Both sides see each other; the other side's requests are granted by the session itself."""
        session = self.people[DEMO].session
        for user in CONTACTS:
            await session.name_contact(f"{user}@{DOMAIN}", PEOPLE[user][0])
            session.subscribe(f"{user}@{DOMAIN}")
        await self._until(lambda: all(
            session.contacts.get(f"{user}@{DOMAIN}", {}).get("subscription") == "both" for user in CONTACTS))

    async def _until(self, condition):
        for _ in range(600):
            if condition():
                return
            await asyncio.sleep(0.05)
        raise throwaway.Failure("the demo world did not come about within 30 s")

    # --- rooms

    async def _make_rooms(self):
        for talk in self.talks:
            if talk.is_channel:
                await self._make_channel(talk)
            elif talk.is_room:
                await self._make_room(talk)

    async def _make_channel(self, talk):
        await self.people["grace"].session.create_mix(talk.address)
        for person in self.people.values():
            await person.session.join_mix(talk.address, person.nick)
            await person.session.name_contact(talk.address, talk.name)

    async def _make_room(self, talk):
        owner = self.people["noor"]
        await owner.session.create_muc(talk.address, owner.nick, talk.name, talk.topic)
        owner.session.set_subject(talk.address, talk.topic)
        for person in self.people.values():
            if person is not owner:
                await person.session.join_muc(talk.address, person.nick)
            await person.session.bookmark(talk.address, talk.name, person.nick)

    async def _come_back(self):
        """After the restart: rooms are joined anew, channels are for ever. From now on people answer."""
        for talk in self.talks:
            if talk.is_room and not talk.is_channel:
                await asyncio.gather(*(person.session.join_muc(talk.address, person.nick)
                                       for person in self.people.values()))
        for person in self.people.values():
            person.answers = True
        # All of them hear a question that names nobody; one passes it on, so that it is answered once.
        next(iter(self.people.values())).on_question = self._let_one_answer

    def _let_one_answer(self, room, text, speaker):
        """A question to nobody in particular: they take turns."""
        users = list(self.people)
        self._questions += 1
        person = self.people[users[self._questions % len(users)]]
        person.say_soon(room, answer(person.user, text, speaker), "groupchat")

    # --- history

    async def _talk(self):
        for talk in self.talks:
            for line in talk.lines:
                user = DEMO if line.who == "me" else line.who
                to = talk.address if talk.is_room else f"{DEMO if user != DEMO else talk.address}@{DOMAIN}"
                stanza_id = self.people[user].session.send_text(to, line.text, "groupchat" if talk.is_room else "chat")
                self._times[stanza_id] = int(line.when.timestamp() * 1_000_000)
        for talk in self.talks:
            await self._until_archived(talk)

    async def _until_archived(self, talk):
        """Asks the archive and not its database: ejabberd drops what it cannot write because a reader has a lock."""
        if talk.is_room:
            sessions = [(self.people[DEMO].session, talk.address, None)]
        else:
            sessions = [(self.people[DEMO].session, None, f"{talk.address}@{DOMAIN}"),
                        (self.people[talk.address].session, None, f"{DEMO}@{DOMAIN}")]
        for session, archive, partner in sessions:
            for _ in range(100):
                page = await session.archive_page(archive, max_items=1, with_jid=partner)
                if int(page["count"] or 0) >= len(talk.lines):
                    break
                await asyncio.sleep(0.1)
            else:
                raise throwaway.Failure(f"the history of {talk.name} did not reach the archive")

    def _database(self):
        return sqlite3.connect(os.path.join(self.server.dir, "ejabberd.sqlite"))

    def _move_times(self):
        """Only with the server stopped: it caches nothing then, and nobody writes."""
        earliest = min(self._times.values())
        with self._database() as database:
            rows = database.execute("SELECT id, timestamp, xml, origin_id FROM archive").fetchall()
            for row, old, xml, origin_id in rows:
                found = ORIGIN_ID.search(xml)
                # What carries no origin-id is the subject of a room, set when the room was made.
                new = self._times[found[1]] if found else earliest - 60_000_000 + row
                database.execute(
                    "UPDATE archive SET timestamp = ?, xml = ?, origin_id = ?, created_at = datetime(?, 'unixepoch') WHERE id = ?",
                    (new, xml.replace(f" id='{old}'", f" id='{new}'", 1),
                     str(new) if origin_id == str(old) else origin_id, new // 1_000_000, row))
        database.close()
