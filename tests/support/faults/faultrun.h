// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faults/historyproof.h"
#include "support/faults/realprofile.h"
#include "support/servers/peerprocess.h"
#include "support/servers/proxyprocess.h"
#include "support/servers/throwawayserver.h"

#include <QJsonObject>
#include <QRandomGenerator>

#include <map>
#include <vector>

namespace Mingle {

struct FaultOptions {
    quint32 seed = 1;
    int cuts = 200;
    int cutsPerEpoch = 25;
    int reach = 30'000; ///< bytes from the server within which a fault comes
};

struct FaultReport {
    int cuts = 0;
    int epochs = 0;
    int archived = 0; ///< messages in all archives
    int mine = 0; ///< of these sent by Mingle
    int sentTwice = 0; ///< of these in the archive more than once under one origin-id
    int refused = 0; ///< of these ended as a visible error
    int restarts = 0;
    int rejoins = 0; ///< joining a room had failed, and nothing tried again
    int conflicts = 0; ///< ended by the server, replaced by an earlier connection of its own
    int newSessions = 0; ///< at least; streams that could not be resumed
    QJsonObject kinds; ///< how often each fault came
    Findings findings;

    void add(const FaultReport &other);
    QString summary() const;
};

/// One Mingle behind a proxy that breaks the line at random, three peers that talk with it in a MIX channel, a MUC room
/// and one to one, and after each epoch the proof that its history is the archive's. Waiting runs the event loop.
class FaultRun
{
public:
    explicit FaultRun(const FaultOptions &options);
    ~FaultRun();

    /// Empty: the little world stands.
    const QString &failure() const { return m_failure; }
    const FaultReport &run();

private:
    struct Place {
        Jid address;
        ChatKind kind;
    };
    /// A state of one archive's copy in the middle of the faults, to be proven when the archive can be read.
    struct Snapshot {
        Jid archive;
        LocalCopy local;
    };

    QString setUp();
    void epoch(bool last);
    void step();
    void keepOnline();
    void restart();
    void peersSay(int count);
    void sayMine();
    void scrollUp();
    void settle();
    bool readArchives(PeerProcess &reader);
    void prove();
    void closeSeams();
    void proveMine();
    bool isSettled() const;
    QList<Message> unsettled() const;
    LocalCopy local(const Jid &archive) const;
    void follow();
    void remember(const QString &event);
    void note(const QString &what) { m_report.findings.add(&m_report.findings.others, what); }
    int chance() { return int(m_random.bounded(1000)); }

    const FaultOptions m_options;
    QRandomGenerator m_random;
    ThrowawayServer m_server;
    ProxyProcess m_proxy;
    const Jid m_me;
    RealProfile m_profile;
    std::vector<std::unique_ptr<PeerProcess>> m_peers;
    QList<Place> m_places;
    std::map<Jid, ArchiveCopy> m_archives;
    QList<Snapshot> m_snapshots;
    struct Said {
        ChatId chat;
        QString body;
        QFuture<Result<qint64>> stored;
    };
    QList<Said> m_said;
    QStringList m_events; ///< the last ones, told when something does not settle
    QObject m_context;
    QString m_failure;
    FaultReport m_report;
    int m_number = 0;
    int m_downSteps = 0; ///< since the line is down; negative: it stays down for a while
};

} // namespace Mingle
