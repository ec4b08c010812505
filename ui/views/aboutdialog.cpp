// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/aboutdialog.h"

#include "views/errorview.h"
#include "views/formdialog.h"
#include "widgets/theme.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Mingle {

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Mingle"));
    auto *column = new QVBoxLayout(this);
    const int gap = space(font(), 3);
    column->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    column->setSpacing(gap);
    auto *sign = new QLabel(this);
    const int edge = space(font(), 18);
    sign->setPixmap(QIcon(QStringLiteral(":/app/mingle.svg")).pixmap(edge, edge));
    sign->setAlignment(Qt::AlignCenter);
    sign->setAccessibleName(tr("Mingle"));
    QLabel *title = plainLabel(tr("Mingle %1").arg(QCoreApplication::applicationVersion()), this);
    title->setFont(sized(font(), TextSize::Title, QFont::DemiBold));
    title->setAlignment(Qt::AlignCenter);
    QLabel *text = plainLabel(tr("Group chat for XMPP"), this);
    text->setAlignment(Qt::AlignCenter);
    QLabel *licence = plainLabel(tr("Free software under the GNU General Public License, version 3 or later. "
                                    "It comes without any warranty."),
                                 this);
    licence->setAlignment(Qt::AlignCenter);
    auto *buttons = closeBox(this);
    for (QWidget *part :
         {static_cast<QWidget *>(sign), static_cast<QWidget *>(title), static_cast<QWidget *>(text),
          static_cast<QWidget *>(licence), static_cast<QWidget *>(buttons)})
        column->addWidget(part);
    setMinimumWidth(space(font(), 85));
}

ShortcutsDialog::ShortcutsDialog(const QList<Row> &rows, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto *list = new QTreeWidget(this);
    list->setAccessibleName(tr("Keys"));
    list->setColumnCount(2);
    list->setHeaderLabels({tr("What"), tr("Key")});
    list->setHeaderHidden(true); // what is a key is plain to see; a screen reader still says it
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    for (const Row &row : rows)
        new QTreeWidgetItem(list, {row.first, row.second});
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
    auto *buttons = closeBox(this);
    auto *column = new QVBoxLayout(this);
    column->addWidget(list);
    column->addWidget(buttons);
    resize(space(font(), 110), std::min(space(font(), 150), parent ? parent->height() - 40 : 600));
}

} // namespace Mingle
