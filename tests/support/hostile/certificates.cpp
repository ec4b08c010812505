// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/certificates.h"

#include <QFile>
#include <QProcess>

namespace Mingle::Hostile {

namespace {
QString name(Certificate kind)
{
    switch (kind) {
    case Certificate::Good:
        return QStringLiteral("server");
    case Certificate::Expired:
        return QStringLiteral("expired");
    case Certificate::SelfSigned:
        return QStringLiteral("selfsigned");
    case Certificate::WrongName:
        return QStringLiteral("wrongname");
    }
    return {};
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

Certificates::Certificates()
{
    QProcess make;
    make.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    make.start(QStringLiteral("bash"), {QStringLiteral(MINGLE_MAKE_CERTIFICATES), m_dir.path()});
    if (!make.waitForFinished() || make.exitCode() != 0) qFatal("cannot make certificates");
}

QString Certificates::caFile() const
{
    return m_dir.filePath(QStringLiteral("ca.pem"));
}

QSslCertificate Certificates::certificate(Certificate kind) const
{
    return QSslCertificate(contents(m_dir.filePath(name(kind) + QStringLiteral(".crt"))));
}

QSslKey Certificates::key(Certificate kind) const
{
    return QSslKey(contents(m_dir.filePath(name(kind) + QStringLiteral(".key"))), QSsl::Ec);
}

} // namespace Mingle::Hostile
