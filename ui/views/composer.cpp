// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/composer.h"

#include "models/composermodel.h"
#include "views/errortext.h"
#include "widgets/avatar.h"
#include "widgets/composeredit.h"
#include "widgets/sendbutton.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace Mingle {

namespace {

/// Without empty lines and spaces at the end; those in front may be meant.
QString trimmedBody(const QString &text)
{
    qsizetype end = text.size();
    while (end > 0 && text.at(end - 1).isSpace()) {
        --end;
    }
    const QString body = text.first(end);
    return body.trimmed().isEmpty() ? QString() : body;
}

} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent)
    , m_notice(new QLabel(this))
    , m_field(new QWidget(this))
    , m_edit(new ComposerEdit(m_field))
    , m_send(new SendButton(m_field))
{
    setObjectName(QStringLiteral("composer"));
    m_notice->setTextFormat(Qt::PlainText); // it may hold words of a server
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_edit->setObjectName(QStringLiteral("composerEdit"));
    m_send->setObjectName(QStringLiteral("sendButton"));
    setFocusProxy(m_edit);
    buildLayout();
    setChatName({});
    textChanged();
    restyle();
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::textChanged);
    connect(m_edit, &ComposerEdit::submitted, this, &Composer::submit);
    connect(m_edit, &ComposerEdit::focusChanged, this, qOverload<>(&QWidget::update));
    connect(m_send, &QAbstractButton::clicked, this, &Composer::submit);
}

void Composer::buildLayout()
{
    const int unit = space(font());
    auto *row = new QHBoxLayout(m_field);
    row->setContentsMargins(2 * unit, unit, unit, unit);
    row->setSpacing(unit);
    row->addWidget(m_edit, 1, Qt::AlignVCenter);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * unit, 2 * unit, 3 * unit, 3 * unit);
    column->setSpacing(2 * unit);
    column->addWidget(m_notice);
    column->addWidget(m_field);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Composer::setModel(ComposerModel *model)
{
    if (m_model) {
        m_model->disconnect(this);
    }
    m_model = model;
    if (model) {
        connect(model, &ComposerModel::draftLoaded, this, &Composer::loadDraft);
        connect(model, &ComposerModel::failed, this, &Composer::giveBack);
    }
}

void Composer::setChatName(const QString &name)
{
    m_name = singleLine(name, 60);
    if (m_name.size() < singleLine(name, 61).size()) m_name += QChar(0x2026);
    const QString hint = m_name.isEmpty() ? tr("Message") : tr("Message to %1").arg(m_name);
    m_edit->setPlaceholderText(hint);
    m_edit->setAccessibleName(hint);
}

void Composer::setSendingPossible(bool possible, const QString &reason)
{
    const QString why = possible ? QString() : reason;
    if (possible == m_possible && why == m_reason) {
        return; // and what else the line may say stays
    }
    m_possible = possible;
    m_reason = why;
    m_edit->setEnabled(possible);
    showNotice(m_reason);
    textChanged();
    update();
}

QString Composer::text() const
{
    return m_edit->toPlainText();
}

QString Composer::notice() const
{
    return m_notice->isHidden() ? QString() : m_notice->text();
}

void Composer::insertText(const QString &text)
{
    if (m_possible) {
        m_edit->insertPlainText(text);
        m_edit->setFocus(Qt::OtherFocusReason);
    }
}

void Composer::showNotice(const QString &text)
{
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

void Composer::textChanged()
{
    const QString now = text();
    m_send->setEnabled(m_possible && !trimmedBody(now).isEmpty());
    if (m_model && !m_loading) {
        m_model->setDraft(now);
    }
}

void Composer::submit()
{
    const QString body = trimmedBody(text());
    if (body.isEmpty() || !m_possible || !m_model) {
        return;
    }
    showNotice({});
    m_edit->replaceText({}); // before sending, for a failure may give the text back at once
    m_model->send(body);
    m_model->flush(); // behind the message, so that no crash in between loses both
    Q_EMIT submitted(body);
}

void Composer::loadDraft(const QString &text)
{
    m_loading = true;
    m_edit->loadText(text);
    m_loading = false;
    showNotice(m_reason);
    textChanged();
}

void Composer::giveBack(const ChatId &chat, const QString &body, const Error &error)
{
    if (!m_model || chat != m_model->chat()) {
        return; // the model keeps it as that chat's draft
    }
    const QString since = text();
    m_edit->replaceText(since.isEmpty() ? body : body % u'\n' % since);
    const QString why = errorText(error, Attempt::Send).plain();
    showNotice(why.isEmpty() ? tr("The message could not be stored. It is still here.")
                             : tr("The message could not be stored and is still here. %1").arg(why));
}

void Composer::restyle()
{
    const Theme theme = Theme::of(this);
    QPalette palette = m_notice->palette();
    palette.setColor(QPalette::WindowText, theme.muted);
    m_notice->setPalette(palette);
    QPalette field = m_edit->palette();
    field.setColor(QPalette::PlaceholderText, theme.muted);
    field.setColor(QPalette::Base, Qt::transparent);
    m_edit->setPalette(field);
}

void Composer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        restyle();
    } else if (event->type() == QEvent::FontChange) {
        delete m_field->layout();
        delete layout();
        buildLayout();
    }
}

void Composer::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF field = QRectF(m_field->geometry()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool focused = m_edit->hasFocus();
    painter.setPen(QPen(focused ? theme.accent : theme.outline, focused ? 1.5 : 1));
    painter.setBrush(m_possible ? theme.base : theme.window);
    const qreal radius = std::min(field.height() / 2, space(font(), 5) * 1.0);
    painter.drawRoundedRect(field, radius, radius);
}

} // namespace Mingle
