// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exportwriter.h"
#include "views/formdialog.h"

namespace Mingle {

/// Asks as what and where a chat is to be written; does not write.
class ExportDialog final : public FormDialog
{
    Q_OBJECT
public:
    /// folder: offered at first.
    ExportDialog(const Chat &chat, const QString &folder, QWidget *parent);

Q_SIGNALS:
    void chosen(Mingle::ExportFormat format, const QString &path);

protected:
    void submit() override;

private:
    ExportFormat format() const;
    void followFormat();
    void browse();

    QComboBox *m_format;
    QLineEdit *m_path;
    QString m_agreed; ///< a file that may be replaced
};

} // namespace Mingle
