// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/composeredit.h"

#include "models/displaytext.h"
#include "widgets/theme.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>

#include <cmath>

namespace Mingle {

namespace {

constexpr int mostLines = 8;

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setBackgroundVisible(false);
    viewport()->setAutoFillBackground(false);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ComposerEdit::fit);
    fit();
}

void ComposerEdit::replaceText(const QString &text)
{
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    prepareFor(text);
    cursor.insertText(text);
    moveCursor(QTextCursor::End);
}

void ComposerEdit::loadText(const QString &text)
{
    prepareFor(text);
    setPlainText(text);
    moveCursor(QTextCursor::End);
}

void ComposerEdit::prepareFor(const QString &text)
{
    if (hasEndlessWord(text)) {
        setWordWrapMode(QTextOption::WrapAnywhere);
    }
}

int ComposerEdit::heightFor(int lines) const
{
    return int(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + 2 * document()->documentMargin()));
}

void ComposerEdit::fit()
{
    // A plain text layout counts its height in lines.
    const int lines = std::max(1, int(document()->documentLayout()->documentSize().height()));
    const int height = heightFor(std::min(lines, mostLines));
    if (document()->isEmpty() && wordWrapMode() != QTextOption::WrapAtWordBoundaryOrAnywhere) {
        setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    }
    setVerticalScrollBarPolicy(lines > mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (lines <= mostLines) {
        verticalScrollBar()->setValue(0); // a new line scrolls before there is room for it
    }
    if (height != m_height) {
        m_height = height;
        updateGeometry();
    }
}

QSize ComposerEdit::sizeHint() const
{
    return {space(font(), 60), m_height};
}

QSize ComposerEdit::minimumSizeHint() const
{
    return {space(font(), 20), m_height};
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    event->accept();
    if (m_composing) {
        return;
    }
    if (event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier)) {
        insertPlainText(QStringLiteral("\n"));
        ensureCursorVisible();
    } else if (!event->isAutoRepeat()) {
        Q_EMIT submitted();
    }
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_composing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText();
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    QString text = source->text();
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    text.replace(u'\r', u'\n');
    text.remove(QChar(u'\0'));
    prepareFor(text);
    insertPlainText(text);
    ensureCursorVisible();
}

void ComposerEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void ComposerEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    m_composing = false;
    Q_EMIT focusChanged(false);
}

void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

void ComposerEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
    }
}

} // namespace Mingle
