// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QAbstractListModel>

namespace Mingle {

/// The chats that fit what was typed, best first: what begins with it, then words that begin with it, then the rest;
/// among equals what was last active. Without text: by last activity.
class JumpModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit JumpModel(QList<Chat> chats, QObject *parent = nullptr);

    void setText(const QString &text);
    const Chat &chatAt(int row) const { return m_found.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Chat> m_chats;
    QList<Chat> m_found;
};

} // namespace Mingle
