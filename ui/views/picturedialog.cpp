// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/picturedialog.h"

#include "core/futures.h"
#include "views/picturefield.h"

#include <QThreadPool>

namespace Mingle {

PictureDialog::PictureDialog(const QString &title, const Picture &picture, QWidget *parent)
    : FormDialog(title, tr("Set"), parent)
    , m_picture(picture)
    , m_field(new PictureField(picture.look, this))
{
    addBelow(m_field);
    connect(m_field, &PictureField::failed, this, [this](const QString &text) { complain(m_field, text); });
    connect(m_field, &PictureField::chosenAnew, this, &PictureDialog::clearError);
    m_field->setFocus();
    if (!picture.now) return;
    auto now = picture.now().then(QThreadPool::globalInstance(),
                                  [](const Result<QByteArray> &bytes) -> Result<QImage> {
                                      if (!bytes) return bytes.error();
                                      return pictureFrom(*bytes);
                                  });
    whenDone(now, this, [this](const Result<QImage> &image) {
        if (image && !image->isNull()) m_field->setCurrent(*image);
    });
}

void PictureDialog::choose(const QString &file)
{
    clearError();
    m_field->choose(file);
}

void PictureDialog::submit()
{
    clearError();
    if (!m_field->isChanged()) return accept();
    setBusy(tr("Setting the picture…"));
    whenDone(m_picture.set(m_field->chosen()), this, [this](const Outcome &outcome) {
        if (!outcome) return fail(outcome.error(), Attempt::Alter);
        accept();
    });
}

} // namespace Mingle
