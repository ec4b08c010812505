// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace Mingle {

class AboutDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit AboutDialog(QWidget *parent);
};

/// All keys and what they do. rows: name and key, ready to show.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT
public:
    using Row = std::pair<QString, QString>;
    ShortcutsDialog(const QList<Row> &rows, QWidget *parent);
};

} // namespace Mingle
