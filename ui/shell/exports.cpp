// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/exports.h"

#include "views/errortext.h"
#include "views/exportdialog.h"
#include "views/exportstripview.h"
#include "views/exportwords.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

namespace Mingle {

Exports::Exports(const LocalHistory &history, QWidget *parent)
    : QObject(parent)
    , m_history(history)
    , m_parent(parent)
    , m_strip(new ExportStripView(parent))
{
    connect(m_strip, &ExportStripView::cancelWanted, this, [this] {
        if (m_export) m_export->cancel();
    });
    connect(m_strip, &ExportStripView::showWanted, this, [](const QString &path) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).path()));
    });
}

Exports::~Exports() = default;

void Exports::ask(const Chat &chat)
{
    if (m_export || chat.id.isEmpty()) return; // the strip shows the one under way
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QFileInfo(folder).isDir()) folder = QDir::homePath();
    auto *dialog = new ExportDialog(chat, folder, m_parent->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::chosen, this, [this, chat](ExportFormat format, const QString &path) {
        start({chat, format, exportWords(chat, QDateTime::currentDateTimeUtc()), path});
    });
    dialog->open();
}

void Exports::start(const ChatExport::Job &job)
{
    m_strip->begin(job.chat.title());
    m_export = std::make_unique<ChatExport>(m_history, job);
    connect(m_export.get(), &ChatExport::progressed, m_strip, &ExportStripView::setProgress);
    connect(m_export.get(), &ChatExport::finished, this, &Exports::finished);
}

void Exports::finished(const Error &error)
{
    const QString path = m_export->job().path;
    m_export.release()->deleteLater(); // it is what told us
    if (error.kind == Error::Kind::Cancelled) {
        m_strip->dismiss();
    } else if (error.kind == Error::Kind::InvalidInput) {
        m_strip->fail(error.text);
    } else if (error) {
        m_strip->fail(errorText(error, Attempt::Read).happened);
    } else {
        m_strip->finish(path);
    }
}

} // namespace Mingle
