// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace Mingle {

/// A field for plain text that grows with what is in it, from one line to eight. Enter submits, Shift+Enter
/// makes a new line; while an input method composes, Enter is its own. Pastes plain text only.
class ComposerEdit final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    /// Replaces all as one step that can be undone.
    void replaceText(const QString &text);
    /// The same without a way back.
    void loadText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void submitted();
    void focusChanged(bool focused);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    void prepareFor(const QString &text);
    int heightFor(int lines) const;

    bool m_composing = false;
    int m_height = 0;
};

} // namespace Mingle
