// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/picturedialog.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "widgets/avatarpictures.h"
#include "widgets/theme.h"

#include <QBuffer>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QThreadPool>

namespace Mingle {

namespace {
constexpr int edge = 256; ///< pixels; what others show is smaller
constexpr qsizetype maxFile = 32 * 1024 * 1024;
constexpr qsizetype smallEnough = 60 * 1024; ///< bytes of a PNG; photos are smaller as JPEG

AvatarUpload encoded(const QImage &image)
{
    AvatarUpload made{{}, QStringLiteral("image/png"), image.width(), image.height()};
    QBuffer buffer(&made.data);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    if (made.data.size() <= smallEnough || image.hasAlphaChannel()) return made;
    AvatarUpload photo{{}, QStringLiteral("image/jpeg"), image.width(), image.height()};
    QBuffer other(&photo.data);
    other.open(QIODevice::WriteOnly);
    return image.save(&other, "JPEG", 88) ? photo : made;
}

Result<AvatarUpload> readPicture(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Storage, QStringLiteral("unreadable"), file.errorString()};
    if (file.size() > maxFile) return Error{Error::Kind::TooLarge, {}, {}};
    const QImage image = squareImage(file.readAll(), edge);
    if (image.isNull()) return Error{Error::Kind::InvalidInput, QStringLiteral("no-picture"), {}};
    return encoded(image);
}
} // namespace

PictureDialog::PictureDialog(const QString &title, const Picture &picture, QWidget *parent)
    : FormDialog(title, tr("Set"), parent)
    , m_picture(picture)
    , m_label(new AvatarLabel(32, this))
{
    m_label->setLook(picture.look);
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space(font(), 4));
    line->addWidget(m_label);
    auto *buttons = new QVBoxLayout;
    auto *choose = new QPushButton(tr("Choose…"), row);
    m_remove = new QPushButton(tr("Remove"), row);
    for (QPushButton *button : {choose, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    line->addLayout(buttons);
    line->addStretch();
    addBelow(row);
    m_remove->setEnabled(!picture.now);
    connect(choose, &QPushButton::clicked, this, &PictureDialog::ask);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_chosen = {};
        m_changed = true;
        m_remove->setEnabled(false);
        m_label->setLook(m_picture.look);
    });
    choose->setFocus();
    if (!picture.now) return;
    auto now = picture.now().then(QThreadPool::globalInstance(),
                                  [](const Result<QByteArray> &bytes) -> Result<QImage> {
                                      if (!bytes) return bytes.error();
                                      return squareImage(*bytes, edge);
                                  });
    whenDone(now, this, [this](const Result<QImage> &image) {
        if (m_changed || !image || image->isNull()) return;
        show(*image);
        m_remove->setEnabled(true);
    });
}

void PictureDialog::ask()
{
    auto *files = new QFileDialog(this, tr("Choose a picture"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilter(tr("Pictures (%1)").arg(QStringLiteral("*.png *.jpg *.jpeg *.webp *.gif")));
    connect(files, &QFileDialog::fileSelected, this, &PictureDialog::choose);
    files->open();
}

void PictureDialog::choose(const QString &file)
{
    clearError();
    auto promise = std::make_shared<QPromise<Result<AvatarUpload>>>();
    promise->start();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, file] {
        promise->addResult(readPicture(file));
        promise->finish();
    });
    whenDone(future, this, [this](const Result<AvatarUpload> &made) { take(made); });
}

void PictureDialog::take(const Result<AvatarUpload> &made)
{
    if (!made) {
        const bool large = made.error().kind == Error::Kind::TooLarge;
        const bool unreadable = made.error().kind == Error::Kind::Storage;
        return complain(
            m_label, large        ? tr("This file is too large for a picture.")
                     : unreadable ? tr("This file cannot be read.")
                                  : tr("This is not a picture that can be used. Choose a PNG, JPEG, WebP or "
                                       "GIF file."));
    }
    m_chosen = *made;
    m_changed = true;
    m_remove->setEnabled(true);
    show(QImage::fromData(made->data));
}

void PictureDialog::show(const QImage &image)
{
    const int pixels = qRound(m_label->sizeHint().width() * devicePixelRatio());
    AvatarLook look = m_picture.look;
    look.picture = QPixmap::fromImage(cutToShape(image, pixels, look.shape));
    m_label->setLook(look);
}

void PictureDialog::submit()
{
    clearError();
    if (!m_changed) return accept();
    setBusy(tr("Setting the picture…"));
    whenDone(m_picture.set(m_chosen), this, [this](const Outcome &outcome) {
        if (!outcome) return fail(outcome.error(), Attempt::Alter);
        accept();
    });
}

} // namespace Mingle
