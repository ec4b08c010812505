// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/exportstripview.h"

#include "views/errorview.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QBoxLayout>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace Mingle {

namespace {

constexpr int steps = 1000; // of the bar, however many messages there are

} // namespace

ExportStripView::ExportStripView(QWidget *parent)
    : QWidget(parent)
    , m_text(plainLabel({}, this))
    , m_bar(new QProgressBar(this))
    , m_show(new QPushButton(tr("Show folder"), this))
    , m_close(new QPushButton(this))
{
    const int gap = space(font(), 2);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(space(font(), 1));
    m_bar->setAccessibleName(tr("Progress of the export"));
    auto *row = new QHBoxLayout;
    row->setSpacing(gap);
    row->addWidget(m_text, 1);
    row->addWidget(m_show);
    row->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addLayout(row);
    layout->addWidget(m_bar);
    connect(m_show, &QPushButton::clicked, this, [this] { Q_EMIT showWanted(m_path); });
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_running) {
            Q_EMIT cancelWanted();
        } else {
            dismiss();
        }
    });
    setVisible(false);
}

void ExportStripView::begin(const QString &title)
{
    m_title = singleLine(title, 60);
    m_running = true;
    m_failed = false;
    m_bar->setVisible(true);
    m_show->setVisible(false);
    m_close->setText(tr("Cancel"));
    setProgress(0, 0);
    setVisible(true);
    update();
}

void ExportStripView::setProgress(qint64 done, qint64 total)
{
    if (!m_running) return;
    m_bar->setRange(0, total > 0 ? steps : 0);
    if (total > 0) m_bar->setValue(int(done * steps / total));
    const QLocale locale;
    say(total > 0 ? tr("Exporting “%1”: %2 of %3 messages")
                        .arg(m_title, locale.toString(done), locale.toString(total))
                  : tr("Exporting “%1”…").arg(m_title));
}

void ExportStripView::finish(const QString &path)
{
    m_path = path;
    say(tr("Exported “%1” to %2").arg(m_title, QFileInfo(path).fileName()));
    m_show->setVisible(true);
    end();
}

void ExportStripView::fail(const QString &reason)
{
    m_failed = true;
    const QString why = singleLine(reason, 200);
    say(why.isEmpty() ? tr("“%1” could not be exported.").arg(m_title)
                      : tr("“%1” could not be exported: %2").arg(m_title, why));
    end();
}

void ExportStripView::dismiss()
{
    m_running = false;
    setVisible(false);
}

void ExportStripView::end()
{
    m_running = false;
    m_bar->setVisible(false);
    m_close->setText(tr("Close"));
    update();
}

void ExportStripView::say(const QString &text)
{
    m_text->setText(text);
    setAccessibleName(text);
}

QString ExportStripView::text() const
{
    return m_text->text();
}

void ExportStripView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), mixed(theme.base, m_failed ? theme.danger : theme.accent, 0.12));
    painter.fillRect(QRect(0, 0, width(), 1), theme.separator);
}

} // namespace Mingle
