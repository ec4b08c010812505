// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/passwordfield.h"

#include "widgets/icons.h"

#include <QAction>

namespace Mingle {

PasswordField::PasswordField(QWidget *parent)
    : QLineEdit(parent)
{
    setEchoMode(Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                        | Qt::ImhNoAutoUppercase);
    setAccessibleName(tr("Password"));
    QAction *look = addAction(icon(Sign::Show), TrailingPosition);
    look->setText(tr("Show the password"));
    look->setToolTip(look->text());
    connect(look, &QAction::triggered, this, [this, look] {
        const bool shown = echoMode() == Normal;
        setEchoMode(shown ? Password : Normal);
        look->setIcon(icon(shown ? Sign::Show : Sign::Hide));
        look->setText(shown ? tr("Show the password") : tr("Hide the password"));
    });
}

} // namespace Mingle
