// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>

#include <algorithm>

/// Pictures of people and rooms. One is known by the SHA-1 of its bytes (XEP-0084, XEP-0153): 40 lower-case hex digits.
namespace Mingle {

/// In bytes. What is larger is not fetched.
inline constexpr qsizetype maxAvatarBytes = 300 * 1024;
/// Edge in pixels. What says to be larger is not decoded.
inline constexpr int maxAvatarEdge = 4096;

inline bool isAvatarId(QStringView text)
{
    return text.size() == 40 && std::ranges::all_of(text, [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

inline QString avatarIdOf(const QByteArray &picture)
{
    return QString::fromLatin1(QCryptographicHash::hash(picture, QCryptographicHash::Sha1).toHex());
}

/// A picture to be set. Empty data: none any more.
struct AvatarUpload {
    QByteArray data;
    QString type; ///< media type
    int width = 0; ///< in pixels
    int height = 0;
};

} // namespace Mingle
