package org.privatus.node.link.core;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;

/// Which messages 1 are worked on: a rate with a second's worth at once, and a number that may wait for the pool. What is more is dropped before it costs
/// an agreement.
///
/// Well below that bound, at a rate of its own or with half of the pool's places taken, the node counts as loaded until it was calm for a second. A loaded
/// node works only for those who have shown a cookie, and for each group of addresses only its share ({@link GroupShares}): whoever floods from few
/// networks leaves the others theirs.
final class HandshakeBudget {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LOADED_NANOS = 1_000_000_000;

    private final LinkSettings settings;
    private final LongSupplier unpredictable;
    private final Bucket work;
    private final Bucket calm;

    /// Made when the node is loaded for the first time.
    private @Nullable GroupShares shares;

    private long loadedUntil;
    private int jobs;

    HandshakeBudget(LinkSettings settings, LongSupplier unpredictable) {
        this.settings = settings;
        this.unpredictable = unpredictable;
        this.work = new Bucket(settings.handshakesPerSecond());
        this.calm = new Bucket(settings.cookiesAbove());
    }

    /// A message 1 came that is no repeat. Whether it has to show a cookie.
    boolean isLoadedBy(long now) {
        boolean inCalm = calm.tryTake(now);
        if (!inCalm || jobs > settings.handshakeJobs() / 2) {
            loadedUntil = now + LOADED_NANOS;
            if (shares == null) {
                shares = new GroupShares(settings.handshakesPerSecond(), unpredictable.getAsLong());
            }
        }
        return shares != null && now < loadedUntil;
    }

    /// Whether a message 1 is worked on; {@link #jobReturned()} follows.
    boolean tryStart(Endpoint from, long now) {
        boolean isShareUsedUp = shares != null && now < loadedUntil && !shares.isWithin(from.group(), now);
        if (jobs >= settings.handshakeJobs() || isShareUsedUp || !work.tryTake(now)) {
            return false;
        }
        jobs++;
        if (shares != null) {
            shares.used(from.group(), now);
        }
        return true;
    }

    void jobReturned() {
        jobs--;
    }

    /// So many a second, and a second's worth at once.
    private static final class Bucket {
        private final int perSecond;
        private double tokens;
        private long filledAt;
        private boolean started;

        Bucket(int perSecond) {
            this.perSecond = perSecond;
        }

        boolean tryTake(long now) {
            tokens =
                    started ? Math.min(perSecond, tokens + (now - filledAt) * perSecond / NANOS_PER_SECOND) : perSecond;
            started = true;
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
