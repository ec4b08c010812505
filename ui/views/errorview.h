// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/errortext.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace Mingle {

/// An error inside a form: what happened, what it means, what to do; the technical text one click away. Hidden as long
/// as there is none.
class ErrorView final : public QFrame
{
    Q_OBJECT
public:
    explicit ErrorView(QWidget *parent = nullptr);

    void setError(const Error &error, Attempt attempt);
    void setText(const ErrorText &text);
    void clear();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyTheme();

    QLabel *m_happened;
    QLabel *m_advice;
    QLabel *m_technical;
    QToolButton *m_details;
};

/// A label that never takes its text for markup, wraps and can be copied from.
QLabel *plainLabel(const QString &text = {}, QWidget *parent = nullptr);

} // namespace Mingle
