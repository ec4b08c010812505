// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomcardwords.h"

#include "widgets/avatar.h"

#include <QCoreApplication>
#include <QLocale>

namespace Mingle {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::RoomCardWords)
};

using Kind = Error::Kind;

void addEntry(QList<RoomFact> &facts, const RoomCard &card)
{
    const auto has = [&card](RoomProperty property) { return card.properties.testFlag(property); };
    const auto told = [&card](RoomProperty property) { return card.told.testFlag(property); };
    if (has(RoomProperty::MembersOnly))
        facts.append({Sign::Lock, Words::tr("Only members may enter: somebody in it has to let you in.")});
    else if (has(RoomProperty::PasswordNeeded))
        facts.append({Sign::Lock, Words::tr("It asks for a password.")});
    else if (told(RoomProperty::MembersOnly))
        facts.append({Sign::Check, Words::tr("Anybody may enter.")});
    if (has(RoomProperty::MembersOnly) && has(RoomProperty::PasswordNeeded))
        facts.append({Sign::Lock, Words::tr("It asks for a password, too.")});
    // Not said for certain: ejabberd's rooms are moderated and let newcomers write all the same, unless set otherwise.
    if (has(RoomProperty::Moderated))
        facts.append({Sign::Info, Words::tr("Newcomers may have to wait until somebody lets them write.")});
}

} // namespace

QList<RoomFact> roomFacts(const RoomCard &card, bool joined)
{
    const auto has = [&card](RoomProperty property) { return card.properties.testFlag(property); };
    const auto told = [&card](RoomProperty property) { return card.told.testFlag(property); };
    QList<RoomFact> facts;
    if (joined) facts.append({Sign::Check, Words::tr("You are in this room.")});
    if (card.people >= 0) facts.append({Sign::Members, peopleText(card.people)});
    if (!card.language.isEmpty())
        facts.append({Sign::Info, Words::tr("Spoken there: %1").arg(languageText(card.language))});
    addEntry(facts, card);
    if (has(RoomProperty::AddressesVisible))
        facts.append({Sign::At, Words::tr("Everybody in it sees your address.")});
    else if (told(RoomProperty::AddressesVisible))
        facts.append({Sign::Hide, Words::tr("Only those who look after it see your address.")});
    if (isEncryptable(card.properties))
        facts.append({Sign::Lock, Words::tr("Messages in it can be encrypted for its members.")});
    else if (told(RoomProperty::MembersOnly) && !has(RoomProperty::MembersOnly))
        facts.append({Sign::Show,
                      Words::tr("Messages in it cannot be encrypted: that takes a room for members only.")});
    else if (told(RoomProperty::AddressesVisible))
        facts.append({Sign::Show,
                      Words::tr("Messages in it cannot be encrypted: its members do not know each other.")});
    if (has(RoomProperty::Archived))
        facts.append({Sign::Save, Words::tr("Earlier messages are kept for those who enter.")});
    else if (told(RoomProperty::Archived))
        facts.append({Sign::Info, Words::tr("Earlier messages are not kept.")});
    if (has(RoomProperty::Hidden))
        facts.append({Sign::Hide, Words::tr("It is hidden: only those who know its address find it.")});
    if (has(RoomProperty::Temporary))
        facts.append({Sign::Info, Words::tr("It ends when the last one leaves.")});
    return facts;
}

QString roomTitle(const RoomCard &card)
{
    const QString name = singleLine(card.name);
    return name.isEmpty() ? singleLine(card.address.local()) : name;
}

QString peopleText(int people)
{
    return people == 0 ? Words::tr("Nobody is in it now.")
                       : Words::tr("%n person(s) in it now", nullptr, people);
}

QString languageText(const QString &tag)
{
    // Qt names these two after the country that it thinks of first.
    if (tag == QLatin1String("en")) return QStringLiteral("English");
    if (tag == QLatin1String("es")) return QStringLiteral("español");
    const QLocale locale(tag);
    const bool known = locale.language() != QLocale::C && locale.language() != QLocale::AnyLanguage;
    const QString own = known ? locale.nativeLanguageName() : QString();
    return own.isEmpty() ? tag : own;
}

namespace {

QString spoken(const RoomCard &card, bool joined)
{
    QStringList parts{roomTitle(card)};
    if (joined) parts.append(Words::tr("you are in it"));
    if (card.people >= 0) parts.append(peopleText(card.people));
    const QString about = card.description.isEmpty() ? card.subject : card.description;
    if (!about.isEmpty()) parts.append(singleLine(about, 200));
    if (card.properties.testFlag(RoomProperty::MembersOnly)) parts.append(Words::tr("members only"));
    if (card.properties.testFlag(RoomProperty::PasswordNeeded)) parts.append(Words::tr("with a password"));
    parts.append(card.address.toString());
    return parts.join(QStringLiteral(", "));
}

} // namespace

RoomDirectoryModel::Words foundRoomWords()
{
    return spoken;
}

namespace {

ErrorText searchErrorText(const Error &error)
{
    if (error.condition == QLatin1String("rate-limit")) {
        const int seconds = std::clamp(error.text.toInt(), 1, 3600);
        return {Words::tr("The search service wants a pause"),
                Words::tr("It takes only so many questions at a time."),
                Words::tr("Try again in %n second(s).", nullptr, seconds),
                {}};
    }
    if (error.condition == QLatin1String("invalid-search-terms"))
        return {
            Words::tr("These words cannot be searched for"), {}, Words::tr("Try longer or other words."), {}};
    if (error.condition == QLatin1String("full-set-retrieval-rejected")
        || error.condition == QLatin1String("no-search-conditions"))
        return {Words::tr("What are you looking for?"), {}, Words::tr("Type a word or two."), {}};
    if (error.kind == Kind::Unsupported)
        return {Words::tr("There is no search here"),
                Words::tr("Something else answers at this address."),
                Words::tr("Choose another place."),
                {}};
    return {};
}

ErrorText listErrorText(const Error &error, const QString &place)
{
    if (error.condition == QLatin1String("no-rooms"))
        return {Words::tr("%1 has no rooms").arg(place),
                {},
                Words::tr("Choose another place, or type a room's address."),
                {}};
    if (error.kind == Kind::Refused)
        return {Words::tr("%1 does not show its rooms").arg(place),
                {},
                Words::tr("If you know a room's address, type it above."),
                {}};
    if (error.kind == Kind::Unsupported)
        return {Words::tr("%1 does not say what it has").arg(place),
                {},
                Words::tr("If you know a room's address, type it above."),
                {}};
    return {};
}

} // namespace

ErrorText findErrorText(const Error &error, const RoomQuery &query)
{
    const QString place = singleLine(query.place.toString());
    ErrorText special =
        query.kind == RoomQuery::Kind::Search ? searchErrorText(error) : listErrorText(error, place);
    if (special.happened.isEmpty()) {
        if (error.kind == Kind::ConnectionLost || error.condition == QLatin1String("account"))
            special = {Words::tr("You are not connected"),
                       {},
                       Words::tr("Try again when you are. What you joined is in the list of rooms."),
                       {}};
        else if (error.kind == Kind::NotFound)
            special = {Words::tr("%1 was not found").arg(place),
                       Words::tr("There is no chat server under this name, or it is switched off."),
                       Words::tr("Check how it is written."),
                       {}};
        else if (error.kind == Kind::Timeout)
            special = {
                Words::tr("%1 does not answer").arg(place), {}, Words::tr("Try again in a moment."), {}};
        else
            return errorText(error, Attempt::Connect);
    }
    special.technical = errorText(error, Attempt::Connect).technical;
    return special;
}

} // namespace Mingle
