// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/error.h"

#include <QAbstractButton>
#include <QPointer>
#include <QWidget>

class QLabel;

namespace Mingle {

class ComposerEdit;
class ComposerModel;

/// Where a message is written: a growing field and a button that sends. Drafts and sending are the model's;
/// what could not be handed over comes back into the field with the reason above it.
class Composer final : public QWidget
{
    Q_OBJECT
public:
    explicit Composer(QWidget *parent = nullptr);

    /// model must outlive this or be destroyed with it.
    void setModel(ComposerModel *model);
    /// What the chat is called, for the placeholder; untrusted.
    void setChatName(const QString &name);
    /// Whether one may write here now; reason: a sentence that is shown if not. What is in the field stays.
    void setSendingPossible(bool possible, const QString &reason = {});
    bool isSendingPossible() const { return m_possible; }

    QString text() const;
    void insertText(const QString &text); ///< at the cursor, for example what was typed elsewhere
    ComposerEdit *edit() const { return m_edit; }
    QAbstractButton *sendButton() const { return m_send; }
    QString notice() const; ///< the line above the field; empty: none

public Q_SLOTS:
    void submit();

Q_SIGNALS:
    /// Handed to the model, which sends it: there is nothing to do but, say, to scroll down.
    void submitted(const QString &body);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void loadDraft(const QString &text);
    void giveBack(const ChatId &chat, const QString &body, const Error &error);
    void showNotice(const QString &text);
    void textChanged();
    void restyle();

    QPointer<ComposerModel> m_model;
    QLabel *m_notice;
    QWidget *m_field;
    ComposerEdit *m_edit;
    QAbstractButton *m_send;
    QString m_name;
    QString m_reason;
    bool m_possible = true;
    bool m_loading = false;
};

} // namespace Mingle
