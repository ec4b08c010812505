// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run.h"

#include "platform/desktopnotifier.h"
#include "platform/keychain.h"
#include "platform/networkmonitor.h"
#include "platform/profilefolder.h"
#include "platform/profilesettings.h"
#include "platform/singleinstance.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "shell/appearance.h"
#include "shell/calmstyle.h"
#include "shell/commandline.h"
#include "shell/headless.h"
#include "shell/program.h"
#include "shell/translations.h"
#include "shell/window.h"
#include "xmpp/connectionfactory.h"

#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <sys/stat.h>

namespace Mingle {

namespace {

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("mingle"));
    QCoreApplication::setApplicationVersion(QStringLiteral(MINGLE_VERSION));
    QCoreApplication::setOrganizationDomain(QStringLiteral("mingle_im.github.io"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Mingle"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.mingle_im.Mingle"));
}

/// Qt has options of its own (-platform, -style ...), known only once there is a QApplication.
bool hasQtOption(const QStringList &arguments)
{
    return std::ranges::any_of(arguments, [](const QString &argument) {
        return argument.size() > 2 && argument.startsWith(u'-') && argument.at(1) != u'-';
    });
}

int exitCode(ExitStatus status)
{
    return int(status);
}

/// Runs that end by themselves; nothing if a window is wanted.
std::optional<ExitStatus> runWithoutWindow(const CommandLine &line)
{
    if (!line.problem.isEmpty()) {
        complain(line.problem);
        return ExitStatus::Usage;
    }
    switch (line.task) {
    case CommandLine::Task::Version:
        std::printf("mingle %s\n", MINGLE_VERSION);
        return ExitStatus::Done;
    case CommandLine::Task::Help:
        std::fputs(qPrintable(helpText()), stdout);
        return ExitStatus::Done;
    default:
        return {};
    }
}

int runWindow(QApplication &application, const CommandLine &line, const ProfileFolder &profile)
{
    SingleInstance instance(profile.lock(), profile.socket());
    if (!instance.claim()) {
        const Outcome told = instance.forward(line.links, qgetenv("XDG_ACTIVATION_TOKEN"));
        if (told) return exitCode(ExitStatus::Done);
        complain(QCoreApplication::translate("Mingle::Run",
                                             "Another Mingle has this profile open, but does not answer."));
        return exitCode(ExitStatus::Running);
    }
    ProfileSettings settings(profile.settings());
    Appearance appearance;
    appearance.choose(Appearance::choiceOf(settings.value(QStringLiteral("appearance")).toString()));
    Keychain keychain(profile.keychainService());
    SystemClock clock;
    DesktopNotifier notifier;
    Program program({profile.database(), keychain, clock, settings, notifier, qxmppConnections()});
    QObject::connect(&program, &Program::appearanceChosen, &appearance,
                     [&appearance](const QString &name) { appearance.choose(Appearance::choiceOf(name)); });
    QObject::connect(&instance, &SingleInstance::requested, &program,
                     [&program](const QStringList &links, const QByteArray &token) {
                         if (!token.isEmpty()) qputenv("XDG_ACTIVATION_TOKEN", token);
                         program.show(links);
                     });
    // Not before the window is there: it asks the system bus.
    std::unique_ptr<NetworkMonitor> network;
    QObject::connect(
        &program, &Program::shown, &program,
        [&program, &network] {
            network = std::make_unique<NetworkMonitor>();
            QObject::connect(network.get(), &NetworkMonitor::changed, &program,
                             [&program] { program.accounts().networkChanged(); });
        },
        Qt::SingleShotConnection);
    program.start(line.passwordFromStdin ? passwordFromStdin() : QByteArray(), line.links);
    return application.exec();
}

} // namespace

int run(int argc, char **argv)
{
    umask(0077); // whatever is written is nobody else's business
    nameApplication();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const CommandLine early = parseCommandLine(arguments);
    using Task = CommandLine::Task;
    // Without a window there may be no display at all: then QApplication cannot even be made.
    if ((!early.problem.isEmpty() && !hasQtOption(arguments)) || early.task != Task::Window) {
        QCoreApplication application(argc, argv);
        installTranslations(application);
        const CommandLine line = parseCommandLine(arguments); // again: now in the person's language
        if (const auto status = runWithoutWindow(line)) return exitCode(*status);
        const Result<ProfileFolder> profile = ProfileFolder::open(line.profile);
        if (!profile) {
            complain(profile.error().condition + QStringLiteral(": ") + profile.error().text);
            return exitCode(ExitStatus::Profile);
        }
        return exitCode(line.task == Task::Export ? runExport(line, *profile)
                                                  : runAddAccount(line, *profile));
    }
    QApplication::setStyle(new CalmStyle);
    QApplication application(argc, argv);
    installTranslations(application);
    // Qt has taken its own options (-platform ...) out.
    const CommandLine line = parseCommandLine(QCoreApplication::arguments());
    if (!line.problem.isEmpty()) {
        complain(line.problem);
        return exitCode(ExitStatus::Usage);
    }
    const Result<ProfileFolder> profile = ProfileFolder::open(line.profile);
    if (!profile) {
        complain(profile.error().condition + QStringLiteral(": ") + profile.error().text);
        return exitCode(ExitStatus::Profile);
    }
    return runWindow(application, line, *profile);
}

} // namespace Mingle
