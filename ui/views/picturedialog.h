// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/avatar.h"
#include "core/result.h"
#include "views/formdialog.h"
#include "widgets/avatar.h"

#include <functional>

namespace Mingle {

class PictureField;

/// Chooses, shows and sets a picture: mine, or that of a room. It is cut to a square and made small off the UI thread
/// before it is sent.
class PictureDialog final : public FormDialog
{
    Q_OBJECT
public:
    struct Picture {
        AvatarLook look; ///< without a picture
        std::function<QFuture<Result<QByteArray>>()> now; ///< empty answer: none; no function: not asked
        std::function<QFuture<Outcome>(const AvatarUpload &)> set;
    };
    PictureDialog(const QString &title, const Picture &picture, QWidget *parent = nullptr);

    /// Shows what is in the file, or says why it cannot.
    void choose(const QString &file);

protected:
    void submit() override;

private:
    Picture m_picture;
    PictureField *m_field;
};

} // namespace Mingle
