// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QCryptographicHash>

#include <array>
#include <cmath>
#include <numbers>

namespace Mingle {

namespace {

// HSLuv (hsluv.org), which XEP-0392 5.3 asks for: of all hues at one lightness none looks brighter than
// another.

struct Line {
    double slope;
    double intercept;
};

constexpr std::array<std::array<double, 3>, 3> toRgb = {{
    {3.240969941904521, -1.537383177570093, -0.498610760293},
    {-0.96924363628087, 1.87596750150772, 0.041555057407175},
    {0.055630079696993, -0.20397695888897, 1.056971514242878},
}};
constexpr double refU = 0.19783000664283;
constexpr double refV = 0.46831999493879;
constexpr double kappa = 903.2962962;
constexpr double epsilon = 0.0088564516;

/// The six lines that bound sRGB in the chroma plane at this lightness.
std::array<Line, 6> bounds(double lightness)
{
    std::array<Line, 6> result{};
    const double sub1 = std::pow(lightness + 16, 3) / 1560896;
    const double sub2 = sub1 > epsilon ? sub1 : lightness / kappa;
    size_t n = 0;
    for (const auto &[m1, m2, m3] : toRgb) {
        for (int t = 0; t < 2; ++t) {
            const double top1 = (284517 * m1 - 94839 * m3) * sub2;
            const double top2 =
                (838422 * m3 + 769860 * m2 + 731718 * m1) * lightness * sub2 - 769860 * t * lightness;
            const double bottom = (632260 * m3 - 126452 * m2) * sub2 + 126452 * t;
            result.at(n++) = {top1 / bottom, top2 / bottom};
        }
    }
    return result;
}

double maxChroma(double lightness, double hue)
{
    const double radians = hue / 180 * std::numbers::pi;
    double least = 1e9;
    for (const Line &line : bounds(lightness)) {
        const double length = line.intercept / (std::sin(radians) - line.slope * std::cos(radians));
        if (length >= 0) least = std::min(least, length);
    }
    return least;
}

double gamma(double channel)
{
    const double c = channel <= 0.0031308 ? 12.92 * channel : 1.055 * std::pow(channel, 1 / 2.4) - 0.055;
    return std::clamp(c, 0.0, 1.0);
}

QColor fromHsluv(double hue, double saturation, double lightness)
{
    const double chroma = maxChroma(lightness, hue) / 100 * saturation;
    const double radians = hue / 180 * std::numbers::pi;
    const double u = std::cos(radians) * chroma / (13 * lightness) + refU;
    const double v = std::sin(radians) * chroma / (13 * lightness) + refV;
    const double y = lightness > 8 ? std::pow((lightness + 16) / 116, 3) : lightness / kappa;
    const double x = y * 9 * u / (4 * v);
    const double z = (9 * y - 15 * v * y - v * x) / (3 * v);
    const auto channel = [&](size_t row) {
        return float(gamma(toRgb.at(row)[0] * x + toRgb.at(row)[1] * y + toRgb.at(row)[2] * z));
    };
    return QColor::fromRgbF(channel(0), channel(1), channel(2));
}

} // namespace

qreal hueAngle(QStringView key)
{
    const QByteArray hash = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha1);
    const uint value = uint(uchar(hash.at(0))) | uint(uchar(hash.at(1))) << 8;
    return value * 360.0 / 65536.0;
}

QColor personColor(QStringView key, const QPalette &palette)
{
    const Theme theme(palette);
    const QColor colour = fromHsluv(hueAngle(key), 90, theme.dark ? 70 : 45);
    const QColor &worst =
        contrast(colour, theme.base) < contrast(colour, theme.window) ? theme.base : theme.window;
    return legible(colour, worst);
}

QColor personFill(QStringView key)
{
    return fromHsluv(hueAngle(key), 75, 45);
}

} // namespace Mingle
