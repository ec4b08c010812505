// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QLineEdit>

#include <optional>

namespace Mingle {

class RoomListModel;

/// A line for the addresses of people, one or several with commas between. Completes those of people in the list.
class PeopleField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit PeopleField(QWidget *parent = nullptr);

    /// Who may be completed, as addresses.
    void setKnown(const QStringList &addresses);
    /// Each once. Nothing if one of them is not a person's address: see wrong().
    std::optional<QList<Jid>> people() const;
    /// The first that is not an address.
    QString wrong() const;

private:
    QStringList words() const;
    void complete(const QString &address);
};

/// The addresses of the people in the list.
QStringList knownAddresses(const RoomListModel &rooms);

} // namespace Mingle
