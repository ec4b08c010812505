// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/appearance.h"

#include <QApplication>
#include <QStyle>
#include <QStyleHints>

namespace Mingle {

namespace {

struct Colours {
    QRgb window;
    QRgb base;
    QRgb alternate;
    QRgb button;
    QRgb text;
    QRgb quiet; ///< disabled, placeholders
    QRgb accent;
    QRgb link;
};

QPalette paletteOf(const Colours &c)
{
    QPalette palette(QColor::fromRgb(c.button), QColor::fromRgb(c.window));
    const QColor text = QColor::fromRgb(c.text);
    const QColor quiet = QColor::fromRgb(c.quiet);
    palette.setColor(QPalette::Base, QColor::fromRgb(c.base));
    palette.setColor(QPalette::AlternateBase, QColor::fromRgb(c.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor::fromRgb(c.alternate));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText,
                            QPalette::BrightText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, quiet);
    }
    palette.setColor(QPalette::PlaceholderText, quiet);
    palette.setColor(QPalette::Highlight, QColor::fromRgb(c.accent));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Accent, QColor::fromRgb(c.accent));
    palette.setColor(QPalette::Link, QColor::fromRgb(c.link));
    palette.setColor(QPalette::LinkVisited, QColor::fromRgb(c.link));
    return palette;
}

} // namespace

Appearance::Appearance(QObject *parent)
    : QObject(parent)
{
    // A desktop that has colours of its own has given them to the application by now.
    const QPalette own = QApplication::style()->standardPalette();
    const QPalette now = QGuiApplication::palette();
    m_desktopHasColours = own.color(QPalette::Window) != now.color(QPalette::Window)
                          || own.color(QPalette::Base) != now.color(QPalette::Base);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Appearance::apply);
}

void Appearance::choose(Choice choice)
{
    m_choice = choice;
    apply();
}

Appearance::Choice Appearance::choiceOf(const QString &name)
{
    if (name == QLatin1String("light")) return Choice::Light;
    return name == QLatin1String("dark") ? Choice::Dark : Choice::System;
}

void Appearance::apply()
{
    if (m_choice == Choice::System && m_desktopHasColours) {
        QApplication::setPalette(QPalette()); // what the desktop says
        return;
    }
    const bool systemDark = QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
    const bool dark = m_choice == Choice::Dark || (m_choice == Choice::System && systemDark);
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
}

QPalette Appearance::lightPalette()
{
    return paletteOf({0xf3f4f6, 0xffffff, 0xf7f8fa, 0xf3f4f6, 0x16181d, 0x6f7681, 0x2f7fbf, 0x1f6aa8});
}

QPalette Appearance::darkPalette()
{
    return paletteOf({0x17212b, 0x0f1822, 0x1b2733, 0x22303e, 0xe9edf1, 0x8290a0, 0x2b6a9f, 0x6ab2f2});
}

} // namespace Mingle
