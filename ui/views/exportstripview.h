// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace Mingle {

/// How far an export is, below everything else: one goes on reading and writing meanwhile.
class ExportStripView final : public QWidget
{
    Q_OBJECT
public:
    explicit ExportStripView(QWidget *parent = nullptr);

    /// title: of the chat, untrusted.
    void begin(const QString &title);
    /// total 0: not known yet.
    void setProgress(qint64 done, qint64 total);
    void finish(const QString &path);
    /// reason: the system's words.
    void fail(const QString &reason);
    void dismiss();
    QString text() const;

Q_SIGNALS:
    void cancelWanted();
    void showWanted(const QString &path);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void say(const QString &text);
    void end();

    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_show;
    QPushButton *m_close;
    QString m_title;
    QString m_path;
    bool m_running = false;
    bool m_failed = false;
};

} // namespace Mingle
