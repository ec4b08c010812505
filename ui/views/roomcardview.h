// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/room.h"
#include "models/roomdirectorymodel.h"

#include <QScrollArea>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace Mingle {

class AvatarLabel;

/// What a room tells of itself before one enters. All of it is plain text that can be read and copied.
class RoomCardView final : public QScrollArea
{
    Q_OBJECT
public:
    explicit RoomCardView(QWidget *parent = nullptr);

    void setCard(const RoomCard &card, RoomDirectoryModel::Told told, const Error &refusal, bool joined);
    /// No room is chosen.
    void setHint(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    QSize sizeHint() const override;

private:
    QWidget *makeHead();
    QWidget *makeDetails();
    void setFacts(const RoomCard &card, bool joined);
    void restyle();

    AvatarLabel *m_avatar = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_address = nullptr;
    QWidget *m_head = nullptr;
    QLabel *m_description;
    QLabel *m_subject;
    QLabel *m_state; ///< not told yet, or why not
    QWidget *m_facts = nullptr;
    QVBoxLayout *m_column;
    QToolButton *m_fold = nullptr;
    QLabel *m_details = nullptr;
    QWidget *m_under = nullptr;
};

} // namespace Mingle
