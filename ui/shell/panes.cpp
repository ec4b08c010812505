// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/panes.h"

#include "core/ports.h"
#include "widgets/theme.h"

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>

namespace Mingle {

namespace {

const QString listKey = QStringLiteral("window/listWidth");
const QString sideKey = QStringLiteral("window/sideWidth");

/// A hairline; the splitter makes the place to grab it wider than what is seen.
class Hairline final : public QSplitterHandle
{
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), Theme::of(this).separator);
    }
};

} // namespace

Panes::Panes(QWidget *list, QWidget *chat, QWidget *side, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_list(list)
    , m_chat(chat)
    , m_side(side)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
    addWidget(list);
    addWidget(chat);
    addWidget(side);
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);
    setStretchFactor(2, 0);
    m_listWidth = space(font(), 76);
    m_sideWidth = space(font(), 74);
    connect(this, &QSplitter::splitterMoved, this, &Panes::takeWidths);
    arrange();
}

QSplitterHandle *Panes::createHandle()
{
    return new Hairline(orientation(), this);
}

int Panes::roomFor(int panes) const
{
    // By the font: big text needs wide panes, and falls back to one pane earlier.
    return panes == 3 ? space(font(), 230) : space(font(), 160);
}

void Panes::setSideOpen(bool open)
{
    if (open == m_sideOpen) return;
    m_sideOpen = open;
    if (!open && m_front == Pane::Side) m_front = Pane::Chat;
    arrange();
}

void Panes::setFront(Pane pane)
{
    m_front = pane;
    arrange();
}

bool Panes::isSideInstead() const
{
    return m_sideOpen && width() < roomFor(3);
}

void Panes::arrange()
{
    const bool narrow = width() < roomFor(2);
    const bool sideInstead = isSideInstead();
    const bool chat = !sideInstead;
    if (narrow) {
        m_list->setVisible(m_front == Pane::List);
        m_chat->setVisible(m_front != Pane::List && chat);
        m_side->setVisible(m_front != Pane::List && !chat);
    } else {
        m_list->setVisible(true);
        m_chat->setVisible(chat);
        m_side->setVisible(m_sideOpen);
        const int list = std::clamp(m_listWidth, space(font(), 50), width() / 2);
        const int side = m_sideOpen ? std::clamp(m_sideWidth, space(font(), 45), width() / 3) : 0;
        setSizes(chat ? QList<int>{list, width() - list - side, side} : QList<int>{list, 0, width() - list});
    }
    if (narrow == m_narrow) return;
    m_narrow = narrow;
    Q_EMIT narrowChanged(narrow);
}

void Panes::takeWidths()
{
    if (m_narrow || isSideInstead()) return;
    m_listWidth = sizes().at(0);
    if (m_sideOpen) m_sideWidth = sizes().at(2);
}

void Panes::restore(const Settings &settings)
{
    m_listWidth = settings.value(listKey, m_listWidth).toInt();
    m_sideWidth = settings.value(sideKey, m_sideWidth).toInt();
    arrange();
}

void Panes::store(Settings &settings) const
{
    settings.setValue(listKey, m_listWidth);
    settings.setValue(sideKey, m_sideWidth);
}

QSize Panes::minimumSizeHint() const
{
    return {300, 200};
}

void Panes::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) arrange();
}

void Panes::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::FontChange) arrange();
}

} // namespace Mingle
