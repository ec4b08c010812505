// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/search.h"

#include <QStyledItemDelegate>

#include <functional>

namespace Mingle {

class SearchModel;

/// Draws what was found: who, where, when, and two lines around the words, which are marked. All rows are of one height,
/// so that a long list needs no measuring.
class SearchDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// chatOf: what is known of a chat.
    SearchDelegate(const SearchModel &model, std::function<Chat(const ChatId &)> chatOf, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// As a screen reader says it.
    QString spoken(const SearchHit &hit) const;

private:
    Author author(const SearchHit &hit) const;
    QString place(const SearchHit &hit) const; ///< empty: that is clear already

    const SearchModel &m_model;
    std::function<Chat(const ChatId &)> m_chatOf;
};

} // namespace Mingle
