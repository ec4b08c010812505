// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/exportdialog.h"

#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>

namespace Mingle {

namespace {

QString endingOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Text:
        return QStringLiteral("txt");
    case ExportFormat::Html:
        return QStringLiteral("html");
    case ExportFormat::JsonLines:
        return QStringLiteral("jsonl");
    }
    return {};
}

/// A name out of untrusted text: letters and digits, nothing that a file system or a shell could mind.
QString fileName(const Chat &chat)
{
    QString name;
    for (const QChar c : singleLine(chat.title(), 60)) {
        if (c.isLetterOrNumber() || c.isSurrogate()) {
            name += c;
        } else if (!name.isEmpty() && !name.endsWith(u'-')) {
            name += u'-';
        }
    }
    while (name.endsWith(u'-'))
        name.chop(1);
    if (name.isEmpty()) name = QStringLiteral("mingle");
    return name + u'-' + QDate::currentDate().toString(Qt::ISODate);
}

} // namespace

ExportDialog::ExportDialog(const Chat &chat, const QString &folder, QWidget *parent)
    : FormDialog(tr("Export “%1”").arg(singleLine(chat.title(), 60)), tr("Export"), parent)
    , m_format(new QComboBox(this))
{
    addText(tr("Writes all messages that are stored on this computer into a file. Whoever can read the file "
               "can read them."));
    m_format->addItem(tr("Text, to read anywhere"), int(ExportFormat::Text));
    m_format->addItem(tr("HTML, to read in a browser"), int(ExportFormat::Html));
    m_format->addItem(tr("JSON lines, for programs"), int(ExportFormat::JsonLines));
    addField(tr("&Format"), m_format);
    m_path = addLine(tr("F&ile"));
    m_path->setText(QDir::toNativeSeparators(QDir(folder).filePath(fileName(chat) + QStringLiteral(".txt"))));
    auto *browse = new QPushButton(tr("Choose another place…"), this);
    browse->setAutoDefault(false);
    addBelow(browse);
    connect(browse, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::followFormat);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::clearError);
    m_format->setFocus();
}

ExportFormat ExportDialog::format() const
{
    return ExportFormat(m_format->currentData().toInt());
}

void ExportDialog::followFormat()
{
    const QFileInfo now(m_path->text());
    m_path->setText(QDir::toNativeSeparators(
        QDir(now.path()).filePath(now.completeBaseName() + u'.' + endingOf(format()))));
}

void ExportDialog::browse()
{
    auto *dialog = new QFileDialog(this, windowTitle(), QFileInfo(m_path->text()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(m_path->text()).fileName());
    dialog->setDefaultSuffix(endingOf(format()));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_agreed = path; // it has asked
        m_path->setText(QDir::toNativeSeparators(path));
    });
    dialog->open();
}

void ExportDialog::submit()
{
    const QString path = QDir::fromNativeSeparators(m_path->text().trimmed());
    const QFileInfo file(path);
    if (path.isEmpty() || file.isRelative() || file.isDir() || !file.dir().exists()) {
        complain(m_path, tr("This is not a place for a file."));
        return;
    }
    if (file.exists() && path != m_agreed) {
        m_agreed = path;
        complain(m_path, tr("There is a file of this name. “Export” once more replaces it."));
        return;
    }
    const ExportFormat chosenFormat = format();
    accept();
    Q_EMIT chosen(chosenFormat, path);
}

} // namespace Mingle
