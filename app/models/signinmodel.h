// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/result.h"

#include <QObject>

#include <functional>

namespace Mingle {

/// Adding one account: what was typed, whether it can be right, and how the attempt goes. The password is handed
/// through and never kept here.
class SignInModel final : public QObject
{
    Q_OBJECT
public:
    enum class State { Editing, Busy, Failed, Done };
    enum class Problem {
        None,
        Missing,
        NotAnAddress, ///< cannot be an address at all
        NoLocalPart, ///< a server, not a person on it
        HasResource, ///< something behind a slash
        AlreadyHere, ///< this account is in the profile
        NotAPort,
        NoSuchFile,
    };
    struct Form {
        QString address;
        QString host; ///< empty: found by the address
        QString port; ///< empty: the usual one
        Account::Tls tls = Account::Tls::Automatic;
        QString caFile;
        bool allowPlain = false;
    };
    struct Problems {
        Problem address = Problem::None;
        Problem password = Problem::None;
        Problem port = Problem::None;
        Problem caFile = Problem::None;
        bool any() const;
    };
    struct Commands {
        std::function<QFuture<Outcome>(const Account &, const QByteArray &password, bool keep)> add;
        std::function<void(const Jid &)> remove; ///< takes back what a cancelled attempt may have added
        std::function<QList<Account>()> present;
    };

    explicit SignInModel(Commands commands, QObject *parent = nullptr);

    static Problems check(const Form &form, bool hasPassword, const QList<Account> &present);
    /// An account as the form describes it; only if check() finds no problem.
    static Account accountOf(const Form &form);

    /// Looks for problems first; if there are any, nothing is tried.
    void submit(const Form &form, const QByteArray &password, bool keep);
    void cancel();

    State state() const { return m_state; }
    const Error &error() const { return m_error; }
    const Problems &problems() const { return m_problems; }
    /// The server would let one in that gives it the password itself.
    bool wantsPlain() const;
    /// Done, but the password could not be kept.
    bool keychainMissing() const { return m_keychainMissing; }
    Jid address() const { return m_address; }

Q_SIGNALS:
    void changed();
    void done(const Mingle::Jid &account);

private:
    void finish(const Outcome &outcome);
    void enter(State state);

    Commands m_commands;
    State m_state = State::Editing;
    Error m_error;
    Problems m_problems;
    Jid m_address;
    quint64 m_generation = 0;
    bool m_keychainMissing = false;
};

} // namespace Mingle
