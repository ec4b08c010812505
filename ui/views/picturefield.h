// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/avatar.h"
#include "core/result.h"
#include "widgets/avatar.h"

#include <QWidget>

class QPushButton;

namespace Mingle {

/// A picture of somebody or of a room, to be chosen from a file. It is made square and small off the UI thread.
class PictureField final : public QWidget
{
    Q_OBJECT
public:
    /// look: without a picture. units: how large, as of AvatarLabel.
    explicit PictureField(const AvatarLook &look, QWidget *parent = nullptr, int units = 32);

    void setLook(const AvatarLook &look);
    /// What there is now; what was chosen meanwhile stays.
    void setCurrent(const QImage &image);
    /// Shows what is in the file, or says why it cannot.
    void choose(const QString &file);

    bool isChanged() const { return m_changed; }
    /// Empty data: none.
    const AvatarUpload &chosen() const { return m_chosen; }

Q_SIGNALS:
    /// Something was chosen that is no picture: in words.
    void failed(const QString &text);
    void chosenAnew();

private:
    void ask();
    void show(const QImage &image);
    void take(const Result<AvatarUpload> &made);

    AvatarLook m_look;
    QImage m_shown;
    AvatarLabel *m_label;
    QPushButton *m_choose;
    QPushButton *m_remove;
    AvatarUpload m_chosen;
    bool m_changed = false;
};

/// In the size others show at most; null if it is none that can be used. Any thread.
QImage pictureFrom(const QByteArray &bytes);

} // namespace Mingle
