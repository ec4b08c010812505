// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace Mingle {

/// A line for a password, which can be looked at while typing. Input methods learn nothing from it.
class PasswordField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit PasswordField(QWidget *parent = nullptr);
};

} // namespace Mingle
