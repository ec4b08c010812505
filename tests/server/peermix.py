# SPDX-License-Identifier: GPL-3.0-or-later
"""What a peer can ask of a MIX channel beyond being in it (XEP-0369, XEP-0406, XEP-0407), by hand as peersession.py
does it. ejabberd's own channels refuse all of it; those of tests/servers/mix know it."""

import asyncio
from xml.sax.saxutils import escape, quoteattr

from peersession import ANSWER_LIMIT, MIX_CORE, MIX_PAM, PUBSUB, Refused, child, child_text, fresh_id

DATA = "jabber:x:data"
MIX_ADMIN = "urn:xmpp:mix:admin:0"
MIX_MISC = "urn:xmpp:mix:misc:0"
NODES = "urn:xmpp:mix:nodes:"
FORM_TYPES = {"info": MIX_CORE, "config": MIX_ADMIN}
LEAVE_PAUSE = 0.1  # seconds between two looks whether the channel has let us go


def form_of(form_type, fields):
    """A submitted form; a value may be a list."""
    lines = [f"<field var='FORM_TYPE' type='hidden'><value>{form_type}</value></field>"]
    for name, values in fields.items():
        values = values if isinstance(values, list) else [values]
        inside = "".join(f"<value>{escape(str(value))}</value>" for value in values)
        lines.append(f"<field var={quoteattr(name)}>{inside}</field>")
    return f"<x xmlns='{DATA}' type='submit'>{''.join(lines)}</x>"


async def read_form(session, channel, node):
    """The fields of the newest item: name -> list of values."""
    answer = await session.request(f"<pubsub xmlns='{PUBSUB}'><items node='{NODES}{node}'/></pubsub>", channel)
    fields = {}
    for field in answer.iter(f"{{{DATA}}}field"):
        if field.get("var") != "FORM_TYPE":
            fields[field.get("var")] = [value.text or "" for value in field.findall(f"{{{DATA}}}value")]
    return fields


async def publish(session, channel, node, item):
    await session.request(f"<pubsub xmlns='{PUBSUB}'><publish node='{NODES}{node}'>{item}</publish></pubsub>", channel,
                          "set")


async def form(session, channel, node, changes):
    """Changes the information or the configuration, if there is something to change; returns what it is then."""
    if changes:
        await publish(session, channel, node, f"<item>{form_of(FORM_TYPES[node], changes)}</item>")
    return await read_form(session, channel, node)


async def list_person(session, channel, node, jid):
    """Puts somebody, or a domain, on the allowed or the banned list."""
    await publish(session, channel, node, f"<item id={quoteattr(jid)}/>")


async def unlist_person(session, channel, node, jid):
    retract = f"<retract node='{NODES}{node}'><item id={quoteattr(jid)}/></retract>"
    await session.request(f"<pubsub xmlns='{PUBSUB}'>{retract}</pubsub>", channel, "set")


async def invite(session, channel, jid, body, send):
    """Gets an invitation from the channel and, if wished, sends it; returns what is in it."""
    answer = await session.request(f"<invite xmlns='{MIX_MISC}'><invitee>{escape(jid)}</invitee></invite>", channel)
    invitation = child(child(answer, "invite"), "invitation")
    parts = {name: child_text(invitation, name) for name in ("inviter", "invitee", "channel", "token")}
    if send:
        inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items())
        session.send_raw(f"<message to={quoteattr(jid)} type='normal' id='{fresh_id()}'><body>{escape(body)}</body>"
                         f"<invitation xmlns='{MIX_MISC}'>{inside}</invitation></message>")
    return parts


async def leave(session, channel):
    """Leaves through the account. ejabberd never answers for a service that is not its own, so the channel is asked
    too: it shows its participants to participants only."""
    participant = session.channels.get(channel)
    request = asyncio.create_task(session.request(
        f"<client-leave xmlns='{MIX_PAM}' channel={quoteattr(channel)}><leave xmlns='{MIX_CORE}'/></client-leave>",
        kind="set"))
    try:
        async with asyncio.timeout(ANSWER_LIMIT):
            while not request.done() and await is_in(session, channel, participant):
                await asyncio.wait([request], timeout=LEAVE_PAUSE)
        if request.done():
            await request  # raises what the account answered
    except TimeoutError as error:
        raise Refused("remote-server-timeout") from error
    finally:
        request.cancel()
    session.channels.pop(channel, None)
    session.nicks.pop(channel, None)


async def is_in(session, channel, participant):
    try:
        found = await session.participants(channel)
    except Refused as refused:
        return refused.condition not in ("forbidden", "item-not-found")
    return participant in [other["id"] for other in found]
