// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixsupport.h"

#include "xmpp/discoclient.h"
#include "xmpp/discoinfo.h"
#include "xmpp/namespaces.h"

#include <QSet>

namespace Mingle {

namespace {
QFuture<bool> ready(bool value)
{
    return QtFuture::makeReadyValueFuture(value);
}
} // namespace

MixSupport::MixSupport(Wire &wire, DiscoClient &disco, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_disco(disco)
{
    connect(&wire, &Wire::ended, this, [this] { m_known.clear(); });
}

QFuture<bool> MixSupport::offers(const Jid &address, QStringView feature)
{
    return requestDiscoInfo(m_wire, address)
        .then([wanted = feature.toString()](const Result<DiscoInfo> &info) {
            return info.ok() && info->has(wanted);
        });
}

/// The account says it; some servers say it in its place (and of a stranger's account nothing is told).
QFuture<bool> MixSupport::looksAfter(const Jid &person)
{
    const QString domain = person.domain();
    if (m_known.contains(domain)) return ready(m_known.value(domain));
    return offers(person.bare(), Ns::mixPam)
        .then(this,
              [this, domain](bool does) {
                  return does ? ready(true) : offers(Jid::parse({}, domain).value_or(Jid()), Ns::mixPam);
              })
        .unwrap()
        .then(this, [this, domain](bool does) {
            m_known.insert(domain, does);
            return does;
        });
}

QFuture<Result<bool>> MixSupport::suits(const QList<Jid> &people, bool isPrivate)
{
    using Answer = Result<bool>;
    if (!m_wire.isLive()) return answered(Answer(Error::Kind::ConnectionLost));
    QSet<QString> domains;
    QList<QFuture<bool>> questions{looksAfter(m_wire.ownAddress().bare())};
    domains.insert(m_wire.ownAddress().domain());
    for (const Jid &person : people) {
        if (domains.contains(person.domain())) continue;
        domains.insert(person.domain());
        questions.append(looksAfter(person));
    }
    return QtFuture::whenAll(questions.begin(), questions.end())
        .then(this,
              [this, isPrivate](const QList<QFuture<bool>> &answers) {
                  for (const QFuture<bool> &answer : answers)
                      if (answer.isCanceled() || !answer.result()) return answered(Answer(false));
                  return m_disco.roomService(ChatKind::Mix)
                      .then(this,
                            [this, isPrivate](const Result<Jid> &service) {
                                if (!service) return ready(false);
                                return isPrivate ? offers(*service, Ns::mixAdmin) : ready(true);
                            })
                      .unwrap()
                      .then([](bool suits) { return Answer(suits); });
              })
        .unwrap();
}

} // namespace Mingle
