// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Mingle {

/// Where a setting of a room is shown.
enum class SettingGroup { About, Entering, Writing, Seeing, Keeping, More };

/// What Mingle calls a setting that it knows: fields of MUC (XEP-0045 15.5.3, and those of ejabberd and prosody) and of MIX
/// (XEP-0406 2.4).
struct SettingWords {
    SettingGroup group = SettingGroup::More;
    QString label; ///< empty: the service's own
};

SettingWords settingWords(const QString &field);
QString settingGroupText(SettingGroup group);
/// Empty if Mingle has no words of its own.
QString settingOptionText(const QString &field, const QString &value);

} // namespace Mingle
