// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/timelinemodel.h"
#include "views/timelinegeometry.h"
#include "views/timelineselection.h"
#include "widgets/messagelayout.h"
#include "widgets/messagepainter.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QCache>
#include <QElapsedTimer>
#include <QPointer>

#include <functional>
#include <optional>

namespace Mingle {

class JumpButton;

/// Where somebody reads, or is to read.
struct TimelinePlace {
    qint64 row = 0; ///< of a message; 0: the newest end
    std::optional<int> top{}; ///< of it, in the viewport; none: where it reads best
    QList<TextRange> found{}; ///< words in it to be marked
    bool underDay = false; ///< at the upper edge, with the day line above it
    bool flash = false;
};

/// A chat's messages. Lays out and draws only what is near the viewport, keeps still what is being read,
/// follows the newest message when it stands there. Keys: Up and Down go from message to message, Tab through
/// the links and buttons of one, Enter presses them, Shift selects. Nothing is fetched, opened or sent
/// without a click or key.
class TimelineView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TimelineView(QWidget *parent = nullptr);
    ~TimelineView() override;

    /// model must outlive the view or be destroyed with it.
    void setModel(TimelineModel *model);
    TimelineModel *model() const { return m_model; }

    /// The picture of an author; null: none, or not yet. edge in logical pixels.
    using AvatarOf = std::function<QPixmap(const Author &, qreal edge, qreal ratio)>;
    void setAvatars(const AvatarOf &avatarOf) { m_avatarOf = avatarOf; }
    /// Brings a message into view, reading it from the store if it must, and marks it.
    void scrollToRow(qint64 row);
    TimelinePlace place() const;
    /// The same for any place; right after the model got another chat, too.
    void goTo(const TimelinePlace &place);
    /// To the first message of a day.
    void goToDay(const QDate &day);
    /// The day of what is in view; invalid: nothing is.
    QDate dayInView() const;
    /// To the line above what is new. False: there is none.
    bool goToUnread();
    /// The words marked by goTo() are plain again.
    void clearFound() { setFound(0, {}); }
    QList<TextRange> found() const { return m_found; }
    /// Offers a way back from a jump.
    void setBackPossible(bool possible);
    /// Day lines can be clicked: dateWanted().
    void setDaysPressable(bool pressable) { m_daysPressable = pressable; }
    void scrollToNewest();
    bool isAtNewest() const; ///< the newest message is in view
    QString selectedText() const;
    void copy() const;
    void selectAll(); ///< what is in the model's window
    void clearSelection();
    /// The message with the keyboard's mark on it; 0: none.
    qint64 currentRow() const { return m_current > 0 ? m_current : 0; }
    void setCurrentRow(qint64 row);
    int currentIndex() const { return indexOfKey(m_current); }
    void focusRow(qint64 row); ///< keyboard focus and mark, and into view
    void showMenuForCurrent();

    // For accessibility and tests. index: a row of the model.
    QRect rowRect(int index) const; ///< in the viewport; may lie outside of it
    QString rowText(int index) const; ///< what a screen reader says
    QList<MessagePart> rowParts(int index) const;
    QRect partRect(int index, int part) const; ///< in the viewport
    void pressPart(int index, int part);
    int currentPart() const { return m_currentPart; }
    QString emptyText() const; ///< what stands there when there are no rows
    JumpButton *jumpButton() const { return m_jump; }
    JumpButton *backButton() const { return m_back; }
    const MessageLayout &layoutAt(int index) const; ///< of a message; valid until the next call
    const TimelineMetrics &metrics() const;
    int cachedLayouts() const { return int(m_layouts.size()); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Everything up to this message was seen in an active window. The model has been told already.
    void readUpTo(const Mingle::ChatId &chat, qint64 row);
    /// An xmpp: link was clicked. Nothing was done about it: fill in a form.
    void chatLinkActivated(const QUrl &link);
    /// A jump within the chat leaves this place.
    void leaving(const Mingle::TimelinePlace &place);
    void backWanted();
    /// The person went to the newest end.
    void wentToNewest();
    /// A day line was clicked.
    void dateWanted(const QDate &day);
    /// Somebody began to type while the timeline had the focus.
    void typed(const QString &text);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    /// What lies under a point of the viewport.
    struct Spot {
        int index = -1;
        int part = -1; ///< of a message; a seam's action is 0
        TextPlace place; ///< the nearest in the text
        bool onText = false;
    };

    // timelineview.cpp
    void connectModel();
    void forgetAll();
    void rowsCame(int first, int last);
    void rowsChanged(int first, int last);
    void showFirst();
    void messagesArrived(const QList<Message> &messages);
    void scheduleSettle();
    void settle(bool byPerson = false);
    void updateScrollBar();
    void fetchWhatIsNear();
    void noteWhatIsRead();
    bool isWatched() const;
    void placeButtons();
    // timelinejumps.cpp
    void leaveFor(const TimelinePlace &place);
    void showLocated(qint64 row);
    void land(int index, const TimelinePlace &landing);
    void setFound(qint64 row, const QList<TextRange> &ranges);
    void startFlash(qint64 row);
    void flashOn();
    qreal flashOf(qint64 row) const;
    // timelinepainting.cpp
    void dropMetrics();
    void dropLayouts(int first, int last);
    MessageLook lookOf(int index) const;
    LineLook lineOf(int index) const;
    qreal measuredHeight(int index) const;
    qreal estimatedHeight(int index) const;
    qreal lineHeight(TimelineRow::Kind kind) const;
    void paintRow(QPainter *painter, int index, const TimelineSelection::Span &selected) const;
    void paintEmpty(QPainter *painter) const;
    void updateRow(qint64 row);
    /// What can be current: a message by its row, a seam with an action by a number below 0; else 0.
    qint64 keyOf(int index) const;
    int indexOfKey(qint64 key) const;
    // timelineinput.cpp
    Spot spotAt(const QPointF &point) const;
    void hover(const QPointF &point);
    void unhover();
    void selectWord(const TextPlace &place);
    void dragTo(const QPointF &point);
    void glideBy(qreal delta);
    void scrollByPerson(qreal delta);
    // timelinekeys.cpp
    bool moveByKey(QKeyEvent *event);
    bool actByKey(QKeyEvent *event);
    void moveCurrent(int step, bool select);
    void moveSelection(int step);
    void setCurrent(qint64 key);
    void reveal(int index);
    void announceFocus();
    // timelineactions.cpp
    static void copyText(const QString &text);
    void openLink(const QUrl &link);
    void showMenu(int index, int part, const QPoint &globalPosition);
    void showTip(const QPoint &point, const QPoint &globalPosition);
    QString tipAt(const QPointF &point) const;

    AvatarOf m_avatarOf;
    QPointer<TimelineModel> m_model;
    TimelineGeometry m_geometry;
    JumpButton *m_jump;
    JumpButton *m_back;
    mutable std::optional<TimelineMetrics> m_metrics;
    mutable QCache<qint64, MessageLayout> m_layouts;
    QSet<qint64> m_expanded;
    TimelineSelection m_selection;
    qint64 m_current = 0; ///< see keyOf()
    int m_currentPart = -1;
    bool m_showCurrent = false; ///< moved by keyboard, so its frame is drawn
    bool m_settlePending = false;
    bool m_updatingBar = false;

    qint64 m_hovered = 0;
    int m_hoveredPart = -1;
    int m_hoveredSeam = -1; ///< index
    bool m_pressed = false;
    bool m_dragged = false;
    QPoint m_pressPoint;
    Spot m_pressSpot;
    QPoint m_dragPoint;
    QBasicTimer m_autoScroll; ///< runs while a selection is pulled beyond the edge
    QBasicTimer m_glide; ///< runs while a turn of the wheel is played
    qreal m_glideLeft = 0;

    std::optional<TimelinePlace> m_landing; ///< where to be as soon as its rows are here
    bool m_backPossible = false;
    bool m_daysPressable = false;
    qint64 m_foundRow = 0;
    QList<TextRange> m_found;
    qint64 m_flashRow = 0;
    QElapsedTimer m_flashSince;
    QBasicTimer m_flash;
};

} // namespace Mingle
