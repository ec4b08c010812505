// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/signinview.h"

#include "views/errorview.h"
#include "views/passwordfield.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace Mingle {

namespace {

using Problem = SignInModel::Problem;

QString problemText(Problem problem)
{
    switch (problem) {
    case Problem::None:
        return {};
    case Problem::Missing:
        return SignInView::tr("This is needed.");
    case Problem::NotAnAddress:
        return SignInView::tr("An address looks like name@example.org.");
    case Problem::NoLocalPart:
        return SignInView::tr("Your name and an @ are missing in front: name@example.org.");
    case Problem::HasResource:
        return SignInView::tr("Please leave out the part behind the slash.");
    case Problem::AlreadyHere:
        return SignInView::tr("This account is in Mingle already.");
    case Problem::NotAPort:
        return SignInView::tr("A port is a number from 1 to 65535.");
    case Problem::NoSuchFile:
        return SignInView::tr("There is no such file.");
    }
    return {};
}

} // namespace

SignInView::SignInView(SignInModel &model, Look look, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_fields(new QWidget(this))
    , m_address(new QLineEdit(m_fields))
    , m_password(new PasswordField(m_fields))
    , m_keep(new QCheckBox(tr("Keep the password in the keychain"), m_fields))
    , m_plain(new QCheckBox(tr("Give this server the password itself"), m_fields))
    , m_error(new ErrorView(this))
{
    m_plain->setVisible(false); // until a server wants it
    m_address->setPlaceholderText(tr("name@example.org"));
    m_address->setInputMethodHints(Qt::ImhEmailCharactersOnly | Qt::ImhNoAutoUppercase
                                   | Qt::ImhNoPredictiveText);
    m_keep->setChecked(true);
    auto *fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(space(font(), 1));
    m_addressProblem = addField(m_fields, tr("&Address"), m_address).problem;
    m_passwordProblem = addField(m_fields, tr("&Password"), m_password).problem;
    fields->addSpacing(space(font(), 1));
    fields->addWidget(m_keep);
    fields->addWidget(m_plain);
    fields->addSpacing(space(font(), 1));
    fields->addWidget(makeServerSettings());
    connect(m_address, &QLineEdit::returnPressed, this, [this] { m_password->setFocus(); });
    for (QLineEdit *line : {static_cast<QLineEdit *>(m_password), m_host, m_port, m_caFile})
        connect(line, &QLineEdit::returnPressed, this, &SignInView::submit);

    auto *column = new QVBoxLayout;
    column->setSpacing(space(font(), 3));
    if (look == Look::Welcome) column->addWidget(makeWelcome());
    column->addWidget(m_error);
    column->addWidget(m_fields);
    column->addWidget(makeButtons());
    auto *frame = new QWidget(this);
    frame->setLayout(column);
    frame->setMaximumWidth(space(font(), 100));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    if (look == Look::Form) {
        outer->addWidget(frame);
    } else {
        outer->addWidget(inTheMiddle(frame));
    }
    connect(&model, &SignInModel::changed, this, &SignInView::follow);
    follow();
}

/// As a page: in the middle, and scrolling where the window is too small for it.
QWidget *SignInView::inTheMiddle(QWidget *frame)
{
    auto *page = new QWidget(this);
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, space(font(), 3), 0, space(font(), 3));
    rows->addStretch(2);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(frame, 100);
    middle->addStretch(1);
    rows->addLayout(middle);
    rows->addStretch(3);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(page);
    return scroll;
}

QWidget *SignInView::makeWelcome()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, space(font(), 2));
    auto *sign = new QLabel(box);
    const int edge = space(font(), 18);
    sign->setPixmap(QIcon(QStringLiteral(":/app/mingle.svg")).pixmap(edge, edge));
    sign->setAlignment(Qt::AlignCenter);
    sign->setAccessibleName(tr("Mingle"));
    QLabel *title = plainLabel(tr("Welcome to Mingle"), box);
    title->setFont(sized(font(), TextSize::Title, QFont::DemiBold));
    title->setAlignment(Qt::AlignCenter);
    QLabel *text = plainLabel(tr("Sign in with your XMPP account."), box);
    text->setAlignment(Qt::AlignCenter);
    layout->addWidget(sign);
    layout->addWidget(title);
    layout->addWidget(text);
    return box;
}

SignInView::Field SignInView::addField(QWidget *parent, const QString &label, QWidget *input)
{
    auto *layout = static_cast<QVBoxLayout *>(parent->layout());
    auto *name = new QLabel(parent);
    name->setText(label); // a mnemonic needs a label that is not plain; the text is ours
    name->setBuddy(input);
    QLabel *problem = plainLabel({}, parent);
    QPalette colours = problem->palette();
    colours.setColor(QPalette::WindowText, Theme::of(this).danger);
    problem->setPalette(colours);
    problem->setVisible(false);
    input->setAccessibleName(QString(label).remove(u'&'));
    input->setMinimumHeight(space(font(), 8));
    layout->addWidget(name);
    layout->addWidget(input);
    layout->addWidget(problem);
    layout->addSpacing(space(font(), 1));
    return {input, problem};
}

QWidget *SignInView::makeServerSettings()
{
    auto *box = new QWidget(m_fields);
    auto *outer = new QVBoxLayout(box);
    outer->setContentsMargins(0, 0, 0, 0);
    m_fold = new QToolButton(box);
    m_fold->setText(tr("Server settings"));
    m_fold->setIcon(icon(Sign::Right));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setAutoRaise(true);
    m_fold->setCheckable(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_server = new QWidget(box);
    auto *layout = new QVBoxLayout(m_server);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space(font(), 1));
    m_host = new QLineEdit(m_server);
    m_host->setPlaceholderText(tr("found by the address"));
    m_port = new QLineEdit(m_server);
    m_port->setPlaceholderText(tr("the usual one"));
    m_tls = new QComboBox(m_server);
    m_tls->addItem(tr("Automatic"), int(Account::Tls::Automatic));
    m_tls->addItem(tr("Direct TLS"), int(Account::Tls::Direct));
    m_tls->addItem(tr("STARTTLS"), int(Account::Tls::StartTls));
    m_caFile = new QLineEdit(m_server);
    m_caFile->setPlaceholderText(tr("only those this computer trusts"));
    addField(m_server, tr("Ser&ver"), m_host);
    m_portProblem = addField(m_server, tr("P&ort"), m_port).problem;
    addField(m_server, tr("&Encryption"), m_tls);
    m_caFileProblem = addField(m_server, tr("Certificate &file"), m_caFile).problem;
    auto *choose = new QPushButton(tr("Choose a file…"), m_server);
    connect(choose, &QPushButton::clicked, this, &SignInView::chooseCaFile);
    layout->addWidget(choose, 0, Qt::AlignLeft);
    m_server->setVisible(false);
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) {
        m_server->setVisible(open);
        m_fold->setIcon(icon(open ? Sign::Down : Sign::Right));
    });
    outer->addWidget(m_fold, 0, Qt::AlignLeft);
    outer->addWidget(m_server);
    return box;
}

QWidget *SignInView::makeButtons()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_progress = new QProgressBar(box);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(space(font(), 1));
    m_progress->setAccessibleName(tr("Signing in"));
    m_progressText = plainLabel({}, box);
    m_submit = new QPushButton(tr("Sign in"), box);
    m_submit->setDefault(true);
    m_submit->setAutoDefault(false); // on a page, the default button would lose its look with the focus
    m_submit->setMinimumHeight(space(font(), 9));
    m_cancel = new QPushButton(tr("Cancel"), box);
    m_cancel->setMinimumHeight(space(font(), 9));
    connect(m_submit, &QPushButton::clicked, this, &SignInView::submit);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_model.cancel(); });
    layout->addWidget(m_progress);
    layout->addWidget(m_progressText);
    layout->addWidget(m_submit);
    layout->addWidget(m_cancel);
    return box;
}

void SignInView::chooseCaFile()
{
    auto *dialog = new QFileDialog(this, tr("Certificate of your server"), m_caFile->text(),
                                   tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_caFile, &QLineEdit::setText);
    dialog->open();
}

SignInModel::Form SignInView::form() const
{
    return {m_address->text(), m_host->text(),
            m_port->text(),    Account::Tls(m_tls->currentData().toInt()),
            m_caFile->text(),  m_plain->isChecked()};
}

void SignInView::submit()
{
    if (m_model.state() == SignInModel::State::Busy) return;
    m_model.submit(form(), m_password->text().toUtf8(), m_keep->isChecked());
    focusProblem();
}

void SignInView::focusProblem()
{
    const SignInModel::Problems &problems = m_model.problems();
    if (problems.port != Problem::None || problems.caFile != Problem::None) m_fold->setChecked(true);
    if (problems.address != Problem::None) {
        m_address->setFocus();
    } else if (problems.password != Problem::None) {
        m_password->setFocus();
    } else if (problems.port != Problem::None) {
        m_port->setFocus();
    } else if (problems.caFile != Problem::None) {
        m_caFile->setFocus();
    }
}

void SignInView::showProblem(QLabel *label, Problem problem)
{
    label->setText(problemText(problem));
    label->setVisible(problem != Problem::None);
}

void SignInView::follow()
{
    const bool busy = m_model.state() == SignInModel::State::Busy;
    const bool hadFocus = busy && isAncestorOf(window()->focusWidget());
    m_fields->setEnabled(!busy);
    m_progress->setVisible(busy);
    m_progressText->setVisible(busy);
    m_progressText->setText(busy ? tr("Signing in as %1…").arg(m_model.address().toString()) : QString());
    m_submit->setVisible(!busy);
    m_cancel->setVisible(busy);
    if (hadFocus) m_cancel->setFocus();
    const SignInModel::Problems &problems = m_model.problems();
    showProblem(m_addressProblem, problems.address);
    showProblem(m_passwordProblem, problems.password);
    showProblem(m_portProblem, problems.port);
    showProblem(m_caFileProblem, problems.caFile);
    if (m_model.wantsPlain()) m_plain->setVisible(true);
    if (m_model.state() == SignInModel::State::Failed) {
        m_error->setError(m_model.error(), Attempt::Connect);
        const bool password = m_model.error().kind == Error::Kind::WrongPassword;
        if (m_model.wantsPlain())
            m_plain->setFocus();
        else
            (password ? m_password : m_address)->setFocus();
        if (password) m_password->selectAll();
    } else {
        m_error->clear();
    }
    if (m_model.state() == SignInModel::State::Done) m_password->clear();
}

void SignInView::focusFirst()
{
    m_address->setFocus();
}

} // namespace Mingle
