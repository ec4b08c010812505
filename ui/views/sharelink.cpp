// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/sharelink.h"

#include "widgets/icons.h"
#include "widgets/qrcodeview.h"
#include "widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace Mingle {

QString roomLink(const Jid &room)
{
    return u"xmpp:" % QString::fromLatin1(QUrl::toPercentEncoding(room.toString(), "@")) % u"?join";
}

ShareLink::ShareLink(const Jid &room, QWidget *parent)
    : QWidget(parent)
    , m_code(new QrCodeView(this))
{
    const QString link = roomLink(room);
    m_code->setVisible(false);
    auto *copy = new QToolButton(this);
    copy->setText(tr("Copy the room's link"));
    copy->setIcon(icon(Sign::Copy));
    auto *code = new QToolButton(this);
    code->setText(tr("Show as QR code"));
    code->setCheckable(true);
    for (QToolButton *button : {copy, code}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    connect(copy, &QToolButton::clicked, this, [copy, link] {
        QGuiApplication::clipboard()->setText(link);
        copy->setText(tr("Copied"));
    });
    connect(code, &QToolButton::toggled, this, [this, link](bool shown) {
        if (shown) m_code->setText(link);
        m_code->setVisible(shown);
    });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addWidget(code);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space(font(), 2));
    column->addLayout(buttons);
    column->addWidget(m_code, 0, Qt::AlignHCenter);
}

} // namespace Mingle
