// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFormLayout;
class QWidget;

namespace Mingle {

/// Facts of a card, one below the other: what it is, quietly, and what there is to say, to be selected and copied.
class DetailRows
{
public:
    explicit DetailRows(QWidget *parent);

    /// Nothing to say is not shown. text is untrusted.
    void add(const QString &label, const QString &text);
    /// To be put into a layout of the parent.
    QFormLayout *layout() const { return m_rows; }

private:
    QWidget *m_parent;
    QFormLayout *m_rows;
};

} // namespace Mingle
