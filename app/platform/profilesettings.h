// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports.h"

#include <QSettings>

namespace Mingle {

/// Preferences in an INI file of the profile. One thread only.
class ProfileSettings final : public Settings
{
public:
    explicit ProfileSettings(const QString &file);

    QVariant value(const QString &key, const QVariant &fallback = {}) const override;
    void setValue(const QString &key, const QVariant &value) override;

private:
    QSettings m_file;
};

} // namespace Mingle
