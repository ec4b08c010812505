// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QDateTime>
#include <QDomDocument>
#include <QDomElement>
#include <QString>
#include <QXmlStreamWriter>

/// Bounded reading of stanzas. What comes out is untrusted still, but cannot be larger than told here.
namespace Mingle::Dom {

inline constexpr int maxBodyBytes = 256 * 1024;
inline constexpr int maxSubjectBytes = 4 * 1024;
inline constexpr int maxNameBytes = 1024;
inline constexpr int maxIdBytes = 1024;
inline constexpr int maxParticipants = 50'000;

bool is(const QDomElement &element, QStringView name, QStringView ns);
/// The first child of that name and namespace, or null.
QDomElement child(const QDomElement &parent, QStringView name, QStringView ns);
/// The first child element of that name in any namespace, or null.
QDomElement childNamed(const QDomElement &parent, QStringView name);

/// text shortened to at most maxBytes of UTF-8, never inside a surrogate pair.
QString cut(const QString &text, int maxBytes);
/// An identifier: one that is too long is none at all, since a shortened one could equal another.
QString id(const QString &text);
inline QString idAttribute(const QDomElement &element, const QString &name)
{
    return id(element.attribute(name));
}

/// XEP-0082, UTC. Invalid if malformed or outside of the years 1970 to 2200.
QDateTime time(const QString &text);
bool isTrue(QStringView text);

/// Calls visit(child) for each child element.
template<typename Visit>
void forEach(const QDomElement &parent, Visit visit)
{
    for (QDomElement e = parent.firstChildElement(); !e.isNull(); e = e.nextSiblingElement())
        visit(e);
}

/// Writes the element again with all that is in it, by default namespaces only: a prefix would need its declaration.
void write(QXmlStreamWriter &xml, const QDomElement &element, const QString &parentNs = {});
/// The attributes and contents of an element into one that was begun in namespace ns.
void writeInside(QXmlStreamWriter &xml, const QDomElement &element, const QString &ns);
/// Those in namespaces too, but no declarations, and none of these names.
void writeAttributes(QXmlStreamWriter &xml, const QDomElement &element, const QStringList &without = {});

/// The same element for whoever reads it: prefixes and the order of attributes do not count.
bool isSame(const QDomElement &a, const QDomElement &b);
/// A copy that outlives the stanza: elements do not keep their document alive.
QDomDocument copyOf(const QDomElement &element);
/// The <x/> form (XEP-0004) in parent: the first value of the field, or an empty text.
QString formValue(const QDomElement &form, QStringView field);

} // namespace Mingle::Dom
