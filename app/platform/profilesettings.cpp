// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/profilesettings.h"

namespace Mingle {

ProfileSettings::ProfileSettings(const QString &file)
    : m_file(file, QSettings::IniFormat)
{}

QVariant ProfileSettings::value(const QString &key, const QVariant &fallback) const
{
    return m_file.value(key, fallback);
}

void ProfileSettings::setValue(const QString &key, const QVariant &value)
{
    if (m_file.value(key) != value) m_file.setValue(key, value);
}

} // namespace Mingle
