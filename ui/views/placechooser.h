// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/roomsearch.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace Mingle {

class Settings;

/// Where to look for rooms: my server, others that were typed by hand and answered once, and services that search many
/// servers. Nobody is asked whom the person has not chosen.
class PlaceChooser final : public QWidget
{
    Q_OBJECT
public:
    struct Place {
        RoomQuery::Kind kind = RoomQuery::Kind::List;
        Jid address;
        friend bool operator==(const Place &, const Place &) = default;
    };

    /// settings must outlive it.
    explicit PlaceChooser(Settings &settings, QWidget *parent = nullptr);

    /// Whose server is "my server". Chooses it.
    void setAccount(const Jid &account);
    /// Search services that my server has.
    void setDiscovered(const QList<Jid> &search);
    Place place() const;
    /// The place has answered: it is there the next time, too.
    void remember(const Place &place);

Q_SIGNALS:
    void chosen();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill(const Place &current);
    void activated(int index);
    void askFor(RoomQuery::Kind kind);
    void takeTyped();
    void leaveTyping();
    QList<Place> remembered() const;

    Settings &m_settings;
    Jid m_server;
    QList<Jid> m_discovered;
    QList<Place> m_typed; ///< in this window, answered or not
    Place m_place;
    RoomQuery::Kind m_asking = RoomQuery::Kind::List;
    QComboBox *m_box;
    QWidget *m_line;
    QLineEdit *m_text;
    QLabel *m_complaint;
};

} // namespace Mingle
