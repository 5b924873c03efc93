package org.privatus.node.link.core;

import java.util.function.Consumer;
import org.privatus.node.link.core.packet.PacketLayout;

/// Settings with some values changed, for tests.
final class Settings {
    private static final LinkSettings DEFAULTS = LinkSettings.defaults();

    int halfOpenLimit = DEFAULTS.halfOpenLimit();
    int handshakesPerSecond = DEFAULTS.handshakesPerSecond();
    int linkLimit = DEFAULTS.linkLimit();
    int idleLinkLimit = DEFAULTS.idleLinkLimit();
    int channelsPerLink = DEFAULTS.channelsPerLink();
    int channelLimit = DEFAULTS.channelLimit();
    int reorderedCellsPerLink = DEFAULTS.reorderedCellsPerLink();
    int reorderedCells = DEFAULTS.reorderedCells();
    int requestsPerLink = DEFAULTS.requestsPerLink();
    int waitingPerDial = DEFAULTS.waitingPerDial();
    int dialLimit = DEFAULTS.dialLimit();
    long packetsPerKey = DEFAULTS.packetsPerKey();
    int cookiesAbove = DEFAULTS.cookiesAbove();
    int addressTokens = DEFAULTS.addressTokens();
    long rekeyAfterNanos = DEFAULTS.rekeyAfterNanos();
    boolean requirePostQuantum = DEFAULTS.requirePostQuantum();
    int idleNamedLinkLimit = DEFAULTS.idleNamedLinkLimit();
    int handshakeJobs = DEFAULTS.handshakeJobs();

    /// No path is probed unless a test wants it.
    int maxPacketBytes = PacketLayout.MAX_PACKET;

    static LinkSettings with(Consumer<Settings> change) {
        var settings = new Settings();
        change.accept(settings);
        return settings.build();
    }

    private LinkSettings build() {
        return new LinkSettings(
                DEFAULTS.handshakeRetryNanos(),
                DEFAULTS.handshakeAttempts(),
                DEFAULTS.handshakeTimeoutNanos(),
                halfOpenLimit,
                DEFAULTS.halfOpenLifetimeNanos(),
                handshakesPerSecond,
                handshakeJobs,
                dialLimit,
                waitingPerDial,
                linkLimit,
                idleLinkLimit,
                DEFAULTS.idleTimeoutNanos(),
                DEFAULTS.probeAfterNanos(),
                DEFAULTS.deathAfterNanos(),
                DEFAULTS.deathProbes(),
                channelsPerLink,
                channelLimit,
                reorderedCellsPerLink,
                reorderedCells,
                requestsPerLink,
                DEFAULTS.answersOwed(),
                DEFAULTS.queuedDatagramFrames(),
                DEFAULTS.maxWindowBytes(),
                maxPacketBytes,
                packetsPerKey,
                cookiesAbove,
                addressTokens,
                rekeyAfterNanos,
                requirePostQuantum,
                idleNamedLinkLimit,
                DEFAULTS.traffic());
    }
}
