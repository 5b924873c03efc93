package org.privatus.node.link.core;

/// How many messages 1 are worked on: a rate with a second's worth at once, and a number that may wait for the pool. What is more is dropped before it costs
/// an agreement.
final class HandshakeBudget {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private final int jobsAtOnce;
    private double tokens;
    private long filledAt;
    private boolean started;
    private int jobs;

    HandshakeBudget(LinkSettings settings) {
        this.perSecond = settings.handshakesPerSecond();
        this.jobsAtOnce = settings.handshakeJobs();
    }

    boolean tryStart(long now) {
        tokens = started ? Math.min(perSecond, tokens + (now - filledAt) * perSecond / NANOS_PER_SECOND) : perSecond;
        started = true;
        filledAt = now;
        if (tokens < 1 || jobs >= jobsAtOnce) {
            return false;
        }
        tokens--;
        jobs++;
        return true;
    }

    void jobReturned() {
        jobs--;
    }
}
