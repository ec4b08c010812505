// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/keptroster.h"

#include <QDataStream>
#include <QIODevice>

namespace Mingle {

namespace {
constexpr quint32 format = 2;
constexpr auto streamVersion = QDataStream::Qt_6_8;

enum Flag : quint8 { SubscribedTo = 1, Asked = 2, MixChannel = 4, SeesMe = 8 };
} // namespace

QByteArray KeptRoster::pack() const
{
    QByteArray packed;
    QDataStream stream(&packed, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    stream << format << version << qint32(contacts.size());
    for (const Contact &contact : contacts) {
        const int flags = (contact.subscribedTo ? SubscribedTo : 0) | (contact.asked ? Asked : 0)
                          | (contact.isMixChannel ? MixChannel : 0) | (contact.seesMe ? SeesMe : 0);
        stream << contact.address.toString() << contact.name << quint8(flags) << contact.mixParticipantId
               << contact.groups;
    }
    return packed;
}

KeptRoster KeptRoster::unpack(const QByteArray &packed)
{
    QDataStream stream(packed);
    stream.setVersion(streamVersion);
    KeptRoster roster;
    quint32 written = 0;
    qint32 count = 0;
    stream >> written;
    if (written != format) return {};
    stream >> roster.version >> count;
    for (qint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        Contact contact;
        QString address;
        quint8 flags = 0;
        stream >> address >> contact.name >> flags >> contact.mixParticipantId >> contact.groups;
        contact.address = Jid::trusted(address);
        contact.subscribedTo = flags & SubscribedTo;
        contact.asked = flags & Asked;
        contact.isMixChannel = flags & MixChannel;
        contact.seesMe = flags & SeesMe;
        roster.contacts.insert(contact.address, contact);
    }
    // With one contact less than the version says the server would never send that one again.
    return stream.status() == QDataStream::Ok && roster.contacts.size() == count ? roster : KeptRoster();
}

} // namespace Mingle
