# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo's people: who they are, and what they answer when somebody talks to them."""

import asyncio
import random
import re

from peersession import PeerSession, bare

DOMAIN = "chat.test"
PEOPLE = {  # user name -> (full name, name in rooms)
    "demo": ("Robin Vale", "Robin"),
    "ada": ("Ada Okafor", "Ada"),
    "grace": ("Grace Lindqvist", "Grace"),
    "kenji": ("Kenji Mori", "Kenji"),
    "lev": ("Lev Adler", "Lev"),
    "mateo": ("Mateo Ruiz", "Mateo"),
    "noor": ("Noor Haddad", "Noor"),
}
CONTACTS = ("ada", "grace", "kenji")  # whom the demo user has as contacts

# The first pattern that fits decides; each person has a few words of their own, then come everybody's.
ANSWERS = {
    "ada": [
        (r"firmware|0\.8|release|checksum", ["0.8-rc1 is built and reproducible. I only wait for the relay numbers.",
                                             "Firmware is ready. The release notes still say \"various fixes\" 😬"]),
        (r"night|sleep|tired", ["I am awake anyway. 14 µA in deep sleep is for gauges, not for me."]),
    ],
    "grace": [
        (r"level|river|water|gauge|map", ["Mill bridge says 124 cm, steady. Weir 130, harbour 119.",
                                          "All three gauges reported within the last minute, nothing unusual."]),
        (r"server|deploy|log|disk", ["The server is bored: load 0.1, nothing in the log."]),
    ],
    "kenji": [
        (r"relay|board|solder|antenna|hardware", ["The relay runs since an hour: 0 lost of 62 packets. とても良いです!",
                                                  "Soldered and warm. Not *too* warm."]),
        (r"battery|solar|volt", ["3.90 V this morning. In June the panel is almost optional."]),
    ],
    "lev": [(r"docs?|document|write|hebrew", ["I put it into the docs, one sentence, no adjectives.", "נכתב ✍️"])],
    "mateo": [(r"friday|climb|weir|cake", ["Friday is dry. I climb, somebody holds the ladder."]),
              (r"grandmother", ["She read the screen before breakfast. 124, steady."])],
    "noor": [(r"colou?r|design|screen|font|dark", ["Only the river is blue. That is the whole design system 😄",
                                                   "I put a new preview up, look at it from 5 m away."]),
             (r"arabic|mirror|rtl", ["نعم، كل شيء يبدأ من البداية. Nothing is \"on the left\"."])],
}
ANSWERS_OF_EVERYBODY = [
    (r"\b(hi|hello|hey|morning|hallo)\b", ["Hi {name}! 👋", "Good morning!", "Hello {name}, you are early."]),
    (r"thank|thx|🙏", ["Any time.", "With pleasure 🙂"]),
    (r"\bhow are you\b", ["Well! The river is calm, so I am too."]),
    (r"who|when|where|why|how|what|which", ["Good question. Let me look it up and come back to you.",
                                            "I would ask Grace for the numbers, and Mateo for the truth.",
                                            "I think we decided that on Tuesday: https://tidewatch.example/docs/decisions"]),
    (r"\?", ["Yes, I think so.", "Let us try it on one gauge first.", "Not before Friday, I would say."]),
]
ANSWERS_TO_ANYTHING = ["Noted 👍", "Makes sense to me.", "Agreed. _Slowly_ and with a test.", "Ha, true."]


def answer(user, text, speaker):
    """What `user` says to a text, in the speaker's own words where there are any."""
    for pattern, choices in ANSWERS.get(user, []) + ANSWERS_OF_EVERYBODY:
        if re.search(pattern, text, re.IGNORECASE):
            break
    else:
        choices = ANSWERS_TO_ANYTHING
    return random.choice(choices).format(name=speaker)


class Person:
    """One of them, online: answers one to one always, in a room when named."""

    def __init__(self, user):
        self.user = user
        self.nick = PEOPLE[user][1]
        self.jid = f"{user}@{DOMAIN}"
        self.session = PeerSession(self.jid, password_of(user), self.take)
        self.answers = False  # nobody answers what is only said to make the history
        self.on_question = None  # called with (room, text, speaker) for a question that names nobody
        self._tasks = set()

    def take(self, event):
        if not self.answers or event["event"] != "message" or not event.get("body") or event.get("delay") or event.get("carbon"):
            return
        if event["type"] == "groupchat":
            self._take_from_room(event)
        elif event["type"] == "chat" and bare(event["from"]) != self.jid:
            partner = bare(event["from"])
            speaker = PEOPLE.get(partner.partition("@")[0], ("", "you"))[1]
            self.say_soon(partner, answer(self.user, event["body"], speaker), "chat")

    def _take_from_room(self, event):
        room = bare(event["from"])
        speaker = event.get("mix_nick") or event["from"].partition("/")[2]
        # The people do not answer each other, or they would never stop.
        if speaker in (nick for user, (_, nick) in PEOPLE.items() if user != "demo"):
            return
        named = re.findall(r"\w+", event["body"].lower())
        if self.nick.lower() in named:
            self.say_soon(room, answer(self.user, event["body"], speaker), "groupchat")
        elif self.on_question and "?" in event["body"] and not any(
                nick.lower() in named for _, nick in PEOPLE.values()):
            self.on_question(room, event["body"], speaker)

    def say_soon(self, to, text, kind):
        task = asyncio.ensure_future(self._say(to, text, kind))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _say(self, to, text, kind):
        await asyncio.sleep(1.0 + 0.02 * len(text))
        self.session.send_text(to, text, kind)


def password_of(user):
    return f"pw-{user}"
