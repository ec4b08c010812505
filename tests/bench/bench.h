// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace Mingle::Bench {

/// One line of output: {"name": ..., "value": ..., "unit": ..., "goal": ..., "conditions": ...}.
struct Figure {
    QString name;
    double value = 0;
    QString unit;
    double goal = 0; ///< what we mean to reach; none if negative
    QString conditions;
};
void print(const Figure &figure);
/// A figure that could not be taken; says why on standard error.
void giveUp(const QString &name, const QString &why);

/// Measures that share a set-up; runs once if any of its names is wanted.
struct Group {
    QStringList names;
    std::function<void()> run;
};
QList<Group> startFigures();
QList<Group> liveFigures();
QList<Group> faultFigures();
QList<Group> crashFigures();
QList<Group> catchUpFigures();
QList<Group> loginFigures();
/// What `crash` kills; see crashwriter.cpp.
int writeUntilKilled(const QStringList &arguments);
QList<Group> searchFigures();
QList<Group> roomFigures();
QList<Group> windowFigures();
/// What the window figures start on a display of their own; makes its own application.
int driveWindow(int argc, char **argv);

double median(QList<double> values);
QString machine(); ///< "2 cores, Xvfb", for conditions

} // namespace Mingle::Bench
