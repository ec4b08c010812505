// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/chatextensions.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

#include <array>
#include <optional>

namespace Mingle::ChatExtensions {

namespace {
const QString category = QStringLiteral("identity-category");
const QString type = QStringLiteral("identity-type");

/// XEP-0492 "Business Rules", from high to low. Fallback: for everybody.
enum class Scope { NotUs, Exact, Category, Fallback };
constexpr std::array scopes{Scope::Exact, Scope::Category, Scope::Fallback};

QStringView nameOf(NotifyWhen when)
{
    switch (when) {
    case NotifyWhen::Always:
        return u"always";
    case NotifyWhen::OnMention:
        return u"on-mention";
    case NotifyWhen::Never:
        return u"never";
    case NotifyWhen::Usual:
        break;
    }
    return {};
}

std::optional<NotifyWhen> levelOf(const QDomElement &setting)
{
    if (setting.namespaceURI() != Ns::notifySettings) return {};
    for (const NotifyWhen when : {NotifyWhen::Always, NotifyWhen::OnMention, NotifyWhen::Never})
        if (setting.localName() == nameOf(when)) return when;
    return {};
}

Scope scopeOf(const QDomElement &setting)
{
    if (!levelOf(setting)) return Scope::NotUs;
    if (!setting.hasAttribute(category))
        return setting.hasAttribute(type) ? Scope::NotUs : Scope::Fallback; // a type alone means nothing
    if (setting.attribute(category) != u"client") return Scope::NotUs;
    if (!setting.hasAttribute(type)) return Scope::Category;
    return setting.attribute(type) == u"pc" ? Scope::Exact : Scope::NotUs;
}

/// The first one for us in the most specific scope; null if there is none.
QDomElement settingIn(const QDomElement &notify)
{
    for (const Scope scope : scopes) {
        QDomElement found;
        Dom::forEach(notify, [&](const QDomElement &e) {
            if (found.isNull() && scopeOf(e) == scope) found = e;
        });
        if (!found.isNull()) return found;
    }
    return {};
}

bool hasAdvanced(const QDomElement &setting)
{
    return !Dom::child(setting, u"advanced", Ns::notifySettings).isNull();
}

void writeSetting(QXmlStreamWriter &xml, NotifyWhen when, const QDomElement &former)
{
    const QString ns = Ns::notifySettings.toString();
    xml.writeStartElement(nameOf(when));
    Dom::writeInside(xml, former, ns);
    xml.writeEndElement();
}

// No setting at all is what "as usual" is. Where <advanced/> ones must stay, their element takes the level.
void writeUsual(QXmlStreamWriter &xml, const QDomElement &notify, NotifyWhen usual)
{
    Dom::forEach(notify, [&](const QDomElement &e) {
        if (scopeOf(e) == Scope::NotUs)
            Dom::write(xml, e, Ns::notifySettings.toString());
        else if (hasAdvanced(e))
            writeSetting(xml, usual, e);
    });
}

void writeLevel(QXmlStreamWriter &xml, const QDomElement &notify, NotifyWhen wanted)
{
    const QDomElement effective = settingIn(notify);
    const Scope scope = scopeOf(effective);
    // One that says it already with <advanced/> takes the place of one without: there may not be two of a kind.
    QDomElement source = effective;
    Dom::forEach(notify, [&](const QDomElement &e) {
        if (!effective.isNull() && scopeOf(e) == scope && levelOf(e) == wanted && hasAdvanced(e)
            && !hasAdvanced(source))
            source = e;
    });
    bool hasFallback = false;
    Dom::forEach(notify, [&](const QDomElement &e) {
        const Scope own = scopeOf(e);
        hasFallback |= own == Scope::Fallback;
        if (e == effective)
            writeSetting(xml, wanted, source);
        else if (own == Scope::NotUs || own != scope || (hasAdvanced(e) && e != source))
            Dom::write(xml, e, Ns::notifySettings.toString());
        // else it says of the same devices something different, or the same once more, which may not be
    });
    if (!hasFallback) xml.writeEmptyElement(nameOf(wanted)); // for the others too
}

void writeNotify(QXmlStreamWriter &xml, const QDomElement &former, NotifyWhen wanted, NotifyWhen usual)
{
    bool stays = wanted != NotifyWhen::Usual;
    Dom::forEach(former,
                 [&](const QDomElement &e) { stays |= scopeOf(e) == Scope::NotUs || hasAdvanced(e); });
    if (!stays) return;
    xml.writeStartElement(u"notify");
    xml.writeDefaultNamespace(Ns::notifySettings);
    Dom::writeAttributes(xml, former);
    if (wanted == NotifyWhen::Usual)
        writeUsual(xml, former, usual);
    else
        writeLevel(xml, former, wanted);
    xml.writeEndElement();
}

int rankOf(const QDomElement &order)
{
    bool ok = false;
    const int rank = order.attribute(QStringLiteral("rank")).left(16).toInt(&ok);
    return ok && rank > 0 && rank <= maxRank ? rank : 0;
}

void writePinned(QXmlStreamWriter &xml, const QDomElement &former, const QDomElement &formerOrder, int rank)
{
    if (former.isNull()) {
        xml.writeEmptyElement(u"pinned");
        xml.writeDefaultNamespace(Ns::pinning);
    } else {
        Dom::write(xml, former);
    }
    if (rank == 0 && formerOrder.isNull()) return;
    xml.writeEmptyElement(u"order");
    xml.writeDefaultNamespace(Ns::chats);
    xml.writeAttribute(u"rank", QString::number(rank));
}

constexpr QStringView continuesName = u"continues";

Jid formerOf(const QDomElement &container)
{
    const QDomElement found = Dom::child(container, continuesName, Ns::chats);
    const auto room = Jid::parse(found.attribute(QStringLiteral("jid")));
    return room && room->isBare() && !room->local().isEmpty() ? *room : Jid();
}
} // namespace

ChatPreference read(const QDomElement &container)
{
    ChatPreference found;
    const QDomElement notify = Dom::child(container, u"notify", Ns::notifySettings);
    found.notify = levelOf(settingIn(notify)).value_or(NotifyWhen::Usual);
    found.pinned = !Dom::child(container, u"pinned", Ns::pinning).isNull();
    // Another client that unpins leaves our element behind.
    if (found.pinned) found.rank = rankOf(Dom::child(container, u"order", Ns::chats));
    found.former = formerOf(container);
    return found;
}

void write(QXmlStreamWriter &xml, const QDomElement &container, const ChatPreference &wanted,
           PreferenceParts parts, NotifyWhen usual)
{
    const QDomElement notify = Dom::child(container, u"notify", Ns::notifySettings);
    const QDomElement pinned = Dom::child(container, u"pinned", Ns::pinning);
    const QDomElement order = Dom::child(container, u"order", Ns::chats);
    const bool setsNotify = parts.testFlag(PreferencePart::Notify);
    const bool setsPinned = parts.testFlag(PreferencePart::Favourite);
    const bool setsFormer = parts.testFlag(PreferencePart::Former) && !wanted.former.isEmpty();
    Dom::forEach(container, [&](const QDomElement &e) {
        if (setsNotify && e == notify) return;
        if (setsPinned && (Dom::is(e, u"pinned", Ns::pinning) || Dom::is(e, u"order", Ns::chats))) return;
        if (setsFormer && Dom::is(e, continuesName, Ns::chats)) return;
        Dom::write(xml, e, container.namespaceURI());
    });
    if (setsNotify) writeNotify(xml, notify, wanted.notify, usual);
    if (setsPinned && wanted.pinned) writePinned(xml, pinned, order, wanted.rank);
    if (!setsFormer) return;
    xml.writeEmptyElement(continuesName);
    xml.writeDefaultNamespace(Ns::chats);
    xml.writeAttribute(u"jid", wanted.former.toString());
}

} // namespace Mingle::ChatExtensions
