// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/settingwords.h"

#include <QCoreApplication>

namespace Mingle {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::SettingWords)
};

struct Known {
    const char *field;
    SettingGroup group;
    const char *label;
};
using enum SettingGroup;

constexpr Known known[] = {
    {"muc#roomconfig_roomname", About, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Name")},
    {"Name", About, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Name")},
    {"muc#roomconfig_roomdesc", About, QT_TRANSLATE_NOOP("Mingle::SettingWords", "What it is for")},
    {"Description", About, QT_TRANSLATE_NOOP("Mingle::SettingWords", "What it is for")},
    {"muc#roomconfig_lang", About, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Language")},
    {"Contact", About, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Whom to ask about it")},
    {"muc#roominfo_contactjid", About, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Whom to ask about it")},

    {"muc#roomconfig_membersonly", Entering,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Only members may enter")},
    {"muc#roomconfig_publicroom", Entering,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Shown in the server's list of rooms")},
    {"muc#roomconfig_allowinvites", Entering,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Members may ask others in")},
    {"muc#roomconfig_allowmemberinvites", Entering,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Members may ask others in")},
    {"{http://prosody.im/protocol/muc}roomconfig_allowmemberinvites", Entering,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Members may ask others in")},
    {"Participation Addition by Invitation from Participant", Entering,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Members may ask others in")},
    {"muc#roomconfig_passwordprotectedroom", Entering,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Needs a password")},
    {"muc#roomconfig_roomsecret", Entering, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Password")},
    {"muc#roomconfig_maxusers", Entering, QT_TRANSLATE_NOOP("Mingle::SettingWords", "How many may be in it")},
    {"Owner", Entering, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Owners")},
    {"Administrator", Entering, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Who looks after it")},
    {"Mandatory Nicks", Entering, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Everybody needs a name in it")},

    {"muc#roomconfig_moderatedroom", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Newcomers may only read until they are given the word")},
    {"members_by_default", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Whoever enters may write at once")},
    {"muc#roomconfig_changesubject", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Everybody may change the topic")},
    {"muc#roomconfig_allowpm", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Who may write in private")},
    {"allow_private_messages", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "People may write to each other in private")},
    {"Private Messages", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "People may write to each other in private")},
    {"User Message Retraction", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "People may take back what they said")},
    {"Administrator Message Retraction Rights", Writing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Who may take back what others said")},

    {"muc#roomconfig_whois", Seeing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Who sees people's addresses")},
    {"JID Visibility", Seeing, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Who sees people's addresses")},
    {"public_list", Seeing, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Outsiders may see who is in it")},
    {"Messages Node Subscription", Seeing, QT_TRANSLATE_NOOP("Mingle::SettingWords", "Who may read")},
    {"Participants Node Subscription", Seeing,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Who sees the members")},

    {"muc#roomconfig_enablearchiving", Keeping,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "The server keeps what is said")},
    {"mam", Keeping, QT_TRANSLATE_NOOP("Mingle::SettingWords", "The server keeps what is said")},
    {"muc#roomconfig_persistentroom", Keeping,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Stays when everybody has left")},
    {"muc#roomconfig_historylength", Keeping,
     QT_TRANSLATE_NOOP("Mingle::SettingWords", "Messages shown to whoever enters")},
};

struct Option {
    const char *value;
    const char *text;
};
constexpr Option options[] = {
    {"anyone", QT_TRANSLATE_NOOP("Mingle::SettingWords", "everybody")},
    {"participants", QT_TRANSLATE_NOOP("Mingle::SettingWords", "whoever is in the room")},
    {"allowed", QT_TRANSLATE_NOOP("Mingle::SettingWords", "whoever may enter")},
    {"moderators", QT_TRANSLATE_NOOP("Mingle::SettingWords", "those who look after the room")},
    {"admins", QT_TRANSLATE_NOOP("Mingle::SettingWords", "those who look after the room")},
    {"owners", QT_TRANSLATE_NOOP("Mingle::SettingWords", "owners")},
    {"nobody", QT_TRANSLATE_NOOP("Mingle::SettingWords", "nobody")},
    {"none", QT_TRANSLATE_NOOP("Mingle::SettingWords", "nobody")},
    {"jid-hidden", QT_TRANSLATE_NOOP("Mingle::SettingWords", "those who look after the room")},
    {"jid-optionally-visible", QT_TRANSLATE_NOOP("Mingle::SettingWords", "each decides for themselves")},
    {"jid-mandatory-visible", QT_TRANSLATE_NOOP("Mingle::SettingWords", "whoever is in the room")},
};
} // namespace

SettingWords settingWords(const QString &field)
{
    for (const Known &setting : known)
        if (field == QLatin1StringView(setting.field)) return {setting.group, Words::tr(setting.label)};
    return {};
}

QString settingGroupText(SettingGroup group)
{
    switch (group) {
    case About:
        return Words::tr("About the room");
    case Entering:
        return Words::tr("Who may enter");
    case Writing:
        return Words::tr("Who may write");
    case Seeing:
        return Words::tr("Who sees what");
    case Keeping:
        return Words::tr("What is kept");
    case More:
        return Words::tr("More");
    }
    return {};
}

QString settingOptionText(const QString &field, const QString &value)
{
    if (settingWords(field).label.isEmpty()) return {};
    for (const Option &option : options)
        if (value == QLatin1StringView(option.value)) return Words::tr(option.text);
    return {};
}

} // namespace Mingle
