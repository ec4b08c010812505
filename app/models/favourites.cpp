// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/favourites.h"

namespace Mingle::Favourites {

namespace {
constexpr int step = 1 << 16;
} // namespace

bool isAbove(const Chat &a, const Chat &b)
{
    if ((a.rank == 0) != (b.rank == 0)) return b.rank == 0;
    if (a.rank != b.rank) return a.rank < b.rank;
    const QString first = a.title().toCaseFolded();
    const QString second = b.title().toCaseFolded();
    if (first != second) return first < second;
    if (a.id.address != b.id.address) return a.id.address < b.id.address;
    return a.id.account < b.id.account;
}

Ranks placed(const QList<Chat> &favourites, const ChatId &chat, qsizetype to)
{
    QList<Chat> others = favourites;
    others.removeIf([&chat](const Chat &other) { return other.id == chat; });
    to = std::clamp<qsizetype>(to, 0, others.size());
    const int above = to > 0 ? others.at(to - 1).rank : 0;
    const bool last = to == others.size();
    const bool known = to == 0 || above > 0; // all above have one, for they come first
    if (known && last && above <= maxRank - step) return {{chat, above + step}};
    const int below = last ? maxRank : others.at(to).rank;
    if (known && below - above > 1) return {{chat, above + (below - above) / 2}};
    // No room between two, or some have no number: all are counted anew.
    Ranks ranks;
    qint64 next = 0;
    const int width = int(std::min<qint64>(step, maxRank / (others.size() + 2)));
    for (qsizetype i = 0; i <= others.size(); ++i) {
        if (i == to) ranks.append({chat, int(next += width)});
        if (i == others.size()) break;
        next += width;
        if (others.at(i).rank != next) ranks.append({others.at(i).id, int(next)});
    }
    return ranks;
}

} // namespace Mingle::Favourites
