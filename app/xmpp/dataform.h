// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form.h"

#include <QDomElement>

class QXmlStreamWriter;

namespace Mingle {

/// The first form (XEP-0004) in parent, bounded: at most 200 fields, 200 options and 5,000 values a field. Nothing in it
/// where there is none.
Form readForm(const QDomElement &parent);
/// <x type='submit'/> with the fields given, and FORM_TYPE. XEP-0045 10.2 and XEP-0406 4.2: what is left out stays as it is.
void writeSubmit(QXmlStreamWriter &xml, const Form &form);

} // namespace Mingle
