// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/groupcontrols.h"

#include <QList>

#include <functional>

namespace Mingle {

/// What was asked of a FakeControls, in order: one line each, for example "ban room@x ada reason".
struct ControlsLog {
    QStringList asked;
    Error refuse; ///< the answer to everything, unless None
    Form form; ///< the settings of all rooms
    Form changes; ///< the last that were submitted
    Form choices; ///< mine in all rooms
    QHash<AccessList, QList<ListedPerson>> lists;
};

/// Does nothing but write down what it was asked, and keeps lists.
class FakeControls : public GroupControls
{
public:
    explicit FakeControls(ControlsLog &log)
        : m_log(log)
    {}

    QFuture<Outcome> setNick(const Jid &room, const QString &nick) override
    {
        return note({u"nick", room, nick});
    }
    QFuture<Outcome> setSubject(const Jid &room, const QString &subject) override
    {
        return note({u"subject", room, subject});
    }
    QFuture<Outcome> setStanding(const Jid &room, const Participant &who, Standing standing,
                                 const QString &reason) override
    {
        return note({u"standing", room, who.nick, QString::number(int(standing)), reason});
    }
    QFuture<Outcome> remove(const Jid &room, const Participant &who, const QString &reason) override
    {
        return note({u"remove", room, who.nick, reason});
    }
    QFuture<Outcome> ban(const Jid &room, const Participant &who, const QString &reason) override
    {
        return note({u"ban", room, who.nick, reason});
    }
    QFuture<Result<QList<ListedPerson>>> list(const Jid &, AccessList list) override
    {
        using Answer = Result<QList<ListedPerson>>;
        return answered(m_log.refuse ? Answer(m_log.refuse) : Answer(m_log.lists.value(list)));
    }
    QFuture<Outcome> putOnList(const Jid &room, AccessList list, const ListedPerson &person) override
    {
        if (!m_log.refuse) m_log.lists[list].append(person);
        return note({u"list", room, person.address.toString(), person.reason});
    }
    QFuture<Outcome> takeOffList(const Jid &room, AccessList list, const Jid &address) override
    {
        if (!m_log.refuse)
            m_log.lists[list].removeIf([&](const ListedPerson &person) { return person.address == address; });
        return note({u"unlist", room, address.toString()});
    }
    Jid privateAddress(const Jid &room, const Participant &who) const override
    {
        return room.withResource(who.nick);
    }
    QFuture<Outcome> invite(const Jid &room, const Jid &person, const QString &text) override
    {
        return note({u"invite", room, person.toString(), text});
    }
    QFuture<Outcome> decline(const Jid &room, const Invitation &invitation) override
    {
        return note({u"decline", room, invitation.from.toString()});
    }
    QFuture<Result<Form>> settings(const Jid &) override
    {
        return answered(m_log.refuse ? Result<Form>(m_log.refuse) : Result<Form>(m_log.form));
    }
    QFuture<Outcome> changeSettings(const Jid &room, const Form &changes) override
    {
        m_log.changes = changes;
        return note({u"settings", room});
    }
    QFuture<Result<Form>> choices(const Jid &) override
    {
        return answered(m_log.refuse ? Result<Form>(m_log.refuse) : Result<Form>(m_log.choices));
    }
    QFuture<Outcome> choose(const Jid &room, const Form &changes) override
    {
        m_log.changes = changes;
        return note({u"choose", room});
    }
    QFuture<Outcome> setPicture(const Jid &room, const QByteArray &data, const QString &type) override
    {
        return note({u"picture", room, QString::number(data.size()), type});
    }
    QFuture<Outcome> destroy(const Jid &room, const QString &reason, const Jid &alternative) override
    {
        return note({u"destroy", room, reason, alternative.toString()});
    }

private:
    struct Word : QString {
        Word(QStringView text)
            : QString(text.toString())
        {}
        Word(const char16_t *text)
            : QString(QString::fromUtf16(text))
        {}
        Word(const QString &text)
            : QString(text)
        {}
        Word(const Jid &address)
            : QString(address.toString())
        {}
    };
    QFuture<Outcome> note(std::initializer_list<Word> words)
    {
        QStringList line;
        for (const Word &word : words)
            if (!word.isEmpty()) line.append(word);
        m_log.asked.append(line.join(u' '));
        return answered<>(m_log.refuse ? Outcome(m_log.refuse) : Outcome());
    }

    ControlsLog &m_log;
};

} // namespace Mingle
