# SPDX-License-Identifier: GPL-3.0-or-later
"""Coming in and going: join, update-subscription, leave, setnick (XEP-0369), invitations (XEP-0407), and the
preferences that a participant has (XEP-0404)."""

import forms
import names
import presences
from channel import PREFERENCES
from stanzas import Refusal, bare, child, child_text, element, local_name, namespace, normal_bare, resource, result


def nodes_in(request, name):
    """XEP-0407 and XEP-0404 show a <join/> in their own namespaces, with everything in it."""
    return [part.get("node", "") for part in request if local_name(part) == name]


def subscriptions(name, nodes, space=names.CORE):
    return [element(space, name, node=node) for node in nodes]


def nick_in(request):
    return child_text(request, namespace(request), "nick")


def from_account(iq):
    """Only the account's server joins and leaves (XEP-0405); a client that does it itself is wrong."""
    if resource(iq.get("from")):
        raise Refusal("bad-request", "join and leave come from the account, see XEP-0405")
    return iq.get("from")


def join(channel, iq, request):
    who = from_account(iq)
    invitation = used_invitation(channel, request, who)
    if not channel.has_role(who, "allowed") and not invitation:
        raise Refusal("forbidden", "you are not allowed in this channel")
    preferences = asked_preferences(child(request, names.DATA, "x"))
    was_in = who in channel.participants
    try:
        granted, participant = channel.add(who, nick_in(request), nodes_in(request, "subscribe"), preferences)
    except Refusal as refusal:
        raise with_nodes(refusal, namespace(request), "join") from None
    if invitation:
        del channel.invitations[invitation]
        if channel.settings.present("allowed") and not channel.matches(names.ALLOWED_NODE, who):
            channel.items[names.ALLOWED_NODE][who] = None
            channel.notify(names.ALLOWED_NODE, channel.event_item(who))
    if names.PRESENCE_NODE in granted and not was_in:
        presences.send_all(channel, who)
    space = namespace(request)
    answer = element(space, "join", *subscriptions("subscribe", granted, space), id=participant.id)
    if participant.nick:
        answer.append(element(space, "nick", text=participant.nick))
    if child(request, names.DATA, "x") is not None:
        answer.append(preferences_form(participant))
    channel.send(result(iq, answer))


def with_nodes(refusal, space, name):
    """The nodes that were refused for the same reason go back with the error."""
    if isinstance(refusal.payload, list):
        refusal.payload = element(space, name, *subscriptions("subscribe", refusal.payload, space))
    return refusal


def update_subscription(channel, iq, request):
    who = bare(iq.get("from"))
    channel.require_participant(who)
    before = set(channel.subscribers[names.PRESENCE_NODE])
    try:
        granted = channel.subscribe(who, nodes_in(request, "subscribe"))
    except Refusal as refusal:
        raise with_nodes(refusal, names.CORE, "update-subscription") from None
    ended = [node for node in nodes_in(request, "unsubscribe") if who in channel.subscribers.get(node, {})]
    channel.unsubscribe(who, ended)
    if who in channel.subscribers[names.PRESENCE_NODE] and who not in before:
        presences.send_all(channel, who)
    answer = element(names.CORE, "update-subscription", *subscriptions("subscribe", granted),
                     *subscriptions("unsubscribe", ended), jid=who)
    channel.send(result(iq, answer))


def leave(channel, iq, _):
    participant = channel.participants.get(from_account(iq))
    if participant is not None:  # who was put out must be able to get rid of the roster entry
        presences.withdraw(channel, participant)
        channel.remove(participant)
    channel.send(result(iq, element(names.CORE, "leave")))


def put_out(channel, participant):
    """XEP-0406, section 3.3: a ban takes out who is in."""
    presences.withdraw(channel, participant)
    channel.remove(participant, put_out=True)


def set_nick(channel, iq, request):
    nick = channel.set_nick(bare(iq.get("from")), nick_in(request))
    channel.send(result(iq, element(names.CORE, "setnick", element(names.CORE, "nick", text=nick))))


# --- invitations

def invitation_element(channel, token):
    inviter, invitee = channel.invitations[token]
    parts = {"inviter": inviter, "invitee": invitee, "channel": channel.address, "token": token}
    return element(names.MISC, "invitation", *(element(names.MISC, name, text=text) for name, text in parts.items()))


def invite(channel, iq, request):
    inviter = bare(iq.get("from"))
    by_participants = channel.settings.on("Participation Addition by Invitation from Participant")
    channel.require(inviter, "participants" if by_participants else "admins", "invite")
    invitee = normal_bare(child_text(request, names.MISC, "invitee"))
    if invitee is None or "@" not in invitee:
        raise Refusal("bad-request", "whom? The bare address of somebody is expected")
    if channel.settings.present("banned") and channel.matches(names.BANNED_NODE, invitee):
        raise Refusal("not-allowed", "this person is banned")
    token = channel.around.new_id()
    channel.invitations[token] = (inviter, invitee)
    channel.send(result(iq, element(names.MISC, "invite", invitation_element(channel, token))))


def used_invitation(channel, request, who):
    """The token, if there is an invitation in the join that the channel really gave; a ban comes first.

    ejabberd's mod_mix_pam throws the invitation away before it passes the join on.
    """
    invitation = child(request, names.MISC, "invitation")
    if channel.settings.present("banned") and channel.matches(names.BANNED_NODE, who):
        return None
    if invitation is None:
        given = [token for token, (_, invitee) in channel.invitations.items() if invitee == who]
        return given[0] if given and not channel.around.tokens_needed else None
    token = child_text(invitation, names.MISC, "token")
    given = (child_text(invitation, names.MISC, "inviter"), child_text(invitation, names.MISC, "invitee"))
    right_channel = child_text(invitation, names.MISC, "channel") == channel.address
    if channel.invitations.get(token) != given or given[1] != who or not right_channel:
        raise Refusal("forbidden", "this invitation is not valid")
    return token


# --- preferences

def asked_preferences(form):
    if form is None:
        return {}
    fields = forms.read(form, names.ANON)
    for name, values in fields.items():
        if name not in PREFERENCES or len(values) != 1 or values[0] not in PREFERENCES[name]:
            raise Refusal("not-acceptable", f"{name}: not to be chosen: {values}")
    return {name: values[0] for name, values in fields.items()}


def preferences_form(participant):
    return forms.write(names.ANON, {name: [value] for name, value in participant.preferences.items()})


def preference(channel, iq, request):
    participant = channel.require_participant(bare(iq.get("from")))
    if iq.get("type") == "set":
        participant.preferences.update(asked_preferences(child(request, names.DATA, "x")))
        channel.tell_of_participant(participant)
        form = preferences_form(participant)
    else:
        form = forms.write(names.ANON, {}, form_kind="form")
        for name, choices in PREFERENCES.items():
            field = forms.field_element(name, [participant.preferences[name]], "list-single")
            field.extend(element(names.DATA, "option", element(names.DATA, "value", text=choice))
                         for choice in choices)
            form.append(field)
    channel.send(result(iq, element(names.ANON, "user-preference", form)))
