// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectiondialog.h"

#include "models/connectionmodel.h"
#include "views/connectwords.h"
#include "views/errorview.h"
#include "views/formdialog.h"
#include "widgets/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

namespace Mingle {

namespace {

/// Wraps between the parts only.
QString unbroken(QString cost)
{
    return cost.replace(u' ', QChar::Nbsp).replace(QStringLiteral("·\u00a0"), QStringLiteral("· "));
}

enum Role { HowRole = Qt::UserRole + 1, WhenRole, CostRole, EndRole, BeganRole, LiveRole, FailedRole };

constexpr int wrapped = Qt::TextWordWrap | Qt::AlignTop;

/// Three texts one below the other: how and when, what it took, how it ended. In a narrow window they wrap.
class ConnectDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    struct Layout {
        QFont strong, small;
        QRect how, when, cost, end; ///< left to right
    };
    static Layout layOut(const QStyleOptionViewItem &option, const QModelIndex &index, const QRect &row);
};

ConnectDelegate::Layout ConnectDelegate::layOut(const QStyleOptionViewItem &option, const QModelIndex &index,
                                                const QRect &row)
{
    const int margin = space(option.font, 3);
    const QRect inner = row.adjusted(margin, margin - 2, -margin, 0);
    const auto text = [&index](int role) { return index.data(role).toString(); };
    const auto box = [&](const QFont &font, int width, int top, const QString &words) {
        const QRect room(inner.left(), top, width, 10'000);
        const int height = QFontMetrics(font).boundingRect(room, wrapped, words).height();
        return QRect(room.topLeft(), QSize(width, height));
    };
    Layout result;
    result.strong = sized(option.font, TextSize::Normal, QFont::DemiBold);
    result.small = sized(option.font, TextSize::Small);
    const int gap = space(option.font, 1) / 2;
    const int whenWidth = QFontMetrics(result.small).horizontalAdvance(text(WhenRole)) + 2;
    result.how =
        box(result.strong, std::max(1, inner.width() - whenWidth - margin), inner.top(), text(HowRole));
    // On one base line with what it belongs to.
    const int drop = QFontMetrics(result.strong).ascent() - QFontMetrics(result.small).ascent();
    result.when = QRect(inner.right() + 1 - whenWidth, inner.top() + drop, whenWidth,
                        QFontMetrics(result.small).height());
    result.end = box(option.font, inner.width(), result.how.bottom() + 1 + gap, text(EndRole));
    result.cost = box(result.small, inner.width(), result.end.bottom() + 1 + gap, text(CostRole));
    return result;
}

QSize ConnectDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // The same with and without a scroll bar: its coming must not make the rows ask for another height.
    const auto *list = qobject_cast<const QListView *>(option.widget);
    int width = space(option.font, 90);
    if (list)
        width =
            list->width() - 2 * list->frameWidth() - list->style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const Layout layout = layOut(option, index, QRect(0, 0, width, 0));
    return {space(option.font, 30), layout.cost.bottom() + 1 + space(option.font, 3) - 2};
}

void ConnectDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme theme(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.selection);
        painter->drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), space(option.font, 2),
                                 space(option.font, 2));
    }
    const Layout layout = layOut(option, index, option.rect);
    const auto draw = [&](const QRect &box, const QFont &font, const QColor &colour, int role) {
        painter->setFont(font);
        painter->setPen(selected ? theme.onSelection : colour);
        painter->drawText(QStyle::visualRect(option.direction, option.rect, box),
                          wrapped | int(QStyle::visualAlignment(option.direction, Qt::AlignLeft)),
                          index.data(role).toString());
    };
    const bool failed = index.data(FailedRole).toBool();
    draw(layout.how, layout.strong, theme.text, HowRole);
    draw(layout.when, layout.small, theme.muted, WhenRole);
    draw(layout.end, option.font,
         failed                          ? theme.danger
         : index.data(LiveRole).toBool() ? theme.success
                                         : theme.text,
         EndRole);
    draw(layout.cost, layout.small, theme.muted, CostRole);
    painter->restore();
}

} // namespace

ConnectionDialog::ConnectionDialog(const ConnectionModel &model, const Jid &account, QWidget *parent)
    : QDialog(parent)
    , m_model(model)
    , m_account(account)
    , m_rows(new QStandardItemModel(this))
    , m_list(new QListView(this))
    , m_nothing(plainLabel(tr("Not connected yet since Mingle was started."), this))
    , m_explanation(plainLabel(
          tr("A token stands in for the password. A round trip is one wait for the server. What is sent "
             "and received is counted until Mingle is connected, without what encryption adds."),
          this))
{
    setWindowTitle(tr("Connection"));
    const int gap = space(font(), 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap + gap / 2, gap + gap / 2, gap + gap / 2, gap + gap / 2);
    column->setSpacing(gap);
    QLabel *headline = plainLabel(tr("Recent connections of %1").arg(account.toString()), this);
    headline->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    m_list->setModel(m_rows);
    m_list->setItemDelegate(new ConnectDelegate(m_list));
    m_list->setAccessibleName(tr("Recent connections, newest first"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust); // narrower rows are higher
    m_nothing->setAlignment(Qt::AlignCenter);
    m_explanation->setFont(sized(font(), TextSize::Small));

    auto *buttons = closeBox(this);
    m_copy = buttons->addButton(tr("Copy for a bug report"), QDialogButtonBox::ActionRole);
    connect(m_copy, &QPushButton::clicked, this, &ConnectionDialog::copy);
    for (QPushButton *button : buttons->findChildren<QPushButton *>())
        button->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);

    column->addWidget(headline);
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing, 1);
    column->addWidget(m_explanation);
    column->addWidget(buttons);
    setMinimumWidth(space(font(), 80));
    resize(std::min(space(font(), 140), parent ? parent->width() - 20 : space(font(), 140)),
           space(font(), 120));
    connect(&m_model, &ConnectionModel::reportsChanged, this, [this](const Jid &changed) {
        if (changed == m_account) fill();
    });
    fill();
    (m_rows->rowCount() > 0 ? static_cast<QWidget *>(m_list) : buttons->button(QDialogButtonBox::Close))
        ->setFocus();
}

void ConnectionDialog::fill()
{
    // What was chosen stays so; but on the newest it stays on the newest.
    const QModelIndex current = m_list->currentIndex();
    const QDateTime chosen = current.row() > 0 ? current.data(BeganRole).toDateTime() : QDateTime();
    const QDateTime now = QDateTime::currentDateTime();
    const auto reports = m_model.reports(m_account);
    m_rows->clear();
    for (const ConnectReport &report : reports) {
        const ConnectWords words = connectWords(report, now);
        auto *row = new QStandardItem(words.spoken());
        row->setData(words.how, HowRole);
        row->setData(words.when, WhenRole);
        row->setData(unbroken(words.cost), CostRole);
        row->setData(words.end, EndRole);
        row->setData(report.began, BeganRole);
        row->setData(report.isLive(), LiveRole);
        row->setData(!report.wasLive() && report.ended, FailedRole);
        m_rows->appendRow(row);
        if (chosen.isValid() && report.began == chosen) m_list->setCurrentIndex(row->index());
    }
    const bool some = !reports.isEmpty();
    if (some && !m_list->currentIndex().isValid()) m_list->setCurrentIndex(m_rows->index(0, 0));
    m_list->setVisible(some);
    m_explanation->setVisible(some);
    m_nothing->setVisible(!some);
    m_copy->setEnabled(some);
}

void ConnectionDialog::copy()
{
    QGuiApplication::clipboard()->setText(connectReportText(m_model.reports(m_account)));
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(std::chrono::seconds(2), m_copy,
                       [this] { m_copy->setText(tr("Copy for a bug report")); });
}

} // namespace Mingle
