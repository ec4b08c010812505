// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace Mingle {

void installTranslations(QCoreApplication &application)
{
    const QLocale locale;
    auto *qt = new QTranslator(&application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto *own = new QTranslator(&application);
    // Beside the program first, so that an unpacked or moved installation works too.
    const QString beside =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../share/mingle/translations");
    const QStringList places{beside, QStringLiteral(MINGLE_INSTALLED_TRANSLATIONS),
                             QStringLiteral(MINGLE_BUILT_TRANSLATIONS)};
    for (const QString &place : places) {
        if (!own->load(locale, QStringLiteral("mingle"), QStringLiteral("_"), place)) continue;
        QCoreApplication::installTranslator(own);
        return;
    }
    // The words in the source are English, but for their plural forms.
    for (const QString &place : places) {
        if (!own->load(QStringLiteral("mingle_en"), place)) continue;
        QCoreApplication::installTranslator(own);
        return;
    }
}

} // namespace Mingle
