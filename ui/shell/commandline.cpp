// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include <array>

namespace Mingle {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::CommandLine)
};

const QString profileName = QStringLiteral("profile");
const QString addName = QStringLiteral("add-account");
const QString passwordName = QStringLiteral("password-stdin");
const QString serverName = QStringLiteral("server");
const QString tlsName = QStringLiteral("tls");
const QString caName = QStringLiteral("ca");
const QString exportName = QStringLiteral("export");
const QString versionName = QStringLiteral("version");
const QString helpName = QStringLiteral("help");

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(Words::tr("Group chat for XMPP"));
    parser.addPositionalArgument(QStringLiteral("link"), Words::tr("An xmpp: link to fill a form with."),
                                 QStringLiteral("[xmpp:…]"));
    parser.addOptions({
        {profileName, Words::tr("Keep everything in this folder."), Words::tr("folder")},
        {addName, Words::tr("Add an account, then end. Needs --password-stdin."), Words::tr("address")},
        {passwordName, Words::tr("Read a password from standard input, one line.")},
        {serverName, Words::tr("Where the account's server is."), Words::tr("host:port")},
        {tlsName, Words::tr("How to encrypt: direct or starttls."), Words::tr("way")},
        {caName, Words::tr("Trust this certificate authority too (PEM)."), Words::tr("file")},
        {exportName, Words::tr("Write what is stored of a room as JSON lines, then end."), Words::tr("room")},
        {versionName, Words::tr("Say which version this is.")},
        {{QStringLiteral("h"), helpName}, Words::tr("Show this help.")},
    });
}

/// host, host:port, [v6]:port. A port alone is no server.
QString readServer(const QString &text, Account *account)
{
    QString host = text;
    const qsizetype colon = text.lastIndexOf(u':');
    const bool bracketed = text.startsWith(u'[') && text.contains(u']');
    if (colon > 0 && (bracketed ? text.at(colon - 1) == u']' : text.count(u':') == 1)) {
        bool number = false;
        const int port = text.mid(colon + 1).toInt(&number);
        if (!number || port < 1 || port > 65535)
            return Words::tr("“%1” is not a port.").arg(text.mid(colon + 1));
        account->port = quint16(port);
        host = text.left(colon);
    }
    if (bracketed) host = host.mid(1, host.size() - 2);
    if (host.isEmpty()) return Words::tr("--server needs a host.");
    account->host = host;
    return {};
}

QString readAccount(const QCommandLineParser &parser, CommandLine *result)
{
    const QString text = parser.value(addName);
    const std::optional<Jid> address = Jid::parse(text);
    if (!address || address->local().isEmpty()) return Words::tr("“%1” is not an address.").arg(text);
    if (!result->passwordFromStdin) return Words::tr("--add-account needs --password-stdin.");
    result->account.address = address->bare();
    if (parser.isSet(serverName)) {
        if (const QString problem = readServer(parser.value(serverName), &result->account);
            !problem.isEmpty())
            return problem;
    }
    const QString tls = parser.value(tlsName);
    if (tls == QLatin1String("direct")) {
        result->account.tls = Account::Tls::Direct;
    } else if (tls == QLatin1String("starttls")) {
        result->account.tls = Account::Tls::StartTls;
    } else if (parser.isSet(tlsName)) {
        return Words::tr("--tls is either direct or starttls.");
    }
    if (parser.isSet(caName)) {
        const QFileInfo file(parser.value(caName));
        if (!file.isFile()) return Words::tr("There is no file “%1”.").arg(parser.value(caName));
        result->account.caFile = file.absoluteFilePath();
    }
    return {};
}

QString read(const QCommandLineParser &parser, CommandLine *result)
{
    if (parser.isSet(profileName) && result->profile.isEmpty()) return Words::tr("--profile needs a folder.");
    if (result->task == CommandLine::Task::AddAccount) return readAccount(parser, result);
    for (const QString &option : {serverName, tlsName, caName})
        if (parser.isSet(option)) return Words::tr("--%1 belongs to --add-account.").arg(option);
    if (result->task == CommandLine::Task::Export) {
        const std::optional<Jid> room = Jid::parse(parser.value(exportName));
        if (!room) return Words::tr("“%1” is not an address.").arg(parser.value(exportName));
        result->room = room->bare();
    }
    for (const QString &argument : parser.positionalArguments()) {
        if (!argument.startsWith(QLatin1String("xmpp:"), Qt::CaseInsensitive))
            return Words::tr("“%1” is not an xmpp: link.").arg(argument);
        result->links.append(argument);
    }
    return {};
}

} // namespace

CommandLine parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
    CommandLine result;
    if (!parser.parse(arguments)) {
        result.problem = parser.errorText();
        return result;
    }
    using Task = CommandLine::Task;
    const std::array<std::pair<QString, Task>, 4> tasks{{{helpName, Task::Help},
                                                         {versionName, Task::Version},
                                                         {addName, Task::AddAccount},
                                                         {exportName, Task::Export}}};
    for (const auto &[option, task] : tasks) {
        if (parser.isSet(option) && result.task == Task::Window) result.task = task;
    }
    if (parser.isSet(addName) && parser.isSet(exportName)) {
        result.problem = Words::tr("--add-account and --export do not go together.");
        return result;
    }
    result.profile = parser.value(profileName);
    result.passwordFromStdin = parser.isSet(passwordName);
    result.problem = read(parser, &result);
    return result;
}

QString helpText()
{
    QCommandLineParser parser;
    declare(parser);
    return parser.helpText();
}

} // namespace Mingle
