// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/loginfeatures.h"

#include "xmpp/loginproof.h"
#include "xmpp/streamnamespaces.h"

#include <QMap>

#include <algorithm>
#include <functional>

namespace Mingle::LoginFeatures {

namespace {
bool is(const QDomElement &element, QStringView name, QStringView ns)
{
    return element.tagName() == name && element.namespaceURI() == ns;
}

void removeIf(QDomElement &parent, const std::function<bool(const QDomElement &)> &unwanted)
{
    for (auto child = parent.firstChildElement(); !child.isNull();) {
        const auto next = child.nextSiblingElement();
        if (unwanted(child)) parent.removeChild(child);
        child = next;
    }
}

QDomElement find(const QDomElement &parent, QStringView name, QStringView ns)
{
    for (auto child = parent.firstChildElement(); !child.isNull(); child = child.nextSiblingElement())
        if (is(child, name, ns)) return child;
    return {};
}

struct Mechanisms {
    bool usable = false;  ///< at least one is left
    bool wouldBe = false; ///< one would be if there were a password
};

QStringList mechanismsIn(const QDomElement &parent)
{
    QStringList names;
    for (auto child = parent.firstChildElement(); !child.isNull(); child = child.nextSiblingElement())
        if (child.tagName() == u"mechanism") names.append(child.text());
    return names;
}

// Leaves the SCRAM mechanisms that are good enough, SHA-1 only where there is no better one, and PLAIN if it may be.
Mechanisms keepPassword(QDomElement &parent, bool hasPassword, bool plain)
{
    const QStringList offered = mechanismsIn(parent);
    const bool hasBetter = offered.contains(u"SCRAM-SHA-256") || offered.contains(u"SCRAM-SHA-512");
    Mechanisms result;
    removeIf(parent, [&](const QDomElement &child) {
        if (child.tagName() != u"mechanism") return false;
        const QString name = child.text();
        const bool scram = LoginProof::isPasswordMechanism(name) && (name != u"SCRAM-SHA-1" || !hasBetter);
        const bool good = scram || (plain && name == u"PLAIN");
        result.wouldBe = result.wouldBe || good;
        result.usable = result.usable || (good && hasPassword);
        return !good || !hasPassword;
    });
    return result;
}

bool keepTokens(QDomElement &parent, const QString &wanted)
{
    bool usable = false;
    removeIf(parent, [&](const QDomElement &child) {
        if (child.tagName() != u"mechanism") return false;
        usable = usable || (!wanted.isEmpty() && child.text() == wanted);
        return !LoginProof::isTokenMechanism(child.text());
    });
    return usable;
}
} // namespace

bool keepOnlyStartTls(QDomElement &features)
{
    removeIf(features, [](const QDomElement &child) { return !is(child, u"starttls", ns::tls); });
    return !features.firstChildElement().isNull();
}

Verdict keepOnlyGood(QDomElement &features, const Means &means)
{
    auto mechanisms = find(features, u"mechanisms", ns::sasl);
    auto authentication = find(features, u"authentication", ns::sasl2);
    auto fast = find(find(authentication, u"inline", ns::sasl2), u"fast", ns::fast);
    const QStringList offered = mechanismsIn(mechanisms) + mechanismsIn(authentication);
    const bool token = !fast.isNull() && keepTokens(fast, LoginProof::tokenMechanism(means.token));
    // Only where there is nothing else, in either protocol.
    const bool onlyPlain = offered.contains(u"PLAIN") && !token
                           && std::ranges::none_of(offered, &LoginProof::isPasswordMechanism);
    const bool plain = onlyPlain && means.allowPlain;
    const Mechanisms sasl = keepPassword(mechanisms, means.hasPassword, plain);
    Mechanisms sasl2 = keepPassword(authentication, means.hasPassword, plain);
    if (token) sasl2.usable = true;
    removeIf(features, [&](const QDomElement &child) {
        if (is(child, u"mechanisms", ns::sasl)) return !sasl.usable;
        if (is(child, u"authentication", ns::sasl2)) return !sasl2.usable;
        return true;
    });
    if (sasl.usable || sasl2.usable) return Verdict::Good;
    if (!means.hasPassword && (sasl.wouldBe || sasl2.wouldBe)) return Verdict::NeedsPassword;
    return onlyPlain ? Verdict::OnlyPlain : Verdict::Weak;
}

bool offersSasl2(const QDomElement &features)
{
    return !find(features, u"authentication", ns::sasl2).isNull();
}

bool same(const QDomElement &a, const QDomElement &b)
{
    if (a.isNull() || b.isNull()) return a.isNull() == b.isNull();
    if (a.localName() != b.localName() || a.namespaceURI() != b.namespaceURI()) return false;
    const auto attributes = [](const QDomElement &element) {
        QMap<QString, QString> all;
        const QDomNamedNodeMap map = element.attributes();
        for (int i = 0; i < map.count(); ++i)
            if (!map.item(i).nodeName().startsWith(u"xmlns"))
                all.insert(map.item(i).nodeName(), map.item(i).nodeValue());
        return all;
    };
    if (attributes(a) != attributes(b)) return false;
    auto left = a.firstChildElement();
    auto right = b.firstChildElement();
    if (left.isNull() && right.isNull()) return a.text() == b.text();
    for (; !left.isNull() && !right.isNull();
         left = left.nextSiblingElement(), right = right.nextSiblingElement())
        if (!same(left, right)) return false;
    return left.isNull() && right.isNull();
}

void dropLogin(QDomElement &features)
{
    removeIf(features, [](const QDomElement &child) {
        return is(child, u"mechanisms", ns::sasl) || is(child, u"authentication", ns::sasl2)
               || is(child, u"starttls", ns::tls) || child.tagName() == u"auth";
    });
}

bool offersRosterVersions(const QDomElement &features)
{
    return !find(features, u"ver", ns::rosterVersions).isNull();
}

bool offersBinding(const QDomElement &features)
{
    return !find(features, u"bind", ns::bind).isNull();
}

void dropBinding(QDomElement &features)
{
    removeIf(features, [](const QDomElement &child) { return is(child, u"bind", ns::bind); });
}

} // namespace Mingle::LoginFeatures
