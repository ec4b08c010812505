// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/dataform.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

namespace Mingle {

namespace {
constexpr qsizetype maxFields = 200;
constexpr qsizetype maxOptions = 200;
constexpr qsizetype maxValues = 5000;

struct TypeName {
    QStringView name;
    FormField::Type type;
};
using Type = FormField::Type;
constexpr TypeName typeNames[] = {
    {u"text-single", Type::Text},   {u"text-private", Type::Secret}, {u"text-multi", Type::Lines},
    {u"boolean", Type::Switch},     {u"list-single", Type::OneOf},   {u"list-multi", Type::SomeOf},
    {u"jid-single", Type::Address}, {u"jid-multi", Type::Addresses}, {u"fixed", Type::Note},
    {u"hidden", Type::Hidden},
};

Type typeOf(const QDomElement &field, qsizetype values)
{
    const QString name = field.attribute(QStringLiteral("type"));
    for (const TypeName &known : typeNames)
        if (name == known.name) return known.type;
    // 3.3: without a type it is one line; forms of type "result" leave them out altogether.
    return values > 1 ? Type::Lines : Type::Text;
}

FormField::Option readOption(const QDomElement &option)
{
    return {Dom::cut(option.attribute(QStringLiteral("label")), Dom::maxNameBytes),
            Dom::cut(Dom::childNamed(option, u"value").text(), Dom::maxNameBytes)};
}

FormField readField(const QDomElement &e)
{
    FormField field;
    field.name = Dom::idAttribute(e, QStringLiteral("var"));
    field.label = Dom::cut(e.attribute(QStringLiteral("label")), Dom::maxNameBytes);
    Dom::forEach(e, [&field](const QDomElement &part) {
        const QString name = part.localName();
        if (name == u"value" && field.values.size() < maxValues)
            field.values.append(Dom::cut(part.text(), Dom::maxSubjectBytes));
        else if (name == u"option" && field.options.size() < maxOptions)
            field.options.append(readOption(part));
        else if (name == u"desc")
            field.description = Dom::cut(part.text(), Dom::maxSubjectBytes);
        else if (name == u"required")
            field.required = true;
    });
    field.type = typeOf(e, field.values.size());
    if (field.type == Type::Switch)
        field.values = {Dom::isTrue(field.values.value(0)) ? QStringLiteral("1") : QStringLiteral("0")};
    return field;
}
} // namespace

Form readForm(const QDomElement &parent)
{
    Form form;
    const QDomElement x =
        Dom::is(parent, u"x", Ns::dataForms) ? parent : Dom::child(parent, u"x", Ns::dataForms);
    Dom::forEach(x, [&form](const QDomElement &e) {
        const QString name = e.localName();
        if (name == u"title") {
            form.title = Dom::cut(e.text(), Dom::maxNameBytes);
        } else if (name == u"instructions") {
            form.instructions = Dom::cut(e.text(), Dom::maxSubjectBytes);
        } else if (name == u"field" && form.fields.size() < maxFields) {
            FormField field = readField(e);
            if (field.name == u"FORM_TYPE")
                form.formType = field.values.value(0);
            else if (field.type == Type::Note || (!field.name.isEmpty() && !form.find(field.name)))
                form.fields.append(std::move(field));
        }
    });
    return form;
}

void writeSubmit(QXmlStreamWriter &xml, const Form &form)
{
    startSubmitForm(xml, form.formType);
    for (const FormField &field : form.fields) {
        if (field.type == Type::Note) continue;
        xml.writeStartElement(u"field");
        xml.writeAttribute(u"var", field.name);
        for (const QString &value : field.values)
            xml.writeTextElement(u"value", value);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

} // namespace Mingle
