// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faults/realprofile.h"

#include "xmpp/connectionfactory.h"

namespace Mingle {

RealProfile::RealProfile(StreamOptions options)
    : m_options(std::move(options))
{
    start();
}

void RealProfile::start()
{
    database = std::make_unique<Database>(databasePath());
    if (const auto opened = database->open().result(); !opened)
        qFatal("no database: %s", qPrintable(opened.error().text));
    history = std::make_unique<HistoryReader>(*database);
    accounts = std::make_unique<Accounts>(
        AccountsDependencies{*database, m_secrets, m_clock, qxmppConnections(m_options)});
}

void RealProfile::stop()
{
    accounts.reset();
    history.reset();
    database.reset();
}

} // namespace Mingle
