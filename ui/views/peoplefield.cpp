// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/peoplefield.h"

#include "models/roomlistmodel.h"

#include <QCompleter>
#include <QRegularExpression>
#include <QStringListModel>

namespace Mingle {

namespace {
const QRegularExpression &separators()
{
    static const QRegularExpression between(QStringLiteral("[,;\\s]+"));
    return between;
}

std::optional<Jid> person(const QString &word)
{
    const auto address = Jid::parse(word);
    if (!address || address->local().isEmpty()) return {};
    return address->bare();
}
} // namespace

PeopleField::PeopleField(QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("ada@example.org, grace@example.org"));
}

void PeopleField::setKnown(const QStringList &addresses)
{
    auto *completer = new QCompleter(new QStringListModel(addresses, this), this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setWidget(this); // not setCompleter(): that would take the whole line for one word
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &PeopleField::complete);
    connect(this, &QLineEdit::textEdited, completer, [this, completer](const QString &text) {
        const QString last = text.section(separators(), -1);
        completer->setCompletionPrefix(last);
        if (last.isEmpty() || completer->completionCount() == 0)
            completer->popup()->hide();
        else
            completer->complete();
    });
}

void PeopleField::complete(const QString &address)
{
    const QString typed = text();
    const QString last = typed.section(separators(), -1);
    setText(typed.chopped(last.size()) + address + QStringLiteral(", "));
}

QStringList PeopleField::words() const
{
    return text().split(separators(), Qt::SkipEmptyParts);
}

std::optional<QList<Jid>> PeopleField::people() const
{
    QList<Jid> all;
    for (const QString &word : words()) {
        const auto address = person(word);
        if (!address) return {};
        if (!all.contains(*address)) all.append(*address);
    }
    return all;
}

QString PeopleField::wrong() const
{
    for (const QString &word : words())
        if (!person(word)) return word;
    return {};
}

QStringList knownAddresses(const RoomListModel &rooms)
{
    QStringList all;
    for (const Chat &chat : rooms.chats())
        if (!chat.isRoom() && !chat.id.address.local().isEmpty()) all.append(chat.id.address.toString());
    all.removeDuplicates();
    all.sort();
    return all;
}

} // namespace Mingle
