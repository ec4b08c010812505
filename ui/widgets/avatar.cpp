// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/avatar.h"

#include "widgets/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextBoundaryFinder>

namespace Mingle {

namespace {

constexpr int maxMarks = 4;    ///< more combining marks than this on one letter is no language but mischief
constexpr int maxCluster = 24; ///< UTF-16 units; a family emoji with skin tones has 19

bool isMark(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

/// Controls, bidi controls and other invisible characters, but not the joiners that emoji and scripts need.
bool isInvisible(char32_t c)
{
    if (c == 0x200d || c == 0x200c || (c >= 0xe0020 && c <= 0xe007f)) return false;
    const auto category = QChar::category(c);
    return category == QChar::Other_Control || category == QChar::Other_Format
           || category == QChar::Separator_Line || category == QChar::Separator_Paragraph
           || category == QChar::Other_Surrogate;
}

} // namespace

QString singleLine(const QString &text, int limit)
{
    QString result;
    int marks = 0;
    bool space = false;
    const auto source = QStringView(text).left(qsizetype(limit) * 8);
    for (qsizetype i = 0; i < source.size(); ++i) {
        char32_t c = source.at(i).unicode();
        if (source.at(i).isHighSurrogate() && i + 1 < source.size() && source.at(i + 1).isLowSurrogate()) {
            c = QChar::surrogateToUcs4(source.at(i), source.at(i + 1));
            ++i;
        }
        if (QChar::isSpace(c)) {
            space = true;
            continue;
        }
        if (isInvisible(c)) continue;
        marks = isMark(c) ? marks + 1 : 0;
        if (marks > maxMarks) continue;
        if (result.size() + 3 > limit) break;
        if (space && !result.isEmpty()) result += u' ';
        space = false;
        result += QChar::fromUcs4(c);
    }
    return result;
}

QString colourKey(const Jid &address, const QString &key, const QString &nick)
{
    if (!address.isEmpty()) return address.bare().toString();
    return nick.isEmpty() ? key : nick;
}

QString isolated(const QString &line)
{
    return QChar(0x2068) + line + QChar(0x2069); // FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE
}

QString avatarLetter(const QString &name)
{
    const QString clean = singleLine(name, 200);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, clean);
    QString first;
    qsizetype from = 0;
    for (qsizetype to = finder.toNextBoundary(); to > 0; from = to, to = finder.toNextBoundary()) {
        const QString cluster = clean.mid(from, to - from);
        if (cluster.trimmed().isEmpty() || cluster.size() > maxCluster) continue;
        const auto start = QStringView(cluster).toUcs4().value(0);
        if (QChar::isLetterOrNumber(start)) return cluster.toUpper();
        const auto category = QChar::category(start);
        if (category == QChar::Symbol_Other || category == QChar::Other_NotAssigned) return cluster;
        if (first.isEmpty() && !isMark(start)) first = cluster;
    }
    return first;
}

void addAvatarShape(QPainterPath *path, const QRectF &rect, AvatarShape shape)
{
    if (shape == AvatarShape::Person) return path->addEllipse(rect);
    const qreal radius = rect.width() * 0.26;
    path->addRoundedRect(rect, radius, radius);
}

void paintAvatar(QPainter *painter, const QRectF &rect, const AvatarLook &look)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (look.dimmed) painter->setOpacity(painter->opacity() * 0.55);
    if (!look.picture.isNull()) {
        painter->drawPixmap(rect, look.picture, look.picture.rect());
        painter->restore();
        return;
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(personFill(look.colourKey));
    QPainterPath shape;
    addAvatarShape(&shape, rect, look.shape);
    painter->drawPath(shape);

    QString letter = avatarLetter(look.name);
    if (letter.isEmpty())
        letter = look.shape == AvatarShape::Room ? QStringLiteral("#") : QStringLiteral("?");
    QFont font = painter->font();
    font.setPixelSize(std::max(6, qRound(rect.height() * 0.46)));
    font.setWeight(QFont::DemiBold);
    // A cluster may be wider than it is high (some scripts, stacked emoji): shrink it until it fits.
    const qreal wide = QFontMetricsF(font).horizontalAdvance(letter);
    if (wide > rect.width() * 0.8) {
        font.setPixelSize(std::max(4, qRound(font.pixelSize() * rect.width() * 0.8 / wide)));
    }
    painter->setFont(font);
    painter->setPen(Qt::white);
    painter->setClipPath(shape, Qt::IntersectClip);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, letter);
    painter->restore();
}

AvatarLabel::AvatarLabel(int steps, QWidget *parent)
    : QWidget(parent)
    , m_steps(steps)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void AvatarLabel::setLook(const AvatarLook &look)
{
    m_look = look;
    setAccessibleName(singleLine(look.name));
    update();
}

QSize AvatarLabel::sizeHint() const
{
    const int edge = space(font(), m_steps);
    return {edge, edge};
}

void AvatarLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintAvatar(&painter, QRectF(rect()), m_look);
}

} // namespace Mingle
