// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QPainter;

namespace Mingle {

/// The drawn signs of the window: one colour each, taken from the palette when they are painted, sharp at any scale.
enum class Sign {
    Menu,
    Add,
    Back,
    Close,
    Search,
    Members,
    Info,
    Warning,
    Retry,
    Show,
    Hide,
    Down,
    Right,
    Copy,
    Leave,
    Settings,
    Lock,
    Check,
    Room,
    Person,
    Send,
    At,
    Exit,
    Keyboard,
    More,
    Return,
    Calendar,
    Save,
    Left,
    Bell,
    Muted,
    Star,
};

/// For buttons, actions and menus: follows the application's palette, also when it changes.
QIcon icon(Sign sign);
/// In a colour of the caller's choice.
void paintSign(QPainter *painter, const QRectF &rect, Sign sign, const QColor &colour);

} // namespace Mingle
