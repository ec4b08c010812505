// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QWidget>

namespace Mingle {

class QrCodeView;

/// Gives out a room's link: to the clipboard, or as a QR code for whoever stands beside.
class ShareLink final : public QWidget
{
    Q_OBJECT
public:
    explicit ShareLink(const Jid &room, QWidget *parent = nullptr);

private:
    QrCodeView *m_code;
};

/// As in XEP-0147: opens the room in whatever program the person uses.
QString roomLink(const Jid &room);

} // namespace Mingle
