// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectionstripview.h"

#include "views/errorview.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

namespace Mingle {

using State = ConnectionStatus::State;

ConnectionStripView::ConnectionStripView(ConnectionModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_text(plainLabel({}, this))
    , m_action(new QPushButton(this))
    , m_details(new QPushButton(tr("Details"), this))
    , m_passwordRow(new QWidget(this))
    , m_password(new QLineEdit(m_passwordRow))
    , m_keep(new QCheckBox(tr("Keep in the keychain"), m_passwordRow))
    , m_error(new ErrorView(this))
{
    const int gap = space(font(), 2);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(tr("Password"));
    m_password->setMinimumHeight(space(font(), 8)); // as high as the button beside it
    m_keep->setChecked(true);
    auto *logIn = new QPushButton(tr("Sign in"), m_passwordRow);
    auto *passwordRow = new QHBoxLayout(m_passwordRow);
    passwordRow->setContentsMargins(0, 0, 0, 0);
    passwordRow->addWidget(m_password, 1);
    passwordRow->addWidget(m_keep);
    passwordRow->addWidget(logIn);
    connect(m_password, &QLineEdit::returnPressed, this, &ConnectionStripView::submitPassword);
    connect(logIn, &QPushButton::clicked, this, &ConnectionStripView::submitPassword);
    connect(m_action, &QPushButton::clicked, this, &ConnectionStripView::act);
    m_details->setCheckable(true);
    connect(m_details, &QPushButton::toggled, this, [this](bool open) {
        if (open && m_shown) {
            m_error->setError(m_shown->status.reason, Attempt::Connect);
        } else {
            m_error->clear();
        }
    });

    auto *row = new QHBoxLayout;
    row->setSpacing(gap);
    row->addWidget(m_text, 1);
    row->addWidget(m_details);
    row->addWidget(m_action);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addLayout(row);
    layout->addWidget(m_passwordRow);
    layout->addWidget(m_error);
    setVisible(false);
    connect(&model, &ConnectionModel::stripChanged, this, &ConnectionStripView::follow);
    follow();
}

void ConnectionStripView::follow()
{
    const std::optional<ConnectionModel::Strip> strip = m_model.strip();
    if (!strip) {
        m_shown.reset();
        m_details->setChecked(false);
        m_passwordOpen = false;
        setVisible(false);
        return;
    }
    // Only the countdown ran on: leave everything else, and what is being typed, alone.
    const bool other =
        !m_shown || m_shown->account != strip->account || m_shown->status.state != strip->status.state;
    if (other) {
        m_details->setChecked(false);
        m_passwordOpen = false;
        m_password->clear();
    }
    m_shown = strip;
    showText(*strip);
    showPassword(*strip);
    setVisible(true);
    update();
}

QString ConnectionStripView::sentence(const ConnectionModel::Strip &strip) const
{
    const QString reason = errorText(strip.status.reason, Attempt::Connect).happened;
    switch (strip.status.state) {
    case State::Offline:
        return tr("Offline, as you chose. You can read everything that is stored here.");
    case State::NeedsPassword:
        if (strip.keychainMissing || strip.status.reason.kind == Error::Kind::NoKeychain)
            return tr("There is no keychain on this computer to keep the password safe, so Mingle asks for "
                      "it at each start.");
        if (strip.status.reason && strip.status.reason.kind != Error::Kind::NotFound)
            return tr("%1. Please enter the password again.").arg(reason);
        return tr("Please enter the password.");
    case State::Connecting:
        return tr("Connecting…");
    case State::LoggingIn:
        return tr("Signing in…");
    case State::WaitingToRetry:
        if (strip.secondsLeft > 0)
            return tr("%1. Next try in %2 s.")
                .arg(reason.isEmpty() ? tr("Not connected") : reason)
                .arg(strip.secondsLeft);
        return tr("Connecting…");
    case State::Stopped:
        return reason.isEmpty() ? tr("Not connected.") : tr("Not connected: %1.").arg(reason);
    case State::Live:
        return tr("Catching up: %1 of %n room(s)…", nullptr, strip.status.roomsToCatchUp)
            .arg(strip.status.roomsCaughtUp);
    }
    return {};
}

void ConnectionStripView::showText(const ConnectionModel::Strip &strip)
{
    QString text = sentence(strip);
    if (strip.oneOfSeveral || strip.status.state == State::NeedsPassword)
        text = strip.account.toString() + QStringLiteral(" – ") + text;
    m_text->setText(text);
    setAccessibleName(text);
    m_details->setVisible(strip.status.state == State::Stopped && bool(strip.status.reason));
    const bool wrongPassword = strip.status.reason.kind == Error::Kind::WrongPassword;
    switch (strip.status.state) {
    case State::Offline:
        m_action->setText(tr("Go online"));
        break;
    case State::WaitingToRetry:
        m_action->setText(tr("Retry now"));
        break;
    case State::Stopped:
        m_action->setText(wrongPassword ? tr("Enter password") : tr("Try again"));
        break;
    default:
        break;
    }
    const bool action = strip.status.state == State::Offline || strip.status.state == State::Stopped
                        || (strip.status.state == State::WaitingToRetry && strip.secondsLeft > 0);
    m_action->setVisible(action && !m_passwordOpen);
}

void ConnectionStripView::showPassword(const ConnectionModel::Strip &strip)
{
    const bool wanted = m_passwordOpen || strip.status.state == State::NeedsPassword;
    const bool keychain = !strip.keychainMissing && strip.status.reason.kind != Error::Kind::NoKeychain;
    m_keep->setVisible(keychain);
    const bool appears = wanted && !m_passwordRow->isVisibleTo(this);
    m_passwordRow->setVisible(wanted);
    if (appears && (!window()->focusWidget() || m_passwordOpen)) m_password->setFocus();
}

void ConnectionStripView::submitPassword()
{
    if (!m_shown || m_password->text().isEmpty()) {
        m_password->setFocus();
        return;
    }
    const QByteArray password = m_password->text().toUtf8();
    m_password->clear();
    Q_EMIT passwordGiven(m_shown->account, password, m_keep->isVisibleTo(this) && m_keep->isChecked());
}

void ConnectionStripView::act()
{
    if (!m_shown) return;
    const Jid account = m_shown->account;
    if (m_shown->status.state == State::Offline) {
        Q_EMIT onlineWanted(account);
    } else if (m_shown->status.state == State::Stopped
               && m_shown->status.reason.kind == Error::Kind::WrongPassword) {
        m_passwordOpen = true;
        follow();
    } else {
        Q_EMIT retryWanted(account);
    }
}

void ConnectionStripView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    const bool grave = m_shown && m_shown->status.state == State::Stopped;
    QPainter painter(this);
    painter.fillRect(rect(), mixed(theme.base, grave ? theme.danger : theme.warning, 0.12));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.separator);
}

} // namespace Mingle
