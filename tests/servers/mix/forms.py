# SPDX-License-Identifier: GPL-3.0-or-later
"""Data forms (XEP-0004) as dicts: name of the field -> list of values."""

import names
from stanzas import Refusal, child, element


def read(form, form_type):
    """The fields of a form; refused if it is of another type."""
    if form is None:
        raise Refusal("bad-request", "a form is missing", reason="invalid-payload")
    fields = {}
    for field in form.iter(f"{{{names.DATA}}}field"):
        fields[field.get("var", "")] = [value.text or "" for value in field.findall(f"{{{names.DATA}}}value")]
    given_type = fields.pop("FORM_TYPE", [form_type])
    if given_type != [form_type]:
        raise Refusal("bad-request", f"a form of the type {form_type} is expected", reason="invalid-payload")
    return fields


def field_element(name, values, kind=None):
    values = [element(names.DATA, "value", text=value) for value in values]
    return element(names.DATA, "field", *values, var=name, type=kind)


def write(form_type, fields, kinds=None, form_kind="result"):
    """A form with all fields that have a value."""
    kinds = kinds or {}
    return element(names.DATA, "x", field_element("FORM_TYPE", [form_type], "hidden"),
                   *(field_element(name, values, kinds.get(name)) for name, values in fields.items() if values),
                   type=form_kind)


def inside(item):
    return child(item, names.DATA, "x")
