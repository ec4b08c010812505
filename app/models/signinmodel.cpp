// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/signinmodel.h"

#include "core/futures.h"

#include <QFileInfo>

#include <algorithm>

namespace Mingle {

namespace {

SignInModel::Problem problemOfAddress(const QString &text, const QList<Account> &present)
{
    using Problem = SignInModel::Problem;
    if (text.trimmed().isEmpty()) return Problem::Missing;
    const std::optional<Jid> address = Jid::parse(QStringView(text).trimmed());
    if (!address) return Problem::NotAnAddress;
    if (address->local().isEmpty()) return Problem::NoLocalPart;
    if (!address->isBare()) return Problem::HasResource;
    const bool here =
        std::ranges::any_of(present, [&](const Account &account) { return account.address == *address; });
    return here ? Problem::AlreadyHere : Problem::None;
}

SignInModel::Problem problemOfPort(const QString &text)
{
    if (text.trimmed().isEmpty()) return SignInModel::Problem::None;
    bool number = false;
    const int port = text.trimmed().toInt(&number);
    return number && port > 0 && port < 65536 ? SignInModel::Problem::None : SignInModel::Problem::NotAPort;
}

} // namespace

bool SignInModel::Problems::any() const
{
    return address != Problem::None || password != Problem::None || port != Problem::None
           || caFile != Problem::None;
}

SignInModel::SignInModel(Commands commands, QObject *parent)
    : QObject(parent)
    , m_commands(std::move(commands))
{}

SignInModel::Problems SignInModel::check(const Form &form, bool hasPassword, const QList<Account> &present)
{
    Problems problems;
    problems.address = problemOfAddress(form.address, present);
    problems.password = hasPassword ? Problem::None : Problem::Missing;
    problems.port = problemOfPort(form.port);
    const QString caFile = form.caFile.trimmed();
    if (!caFile.isEmpty() && !QFileInfo(caFile).isFile()) problems.caFile = Problem::NoSuchFile;
    return problems;
}

Account SignInModel::accountOf(const Form &form)
{
    Account account;
    account.address = Jid::parse(QStringView(form.address).trimmed()).value_or(Jid()).bare();
    account.host = form.host.trimmed();
    account.port = quint16(form.port.trimmed().toUInt());
    account.tls = form.tls;
    account.caFile = form.caFile.trimmed();
    account.allowPlain = form.allowPlain;
    return account;
}

bool SignInModel::wantsPlain() const
{
    return m_error.kind == Error::Kind::WeakLogin && m_error.condition == u"only-plain";
}

void SignInModel::submit(const Form &form, const QByteArray &password, bool keep)
{
    if (m_state == State::Busy) return;
    m_problems = check(form, !password.isEmpty(), m_commands.present());
    m_error = {};
    if (m_problems.any()) {
        enter(State::Editing);
        return;
    }
    const Account account = accountOf(form);
    m_address = account.address;
    m_keychainMissing = false;
    const auto answer = [this, address = m_address, generation = ++m_generation](const Outcome &outcome) {
        if (generation == m_generation) {
            finish(outcome);
            return;
        }
        // Cancelled when it was past the point where it could be called back.
        const bool added = outcome || outcome.error().kind == Error::Kind::NoKeychain;
        const bool wantedAgain = address == m_address && (m_state == State::Busy || m_state == State::Done);
        if (added && !wantedAgain) m_commands.remove(address);
    };
    enter(State::Busy); // first: the answer may be there at once
    whenDone(m_commands.add(account, password, keep), this, answer);
}

void SignInModel::cancel()
{
    if (m_state != State::Busy) return;
    ++m_generation;
    m_error = {};
    enter(State::Editing);
}

void SignInModel::finish(const Outcome &outcome)
{
    m_keychainMissing = outcome.error().kind == Error::Kind::NoKeychain;
    if (outcome || m_keychainMissing) {
        enter(State::Done);
        Q_EMIT done(m_address);
        return;
    }
    m_error = outcome.error();
    enter(State::Failed);
}

void SignInModel::enter(State state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace Mingle
