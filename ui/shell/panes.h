// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSplitter>

namespace Mingle {

class Settings;

/// List, chat and members side by side, as many as there is room for: in a narrow window one at a time. Remembers
/// the widths a person gave them.
class Panes final : public QSplitter
{
    Q_OBJECT
public:
    enum class Pane { List, Chat, Side };

    /// The panes become children.
    Panes(QWidget *list, QWidget *chat, QWidget *side, QWidget *parent = nullptr);

    void setSideOpen(bool open);
    bool isSideOpen() const { return m_sideOpen; }
    /// Which pane is to be seen where only one fits.
    void setFront(Pane pane);
    Pane front() const { return m_front; }
    /// Only one pane is shown.
    bool isNarrow() const { return m_narrow; }
    /// The members stand where the chat would.
    bool isSideInstead() const;

    void restore(const Settings &settings);
    void store(Settings &settings) const;

    /// As narrow as one pane can be, whichever are shown: the window must be able to shrink to that.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void narrowChanged(bool narrow);

protected:
    void resizeEvent(QResizeEvent *event) override;
    QSplitterHandle *createHandle() override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void takeWidths();
    int roomFor(int panes) const;

    QWidget *m_list;
    QWidget *m_chat;
    QWidget *m_side;
    Pane m_front = Pane::List;
    bool m_sideOpen = false;
    bool m_narrow = false;
    int m_listWidth = 0;
    int m_sideWidth = 0;
};

} // namespace Mingle
