// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/dom.h"

#include "xmpp/namespaces.h"

#include <QMap>
#include <QTimeZone>

namespace Mingle::Dom {

namespace {
int utf8Size(QChar c)
{
    // Each half of a surrogate pair counts for two of its four bytes.
    if (c.isSurrogate()) return 2;
    return c.unicode() < 0x80 ? 1 : c.unicode() < 0x800 ? 2 : 3;
}
} // namespace

bool is(const QDomElement &element, QStringView name, QStringView ns)
{
    return element.localName() == name && element.namespaceURI() == ns;
}

QDomElement child(const QDomElement &parent, QStringView name, QStringView ns)
{
    for (QDomElement e = parent.firstChildElement(); !e.isNull(); e = e.nextSiblingElement())
        if (is(e, name, ns)) return e;
    return {};
}

QDomElement childNamed(const QDomElement &parent, QStringView name)
{
    for (QDomElement e = parent.firstChildElement(); !e.isNull(); e = e.nextSiblingElement())
        if (e.localName() == name) return e;
    return {};
}

QString cut(const QString &text, int maxBytes)
{
    if (text.size() <= maxBytes / 3) return text; // cannot be longer: three bytes for one unit at most
    int bytes = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        bytes += utf8Size(text[i]);
        if (bytes > maxBytes) return text.first(text[i].isLowSurrogate() ? i - 1 : i);
    }
    return text;
}

QString id(const QString &text)
{
    return cut(text, maxIdBytes).size() == text.size() ? text : QString();
}

QDateTime time(const QString &text)
{
    if (text.size() > 64) return {};
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    // XEP-0082 demands a zone; without one the local one of the sender would be guessed.
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime) return {};
    time = time.toUTC();
    const int year = time.date().year();
    return year >= 1970 && year < 2200 ? time : QDateTime();
}

bool isTrue(QStringView text)
{
    return text == u"true" || text == u"1";
}

QDomDocument copyOf(const QDomElement &element)
{
    QDomDocument document;
    document.appendChild(document.importNode(element, true));
    return document;
}

namespace {
QMap<std::pair<QString, QString>, QString> attributesOf(const QDomElement &element)
{
    QMap<std::pair<QString, QString>, QString> found;
    const QDomNamedNodeMap attributes = element.attributes();
    for (int i = 0; i < attributes.count(); ++i) {
        const QDomAttr attribute = attributes.item(i).toAttr();
        const QString name = attribute.name();
        if (name == u"xmlns" || name.startsWith(u"xmlns:")) continue;
        found.insert(
            {attribute.namespaceURI(), attribute.namespaceURI().isEmpty() ? name : attribute.localName()},
            attribute.value());
    }
    return found;
}

// The text up to the next element, which it leaves in node.
QString textBefore(QDomNode &node)
{
    QString text;
    for (; !node.isNull() && !node.isElement(); node = node.nextSibling())
        if (node.isText()) text += node.toText().data();
    return text.trimmed().isEmpty() ? QString() : text; // a server may lay it out anew
}
} // namespace

bool isSame(const QDomElement &a, const QDomElement &b)
{
    if (a.localName() != b.localName() || a.namespaceURI() != b.namespaceURI()) return false;
    if (attributesOf(a) != attributesOf(b)) return false;
    QDomNode inA = a.firstChild();
    QDomNode inB = b.firstChild();
    while (true) {
        if (textBefore(inA) != textBefore(inB)) return false;
        if (inA.isNull() || inB.isNull()) return inA.isNull() && inB.isNull();
        if (!isSame(inA.toElement(), inB.toElement())) return false;
        inA = inA.nextSibling();
        inB = inB.nextSibling();
    }
}

void write(QXmlStreamWriter &xml, const QDomElement &element, const QString &parentNs)
{
    const QString ns = element.namespaceURI();
    xml.writeStartElement(element.localName());
    if (ns != parentNs) xml.writeDefaultNamespace(ns);
    writeInside(xml, element, ns);
    xml.writeEndElement();
}

void writeAttributes(QXmlStreamWriter &xml, const QDomElement &element, const QStringList &without)
{
    const QDomNamedNodeMap attributes = element.attributes();
    for (int i = 0; i < attributes.count(); ++i) {
        const QDomAttr attribute = attributes.item(i).toAttr();
        const QString name = attribute.name();
        if (name == u"xmlns" || name.startsWith(u"xmlns:") || without.contains(name)) continue;
        if (attribute.namespaceURI().isEmpty())
            xml.writeAttribute(name, attribute.value());
        else
            xml.writeAttribute(attribute.namespaceURI(), attribute.localName(), attribute.value());
    }
}

void writeInside(QXmlStreamWriter &xml, const QDomElement &element, const QString &ns)
{
    writeAttributes(xml, element);
    for (QDomNode node = element.firstChild(); !node.isNull(); node = node.nextSibling()) {
        if (node.isElement())
            write(xml, node.toElement(), ns);
        else if (node.isText())
            xml.writeCharacters(node.toText().data());
    }
}

QString formValue(const QDomElement &form, QStringView field)
{
    for (QDomElement e = form.firstChildElement(); !e.isNull(); e = e.nextSiblingElement()) {
        if (e.localName() == u"field" && e.attribute(QStringLiteral("var")) == field)
            return cut(childNamed(e, u"value").text(), maxSubjectBytes);
    }
    return {};
}

} // namespace Mingle::Dom
