// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>

namespace Mingle {

/// Light, dark, or as the desktop has it. Where the desktop brings colours of its own (KDE, high contrast), those are
/// left alone; else Mingle's light or dark palette follows the desktop's wish, also while it runs.
class Appearance final : public QObject
{
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };

    explicit Appearance(QObject *parent = nullptr);
    void choose(Choice choice);
    /// "system", "light", "dark"; anything else is System.
    static Choice choiceOf(const QString &name);
    static QPalette lightPalette();
    static QPalette darkPalette();

private:
    void apply();

    Choice m_choice = Choice::System;
    bool m_desktopHasColours;
};

} // namespace Mingle
