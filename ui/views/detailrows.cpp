// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/detailrows.h"

#include "views/errorview.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QFormLayout>
#include <QLabel>

namespace Mingle {

DetailRows::DetailRows(QWidget *parent)
    : m_parent(parent)
    , m_rows(new QFormLayout)
{
    m_rows->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_rows->setSpacing(space(parent->font(), 1));
}

void DetailRows::add(const QString &label, const QString &text)
{
    if (text.isEmpty()) return;
    auto *name = new QLabel(m_parent);
    name->setTextFormat(Qt::PlainText);
    name->setText(label);
    name->setFont(sized(m_parent->font(), TextSize::Small));
    QPalette quiet = name->palette();
    quiet.setColor(QPalette::WindowText, Theme::of(m_parent).muted);
    name->setPalette(quiet);
    QLabel *value = plainLabel(singleLine(text, 1000), m_parent);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(label + QStringLiteral(": ") + value->text());
    value->setContentsMargins(0, 0, 0, space(m_parent->font(), 2));
    m_rows->addRow(name, value);
}

} // namespace Mingle
