// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MixDriver that makes channels.
#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/mixcontrols.h"
#include "xmpp/mixdriver.h"
#include "xmpp/namespaces.h"

namespace Mingle {

namespace {
using Joined = Result<JoinedGroup>;
}

QFuture<Joined> MixDriver::create(const CreateRequest &request)
{
    if (!m_wire.isLive()) return answered<JoinedGroup>(Joined(Error::Kind::ConnectionLost));
    const auto promise = std::make_shared<QPromise<Joined>>();
    promise->start();
    requestCreate(request, Ns::mixCore1, promise);
    return promise->future();
}

void MixDriver::requestCreate(const CreateRequest &request, QStringView core,
                              const std::shared_ptr<QPromise<Joined>> &promise)
{
    m_wire.request(mixCreateIq(request.service, request.localpart, core))
        .then(this, [=, this](const Result<QDomElement> &answer) {
            if (!answer.ok() && answer.error().kind == Error::Kind::Unsupported && core == Ns::mixCore1)
                return requestCreate(request, Ns::mixCore0, promise);
            Error error = answer.error();
            QString local = request.localpart;
            if (answer.ok() && local.isEmpty()) local = mixCreatedLocalpart(*answer);
            const auto channel = Jid::parse(local, request.service.domain());
            if (!error && (!channel || local.isEmpty())) error.kind = Error::Kind::InvalidAddress;
            if (!error) return onCreated(*channel, request, promise);
            promise->addResult(error);
            promise->finish();
        });
}

void MixDriver::onCreated(const Jid &channel, const CreateRequest &request,
                          const std::shared_ptr<QPromise<Joined>> &promise)
{
    const auto joinIt = [=, this] {
        join({channel, request.nick, {}, 0}).then(this, [=](Joined answer) {
            if (answer.ok()) answer.value().created = true;
            if (answer.ok() && answer->name.isEmpty()) answer.value().name = request.name;
            promise->addResult(std::move(answer));
            promise->finish();
        });
    };
    // Before joining: some servers forget afterwards who the owner is. ejabberd has no names at all.
    Form info;
    for (const auto &[name, value] :
         {std::pair(u"Name", request.name), std::pair(u"Description", request.description)}) {
        FormField field;
        field.name = QString(name);
        field.values = {value};
        if (!value.isEmpty()) info.fields.append(field);
    }
    if (request.isPrivate) { // XEP-0406 2.2: without that node everybody is allowed
        FormField nodes;
        nodes.name = QStringLiteral("Nodes Present");
        nodes.values = QStringLiteral("participants presence information allowed banned avatar").split(u' ');
        info.fields.append(nodes);
    }
    if (info.fields.isEmpty()) return joinIt();
    m_controls->changeSettings(channel, info).then(this, [=, this](const Outcome &outcome) {
        if (outcome || !request.isPrivate) return joinIt();
        // Rather none than one that was to be private and is open to all.
        m_controls->destroy(channel, {}, {}).then(this, [promise](const Outcome &) {
            promise->addResult(Error{Error::Kind::Unsupported, QStringLiteral("not-private"), {}});
            promise->finish();
        });
    });
}

} // namespace Mingle
