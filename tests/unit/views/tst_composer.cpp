// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/composermodel.h"
#include "unit/models/historyfake.h"
#include "views/composer.h"
#include "widgets/composeredit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

namespace {

class WatchedModel final : public ComposerModel
{
public:
    explicit WatchedModel(LocalHistory &history)
        : ComposerModel(history, nullptr)
    {}
    QStringList bodies;
    QList<std::pair<ChatId, QString>> drafts;
    Result<qint64> answer{qint64(1)};
    QStringList order; ///< what was asked for first

protected:
    QFuture<Result<qint64>> askSend(const ChatId &, const QString &body) override
    {
        bodies.append(body);
        order.append(u"send"_s);
        return answered(answer);
    }
    void store(const ChatId &chat, const QString &text) override
    {
        drafts.append({chat, text});
        order.append(u"draft"_s);
    }
};

} // namespace

class TestComposer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void entersAndBreaksLines();
    void refusesNothing();
    void grows();
    void keepsTextOnFailure();
    void failureElsewhereBecomesADraft();
    void drafts();
    void lateDraftDoesNotOverwrite();
    void readOnly();
    void pastesPlainText();
    void inputMethodKeepsItsEnter();
    void isNamed();

private:
    std::unique_ptr<HistoryFake> m_history;
    std::unique_ptr<WatchedModel> m_model;
    std::unique_ptr<Composer> m_composer;
};

void TestComposer::init()
{
    m_history = std::make_unique<HistoryFake>();
    m_model = std::make_unique<WatchedModel>(*m_history);
    m_composer = std::make_unique<Composer>();
    m_composer->setModel(m_model.get());
    m_composer->resize(500, 100);
    m_composer->show();
    m_model->setChat(room());
    QTest::qWait(10);
}

void TestComposer::cleanup()
{
    m_composer.reset();
    m_model.reset();
}

void TestComposer::entersAndBreaksLines()
{
    ComposerEdit *edit = m_composer->edit();
    QTest::keyClicks(edit, u" one"_s);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(edit, u"two  "_s);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(m_composer->text(), u" one\ntwo  \n"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_model->bodies, (QStringList{u" one\ntwo"_s}));
    QVERIFY(m_composer->text().isEmpty());
    // The message is committed before its draft is forgotten.
    QCOMPARE(m_model->order.constFirst(), u"send"_s);
    QTest::keyClicks(edit, u"three"_s);
    m_composer->sendButton()->click();
    QCOMPARE(m_model->bodies.size(), 2);
}

void TestComposer::refusesNothing()
{
    QVERIFY(!m_composer->sendButton()->isEnabled());
    QTest::keyClick(m_composer->edit(), Qt::Key_Return);
    m_composer->insertText(u"  \n \n"_s);
    QVERIFY(!m_composer->sendButton()->isEnabled());
    QTest::keyClick(m_composer->edit(), Qt::Key_Return);
    QVERIFY(m_model->bodies.isEmpty());
}

void TestComposer::grows()
{
    ComposerEdit *edit = m_composer->edit();
    const int one = edit->sizeHint().height();
    m_composer->insertText(u"a\nb\nc"_s);
    const int three = edit->sizeHint().height();
    QVERIFY(three > one * 2);
    m_composer->insertText(u"\nx"_s.repeated(50));
    const int many = edit->sizeHint().height();
    QVERIFY(many > three && many < one * 9);
    edit->replaceText({});
    QCOMPARE(edit->sizeHint().height(), one);
    // 60 KB in one go, and in one line.
    QGuiApplication::clipboard()->setText(QString(60'000, u'x'));
    edit->paste();
    QVERIFY(edit->sizeHint().height() <= many);
    QCOMPARE(m_composer->text().size(), 60'000);
}

void TestComposer::keepsTextOnFailure()
{
    m_model->answer = Error{Error::Kind::Storage, {}, u"disk full"_s};
    m_composer->insertText(u"precious"_s);
    m_composer->submit();
    QTRY_COMPARE(m_composer->text(), u"precious"_s);
    QVERIFY(!m_composer->notice().isEmpty());
    m_model->answer = qint64(2);
    m_composer->submit();
    QTest::qWait(10);
    QVERIFY(m_composer->text().isEmpty());
    QVERIFY(m_composer->notice().isEmpty());
}

void TestComposer::failureElsewhereBecomesADraft()
{
    class Slow final : public ComposerModel
    {
    public:
        using ComposerModel::ComposerModel;
        QPromise<Result<qint64>> promise;
        QList<std::pair<ChatId, QString>> drafts;

    protected:
        QFuture<Result<qint64>> askSend(const ChatId &, const QString &) override
        {
            promise.start();
            return promise.future();
        }
        void store(const ChatId &chat, const QString &text) override { drafts.append({chat, text}); }
    } model(*m_history, nullptr);
    m_composer->setModel(&model);
    model.setChat(room());
    m_composer->insertText(u"precious"_s);
    m_composer->submit();
    model.setChat(room(u"other"_s));
    model.promise.addResult(Result<qint64>(Error::Kind::Storage));
    model.promise.finish();
    QTest::qWait(10);
    QVERIFY(m_composer->text().isEmpty());
    QCOMPARE(model.drafts.constLast(), (std::pair(room(), u"precious"_s)));
    m_composer->setModel(nullptr);
}

void TestComposer::drafts()
{
    m_composer->insertText(u"half a th"_s);
    QVERIFY(m_model->drafts.isEmpty()); // not at each key
    m_history->storedDraft = u"the other's draft"_s;
    m_model->setChat(room(u"other"_s));
    QCOMPARE(m_model->drafts, (QList<std::pair<ChatId, QString>>{{room(), u"half a th"_s}}));
    QTRY_COMPARE(m_composer->text(), u"the other's draft"_s);
    m_composer->insertText(u"!"_s);
    QTRY_COMPARE(m_model->drafts.size(), 2);
    QCOMPARE(m_model->drafts.constLast(), (std::pair(room(u"other"_s), u"the other's draft!"_s)));
    m_history->storedDraft.clear();
    m_model->setChat(room());
    QTest::qWait(10);
    QVERIFY(m_composer->text().isEmpty());
    QCOMPARE(m_model->drafts.size(), 2); // nothing was written there
}

void TestComposer::lateDraftDoesNotOverwrite()
{
    m_history->storedDraft = u"old"_s;
    m_model->setChat(room(u"other"_s));
    m_composer->edit()->replaceText(u"typed at once"_s);
    QTest::qWait(20);
    QVERIFY(m_composer->text() == u"typed at once"_s || m_composer->text().isEmpty() == false);
    QVERIFY(m_composer->text().contains(u"typed at once"_s));
}

void TestComposer::readOnly()
{
    m_composer->insertText(u"kept"_s);
    m_composer->setSendingPossible(false, u"<b>You may not write here.</b>"_s);
    QCOMPARE(m_composer->notice(), u"<b>You may not write here.</b>"_s);
    QVERIFY(!m_composer->edit()->isEnabled());
    QVERIFY(!m_composer->sendButton()->isEnabled());
    m_composer->submit();
    QVERIFY(m_model->bodies.isEmpty());
    QCOMPARE(m_composer->text(), u"kept"_s);
    m_composer->setSendingPossible(true);
    QVERIFY(m_composer->notice().isEmpty());
    QVERIFY(m_composer->sendButton()->isEnabled());
}

void TestComposer::pastesPlainText()
{
    auto *mime = new QMimeData;
    mime->setHtml(u"<b>bold</b><img src=file:///etc/passwd>"_s);
    mime->setText(u"bold\r\ntext\rhere"_s);
    QGuiApplication::clipboard()->setMimeData(mime);
    m_composer->edit()->paste();
    QCOMPARE(m_composer->text(), u"bold\ntext\nhere"_s);
}

void TestComposer::inputMethodKeepsItsEnter()
{
    ComposerEdit *edit = m_composer->edit();
    QInputMethodEvent composing(u"か"_s, {});
    QCoreApplication::sendEvent(edit, &composing);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(m_model->bodies.isEmpty());
    QInputMethodEvent done;
    done.setCommitString(u"可"_s);
    QCoreApplication::sendEvent(edit, &done);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_model->bodies, (QStringList{u"可"_s}));
}

void TestComposer::isNamed()
{
    m_composer->setChatName(u"#design\u202e\nx"_s);
    QVERIFY(m_composer->edit()->placeholderText().contains(u"#design x"_s));
    QCOMPARE(m_composer->edit()->accessibleName(), m_composer->edit()->placeholderText());
    QVERIFY(!m_composer->sendButton()->accessibleName().isEmpty());
}

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
