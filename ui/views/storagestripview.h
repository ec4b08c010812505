// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectionmodel.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace Mingle {

/// Says that what comes in cannot be stored, why, and what to do; the technical text one click away. Hidden when all is
/// well.
class StorageStripView final : public QWidget
{
    Q_OBJECT
public:
    /// model must outlive the view.
    explicit StorageStripView(ConnectionModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    void retryWanted();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void follow();
    void restyle();
    void showAction();

    ConnectionModel &m_model;
    QBoxLayout *m_row;
    QLabel *m_happened;
    QLabel *m_advice;
    QLabel *m_technical;
    QPushButton *m_details;
    QPushButton *m_action;
    bool m_trying = false;
};

} // namespace Mingle
