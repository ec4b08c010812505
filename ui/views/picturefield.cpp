// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/picturefield.h"

#include "core/futures.h"
#include "widgets/avatarpictures.h"
#include "widgets/theme.h"

#include <QBuffer>
#include <QFile>
#include <QFileDialog>
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

QImage pictureFrom(const QByteArray &bytes)
{
    return squareImage(bytes, edge);
}

PictureField::PictureField(const AvatarLook &look, QWidget *parent, int units)
    : QWidget(parent)
    , m_look(look)
    , m_label(new AvatarLabel(units, this))
    , m_choose(new QPushButton(tr("Choose…"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    m_label->setLook(look);
    m_label->setFixedSize(m_label->sizeHint()); // where there is little room it shall not become an egg
    setFocusProxy(m_choose);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space(font(), 4));
    line->addWidget(m_label);
    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {m_choose, m_remove}) {
        button->setAutoDefault(false);
        button->setMinimumHeight(button->sizeHint().height());
        buttons->addWidget(button);
    }
    buttons->addStretch();
    line->addLayout(buttons);
    line->addStretch();
    m_choose->setAccessibleName(tr("Choose a picture"));
    m_remove->setAccessibleName(tr("Remove the picture"));
    m_remove->setEnabled(false);
    connect(m_choose, &QPushButton::clicked, this, &PictureField::ask);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_chosen = {};
        m_changed = true;
        m_remove->setEnabled(false);
        show({});
        m_choose->setFocus();
    });
}

void PictureField::setLook(const AvatarLook &look)
{
    m_look = look;
    show(m_shown);
}

void PictureField::setCurrent(const QImage &image)
{
    if (m_changed) return;
    show(image);
    m_remove->setEnabled(true);
}

void PictureField::ask()
{
    auto *files = new QFileDialog(this, tr("Choose a picture"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilter(tr("Pictures (%1)").arg(QStringLiteral("*.png *.jpg *.jpeg *.webp *.gif")));
    connect(files, &QFileDialog::fileSelected, this, &PictureField::choose);
    files->open();
}

void PictureField::choose(const QString &file)
{
    auto promise = std::make_shared<QPromise<Result<AvatarUpload>>>();
    promise->start();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, file] {
        promise->addResult(readPicture(file));
        promise->finish();
    });
    whenDone(future, this, [this](const Result<AvatarUpload> &made) { take(made); });
}

void PictureField::take(const Result<AvatarUpload> &made)
{
    if (!made) {
        const bool large = made.error().kind == Error::Kind::TooLarge;
        const bool unreadable = made.error().kind == Error::Kind::Storage;
        Q_EMIT failed(large        ? tr("This file is too large for a picture.")
                      : unreadable ? tr("This file cannot be read.")
                                   : tr("This is not a picture that can be used. Choose a PNG, JPEG, WebP or "
                                        "GIF file."));
        return;
    }
    m_chosen = *made;
    m_changed = true;
    m_remove->setEnabled(true);
    show(QImage::fromData(made->data));
    Q_EMIT chosenAnew();
}

void PictureField::show(const QImage &image)
{
    m_shown = image;
    const int pixels = qRound(m_label->sizeHint().width() * devicePixelRatio());
    AvatarLook look = m_look;
    if (!image.isNull()) look.picture = QPixmap::fromImage(cutToShape(image, pixels, look.shape));
    m_label->setLook(look);
}

} // namespace Mingle
