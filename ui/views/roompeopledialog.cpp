// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roompeopledialog.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace Mingle {

namespace {
QString titleOf(AccessList list)
{
    return list == AccessList::Banned ? RoomPeopleDialog::tr("People kept out")
                                      : RoomPeopleDialog::tr("Who may enter");
}
} // namespace

RoomPeopleDialog::RoomPeopleDialog(AccessList list, const RoomCommands &commands, const Chat &chat,
                                   QWidget *parent)
    : GrowingDialog(parent)
    , m_which(list)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_error(new ErrorView(this))
    , m_empty(plainLabel({}, this))
    , m_list(new QListWidget(this))
{
    setWindowTitle(titleOf(list));
    QLabel *headline = plainLabel(
        tr("%1: “%2”", "list of people: room").arg(titleOf(list), singleLine(chat.title(), 60)), this);
    headline->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    m_list->setAccessibleName(titleOf(list));
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->addWidget(headline);
    column->addWidget(m_error);
    column->addWidget(m_empty);
    column->addWidget(m_list, 1);
    column->addWidget(makeAdding());
    auto *buttons = closeBox(this);
    m_remove = buttons->addButton(list == AccessList::Banned ? tr("Let back in") : tr("Take off the list"),
                                  QDialogButtonBox::ActionRole);
    for (QAbstractButton *button : buttons->buttons())
        qobject_cast<QPushButton *>(button)->setAutoDefault(false);
    connect(m_remove, &QPushButton::clicked, this, &RoomPeopleDialog::takeOff);
    connect(m_list, &QListWidget::currentRowChanged, this, &RoomPeopleDialog::updateButtons);
    column->addWidget(buttons);
    resize(space(font(), 110), space(font(), 100));
    load();
}

QWidget *RoomPeopleDialog::makeAdding()
{
    auto *adding = new QWidget(this);
    auto *row = new QHBoxLayout(adding);
    row->setContentsMargins(0, 0, 0, 0);
    m_address = new QLineEdit(adding);
    m_address->setPlaceholderText(tr("name@example.org, or a whole server: example.org"));
    m_address->setAccessibleName(tr("Address to add"));
    m_add = new QPushButton(m_which == AccessList::Banned ? tr("Keep out") : tr("Let in"), adding);
    m_add->setAutoDefault(false);
    connect(m_add, &QPushButton::clicked, this, &RoomPeopleDialog::add);
    connect(m_address, &QLineEdit::returnPressed, this, &RoomPeopleDialog::add);
    row->addWidget(m_address, 1);
    row->addWidget(m_add);
    return adding;
}

void RoomPeopleDialog::updateButtons()
{
    m_add->setEnabled(!m_busy);
    m_remove->setEnabled(!m_busy && m_list->currentItem());
}

void RoomPeopleDialog::load()
{
    m_busy = true;
    m_empty->setText(tr("Asking the room…"));
    m_empty->setVisible(m_list->count() == 0);
    updateButtons();
    whenDone(m_commands.list(m_chat, m_which), this, [this](const Result<QList<ListedPerson>> &people) {
        m_busy = false;
        if (m_stale) return refresh();
        m_empty->setVisible(false);
        if (people)
            show(*people);
        else
            m_error->setError(people.error(), Attempt::Alter);
        updateButtons();
    });
}

void RoomPeopleDialog::refresh()
{
    // What is on its way may have been read before the change that was just heard of.
    m_stale = m_busy;
    if (!m_busy) load();
}

void RoomPeopleDialog::show(const QList<ListedPerson> &people)
{
    const QListWidgetItem *current = m_list->currentItem();
    const Jid chosen = current ? current->data(Qt::UserRole).value<Jid>() : Jid();
    m_list->clear();
    for (const ListedPerson &person : people) {
        const QString address = person.address.toString();
        const QString reason = singleLine(person.reason, 200);
        auto *item = new QListWidgetItem(
            reason.isEmpty() ? address : tr("%1 – %2", "address – reason").arg(address, reason), m_list);
        item->setData(Qt::UserRole, QVariant::fromValue(person.address));
        if (person.address == chosen) m_list->setCurrentItem(item);
    }
    m_empty->setText(m_which == AccessList::Banned ? tr("Nobody is kept out.")
                                                   : tr("Nobody is on the list."));
    m_empty->setVisible(people.isEmpty());
}

void RoomPeopleDialog::add()
{
    m_error->clear();
    const auto address = Jid::parse(m_address->text().trimmed());
    if (!address)
        return m_error->setText(
            {tr("This is not an address"), {}, tr("One looks like name@example.org."), {}});
    m_busy = true;
    updateButtons();
    ListedPerson person;
    person.address = address->bare();
    whenDone(m_commands.putOnList(m_chat, m_which, person), this, [this](const Outcome &outcome) {
        if (outcome) m_address->clear();
        after(outcome);
    });
}

void RoomPeopleDialog::takeOff()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || m_busy) return;
    m_error->clear();
    m_busy = true;
    updateButtons();
    whenDone(m_commands.takeOffList(m_chat, m_which, item->data(Qt::UserRole).value<Jid>()), this,
             [this](const Outcome &outcome) { after(outcome); });
}

void RoomPeopleDialog::after(const Outcome &outcome)
{
    m_busy = false;
    if (outcome) return load();
    m_error->setError(outcome.error(), Attempt::Alter);
    updateButtons();
}

} // namespace Mingle
