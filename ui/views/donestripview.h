// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;
class QToolButton;

namespace Mingle {

class ErrorView;

/// Says for a while what was done, and takes it back at a press. Shows itself when there is something to say.
class DoneStripView final : public QWidget
{
    Q_OBJECT
public:
    using Undo = std::function<QFuture<Outcome>()>;

    explicit DoneStripView(QWidget *parent = nullptr);

    /// undo empty: it cannot be taken back.
    void say(const QString &text, const Undo &undo);
    void wait(const QString &text);
    void fail(const Error &error);
    QPushButton *undoButton() const { return m_undo; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void takeBack();
    void show(const QString &text);

    QLabel *m_text;
    ErrorView *m_error;
    QPushButton *m_undo;
    QToolButton *m_close;
    QTimer *m_end;
    Undo m_call;
};

} // namespace Mingle
