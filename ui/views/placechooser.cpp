// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/placechooser.h"

#include "core/ports.h"
#include "views/errorview.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Mingle {

namespace {

const QString key = QStringLiteral("find/places");
constexpr qsizetype maxRemembered = 10;

/// What the rows that are no places do.
enum class Wish { AnotherServer = 1, AnotherSearch };
constexpr int placeRole = Qt::UserRole;
constexpr int kindRole = Qt::UserRole + 1;
constexpr int wishRole = Qt::UserRole + 2;

QString kept(const PlaceChooser::Place &place)
{
    const bool search = place.kind == RoomQuery::Kind::Search;
    return (search ? QStringLiteral("search ") : QStringLiteral("list ")) + place.address.toString();
}

} // namespace

PlaceChooser::PlaceChooser(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_box(new QComboBox(this))
    , m_line(new QWidget(this))
    , m_text(new QLineEdit(m_line))
    , m_complaint(plainLabel({}, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space(font(), 1));
    m_box->setAccessibleName(tr("Where to look"));
    m_box->setMinimumHeight(space(font(), 8));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(10);
    connect(m_box, &QComboBox::activated, this, &PlaceChooser::activated);
    auto *row = new QHBoxLayout(m_line);
    row->setContentsMargins(0, 0, 0, 0);
    m_text->setMinimumHeight(space(font(), 8));
    m_text->installEventFilter(this);
    auto *go = new QPushButton(tr("Look there"), m_line);
    go->setAutoDefault(false);
    connect(go, &QPushButton::clicked, this, &PlaceChooser::takeTyped);
    row->addWidget(m_text, 1);
    row->addWidget(go);
    column->addWidget(m_box);
    column->addWidget(m_line);
    column->addWidget(m_complaint);
    m_line->setVisible(false);
    m_complaint->setVisible(false);
}

void PlaceChooser::setAccount(const Jid &account)
{
    m_server = Jid::parse({}, account.domain()).value_or(Jid());
    m_discovered.clear();
    m_place = {RoomQuery::Kind::List, m_server};
    fill(m_place);
}

void PlaceChooser::setDiscovered(const QList<Jid> &search)
{
    m_discovered = search;
    fill(m_place);
}

PlaceChooser::Place PlaceChooser::place() const
{
    return m_place;
}

QList<PlaceChooser::Place> PlaceChooser::remembered() const
{
    QList<Place> places;
    const QStringList lines = m_settings.value(key).toStringList();
    for (const QString &line : lines) {
        const auto address = Jid::parse(line.section(u' ', 1));
        if (!address || !address->local().isEmpty() || places.size() >= maxRemembered) continue;
        places.append(
            {line.startsWith(u"search ") ? RoomQuery::Kind::Search : RoomQuery::Kind::List, *address});
    }
    return places;
}

void PlaceChooser::remember(const Place &place)
{
    const bool isOwn = place == Place{RoomQuery::Kind::List, m_server};
    const bool isOffered = place.kind == RoomQuery::Kind::Search && m_discovered.contains(place.address);
    if (isOwn || isOffered || place.address.isEmpty()) return;
    QStringList lines{kept(place)};
    for (const Place &other : remembered())
        if (other != place && lines.size() < maxRemembered) lines.append(kept(other));
    m_settings.setValue(key, lines);
}

void PlaceChooser::fill(const Place &current)
{
    m_box->clear();
    const auto add = [this](const Place &place, const QString &text) {
        for (int i = 0; i < m_box->count(); ++i)
            if (m_box->itemData(i, placeRole).value<Jid>() == place.address
                && m_box->itemData(i, kindRole).toInt() == int(place.kind))
                return;
        m_box->addItem(text, QVariant::fromValue(place.address));
        m_box->setItemData(m_box->count() - 1, int(place.kind), kindRole);
    };
    const auto name = [](const Place &place) {
        const QString address = place.address.toString();
        return place.kind == RoomQuery::Kind::Search ? tr("Search the network, by %1").arg(address) : address;
    };
    add({RoomQuery::Kind::List, m_server}, tr("My server: %1").arg(m_server.toString()));
    for (const Jid &search : std::as_const(m_discovered))
        add({RoomQuery::Kind::Search, search}, name({RoomQuery::Kind::Search, search}));
    const QList<Place> others = m_typed + remembered();
    for (const Place &place : others)
        add(place, name(place));
    m_box->insertSeparator(m_box->count());
    m_box->addItem(tr("Another server…"));
    m_box->setItemData(m_box->count() - 1, int(Wish::AnotherServer), wishRole);
    m_box->addItem(tr("Another search service…"));
    m_box->setItemData(m_box->count() - 1, int(Wish::AnotherSearch), wishRole);
    for (int i = 0; i < m_box->count(); ++i)
        if (m_box->itemData(i, placeRole).value<Jid>() == current.address
            && m_box->itemData(i, kindRole).toInt() == int(current.kind))
            m_box->setCurrentIndex(i);
}

void PlaceChooser::activated(int index)
{
    const int wish = m_box->itemData(index, wishRole).toInt();
    if (wish != 0)
        return askFor(wish == int(Wish::AnotherSearch) ? RoomQuery::Kind::Search : RoomQuery::Kind::List);
    leaveTyping();
    const Place place{RoomQuery::Kind(m_box->itemData(index, kindRole).toInt()),
                      m_box->itemData(index, placeRole).value<Jid>()};
    if (std::exchange(m_place, place) != place) Q_EMIT chosen();
}

void PlaceChooser::askFor(RoomQuery::Kind kind)
{
    m_asking = kind;
    const bool search = kind == RoomQuery::Kind::Search;
    m_text->clear();
    m_text->setPlaceholderText(search ? tr("search.example.org") : tr("example.org"));
    m_text->setAccessibleName(search ? tr("Address of the search service") : tr("Address of the server"));
    m_line->setVisible(true);
    m_complaint->setText(tr("What you search for is told to this service."));
    m_complaint->setVisible(search);
    m_text->setFocus();
}

void PlaceChooser::takeTyped()
{
    const auto address = Jid::parse(m_text->text().trimmed());
    const bool usable = address && address->local().isEmpty() && address->isBare();
    if (!usable) {
        m_complaint->setText(tr("A server's address looks like example.org."));
        m_complaint->setVisible(true);
        m_text->setFocus();
        return;
    }
    m_place = {m_asking, *address};
    if (!m_typed.contains(m_place)) m_typed.prepend(m_place);
    m_line->setVisible(false);
    m_complaint->setVisible(false);
    fill(m_place);
    Q_EMIT chosen();
}

void PlaceChooser::leaveTyping()
{
    m_line->setVisible(false);
    m_complaint->setVisible(false);
}

bool PlaceChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int pressed = static_cast<QKeyEvent *>(event)->key();
    if (pressed == Qt::Key_Return || pressed == Qt::Key_Enter) {
        takeTyped(); // not the dialog's button
        return true;
    }
    if (pressed == Qt::Key_Escape) {
        leaveTyping();
        fill(m_place);
        m_box->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Mingle
