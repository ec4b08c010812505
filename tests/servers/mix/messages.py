# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages to everybody (XEP-0369, section 5.1.6), taking them back (XEP-0407), and the channel's archive."""

import copy

import archive
import names
from stanzas import Refusal, bare, child, element, local_name, namespace, result


def take(channel, stanza):
    """One message of a participant: into the archive, and to all who are subscribed to messages."""
    participant = channel.require_participant(bare(stanza.get("from")))
    retract = child(stanza, names.MISC, "retract")
    if retract is not None:
        take_back(channel, participant.jid, stanza, retract)
    elif stanza.get("type") != "groupchat":
        raise Refusal("bad-request", "a message to a channel is of the type groupchat")
    message_id = channel.around.new_id()
    kept = [copy.deepcopy(part) for part in stanza if not forged(channel, part)]
    jid = channel.visible_jid(participant)
    mix = element(names.CORE, "mix", element(names.CORE, "nick", text=participant.nick) if participant.nick else None,
                  element(names.CORE, "jid", text=jid) if jid else None)
    message = element(names.CLIENT, "message", *kept, mix,
                      element(names.SID, "stanza-id", by=channel.address, id=message_id), type="groupchat",
                      id=message_id, from_=f"{channel.address}/{participant.id}")
    channel.archive.add(archive.Entry(message_id, channel.around.now(), participant.jid, message))
    for who in channel.subscribers[names.MESSAGES_NODE]:
        copied = copy.deepcopy(message)
        copied.set("to", who)
        if who == participant.jid and stanza.get("id"):
            # Older versions of XEP-0369 say so; the newest has only the sender's own origin-id.
            child(copied, names.CORE, "mix").append(element(names.CORE, "submission-id", text=stanza.get("id")))
        channel.send(copied)


def forged(channel, part):
    """What only the channel may say of a message."""
    if local_name(part) == "mix":
        return namespace(part).startswith(names.ANY_CORE)
    return (part.tag == f"{{{names.SID}}}stanza-id" and part.get("by") == channel.address or
            part.tag == f"{{{names.DELAY}}}delay" and part.get("from") in (None, channel.address))


def take_back(channel, who, stanza, retract):
    if child(stanza, names.CLIENT, "body") is not None:
        raise Refusal("bad-request", "what takes back a message has no body")
    entry = channel.archive.find(retract.get("id"))
    own = entry.author == who and channel.settings.on("User Message Retraction")
    if not own and not channel.has_role(who, channel.settings.one("Administrator Message Retraction Rights")):
        raise Refusal("forbidden", "you may not take this message back")
    participant = channel.require_participant(who)
    by = channel.visible_jid(participant) or channel.encoded(participant)
    channel.archive.put_tombstone(entry, by, channel.around.now())


def query(channel, iq, request):
    """XEP-0313. The archive of the messages is the only one."""
    who = bare(iq.get("from"))
    if not channel.may_read(who, names.MESSAGES_NODE):
        raise Refusal("forbidden", "you may not read this archive")
    if request.get("node", names.MESSAGES_NODE) != names.MESSAGES_NODE:
        raise Refusal("item-not-found", "only messages are archived")
    if local_name(request) == "metadata":
        channel.send(result(iq, channel.archive.metadata()))
    elif iq.get("type") == "get":
        channel.send(result(iq, element(names.MAM, "query", archive.filters_form())))
    else:
        entries, fin = channel.archive.page(request)
        for entry in entries:
            channel.send(archive.result_message(entry, request.get("queryid"), channel.address, iq.get("from")))
        channel.send(result(iq, fin))
