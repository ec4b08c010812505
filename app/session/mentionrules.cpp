// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/mentionrules.h"

#include <algorithm>

namespace Mingle {

namespace {
bool isWordCharacter(QStringView text, qsizetype at)
{
    return at >= 0 && at < text.size() && (text.at(at).isLetterOrNumber() || text.at(at).isMark());
}

bool hasWord(QStringView text, QStringView word)
{
    if (word.size() < 2) return false; // a nick of one letter would match everywhere
    for (qsizetype at = 0; (at = text.indexOf(word, at, Qt::CaseInsensitive)) >= 0; ++at) {
        const bool beginsInWord = isWordCharacter(word, 0) && isWordCharacter(text, at - 1);
        const bool endsInWord =
            isWordCharacter(word, word.size() - 1) && isWordCharacter(text, at + word.size());
        if (!beginsInWord && !endsInWord) return true;
    }
    return false;
}
} // namespace

bool speaksToMe(const IncomingMessage &message, const Myself &me)
{
    if (message.author.isMe || message.kind == ChatKind::Person) return false;
    const bool mentioned = std::ranges::any_of(message.mentions, [&me](const Mention &mention) {
        return mention.isMe || (!mention.address.isEmpty() && mention.address == me.address);
    });
    return mentioned || hasWord(message.body, me.nick);
}

} // namespace Mingle
