package org.privatus.onion.path;

import java.util.concurrent.TimeUnit;

/// What this node itself has seen of one relay. Counts are in sixteenths of an event, and halve each day: what is long ago
/// says little.
///
/// Three ways to serve badly are told apart. A relay that *refuses* says so at once and costs little. One that *fails* does
/// not answer when a circuit is to be extended to it. One that *drops* lets circuits die that it was in; nobody can tell
/// which hop it was, so that each one suspected bears a part. A relay that fails and drops more than it refuses, and more
/// than it works, is retired for an hour (after I2P's peer profiles: an overloaded relay that is honest refuses).
final class Measure {
    /// One event.
    static final int UNIT = 16;

    static final int WEIGHT_UNKNOWN = 256;

    /// Below it a relay is slow.
    static final long FAST_KBITS = 1_000;

    private static final long PROOF_NANOS = TimeUnit.SECONDS.toNanos(1_800);
    private static final long HALF_LIFE_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final long FIRST_REST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long RETIREMENT_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int MAX_DOUBLINGS = 7;
    private static final int MAX_COUNT = 0xffff;
    private static final int DECISIVE = 6 * UNIT;
    private static final int WORK_THAT_EXCUSES = 3;
    private static final int SMOOTHING = 4;
    private static final int SPEED_MOST = 4;

    private int worked;
    private int failed;
    private int dropped;
    private int refused;
    private int failuresInARow;
    private long kbits;
    private long hopMicros;
    private long agedAtNanos;
    private long upSinceNanos = Long.MAX_VALUE;
    private long upUntilNanos = Long.MIN_VALUE;
    private long restUntilNanos = Long.MIN_VALUE;

    Measure(long nowNanos) {
        agedAtNanos = nowNanos;
    }

    /// What was kept.
    Measure(KeptMeasure kept, long nowNanos) {
        this(nowNanos);
        worked = kept.worked();
        failed = kept.failed();
        dropped = kept.dropped();
        refused = kept.refused();
        kbits = kept.kbits();
        if (kept.upSeconds() > 0) {
            upSinceNanos = nowNanos - TimeUnit.SECONDS.toNanos(kept.upSeconds());
            upUntilNanos = nowNanos;
        }
    }

    KeptMeasure kept() {
        long up = upUntilNanos > upSinceNanos ? TimeUnit.NANOSECONDS.toSeconds(upUntilNanos - upSinceNanos) : 0;
        return new KeptMeasure(
                worked, failed, dropped, refused, Math.min(kbits, KeptMeasure.MAX), Math.min(up, KeptMeasure.MAX));
    }

    /// When it was last heard of.
    long agedAtNanos() {
        return agedAtNanos;
    }

    private void age(long nowNanos) {
        while (nowNanos - agedAtNanos >= HALF_LIFE_NANOS) {
            worked >>= 1;
            failed >>= 1;
            dropped >>= 1;
            refused >>= 1;
            agedAtNanos += HALF_LIFE_NANOS;
        }
    }

    /// A circuit was extended to it.
    ///
    /// @param elapsedNanos from the request to the answer, for each hop that it passed
    void worked(long elapsedNanos, long nowNanos) {
        age(nowNanos);
        worked = Math.min(MAX_COUNT, worked + UNIT);
        failuresInARow = 0;
        restUntilNanos = Long.MIN_VALUE;
        upSinceNanos = Math.min(upSinceNanos, nowNanos);
        upUntilNanos = nowNanos;
        long micros = TimeUnit.NANOSECONDS.toMicros(elapsedNanos);
        hopMicros = hopMicros == 0 ? micros : hopMicros + (micros - hopMicros) / SMOOTHING;
    }

    /// It did not answer. Of many failures at once, one counts.
    void failed(long nowNanos) {
        if (rests(nowNanos)) {
            return;
        }
        age(nowNanos);
        failed = Math.min(MAX_COUNT, failed + UNIT);
        upSinceNanos = Long.MAX_VALUE;
        upUntilNanos = Long.MIN_VALUE;
        rest(FIRST_REST_NANOS << Math.min(failuresInARow++, MAX_DOUBLINGS), nowNanos);
        retire(nowNanos);
    }

    /// It said that it will not.
    void refused(long nowNanos) {
        age(nowNanos);
        refused = Math.min(MAX_COUNT, refused + UNIT);
        rest(FIRST_REST_NANOS, nowNanos);
    }

    /// A circuit died, and it may be why.
    ///
    /// @param part its part of the blame
    /// @param rests whether it is left alone for a moment
    void suspected(int part, boolean rests, long nowNanos) {
        age(nowNanos);
        dropped = Math.min(MAX_COUNT, dropped + part);
        if (rests) {
            rest(FIRST_REST_NANOS, nowNanos);
        }
        retire(nowNanos);
    }

    private void rest(long nanos, long nowNanos) {
        restUntilNanos = Math.max(restUntilNanos, nowNanos + nanos);
    }

    private void retire(long nowNanos) {
        int faults = failed + dropped;
        if (faults >= DECISIVE && faults > refused + worked / WORK_THAT_EXCUSES) {
            rest(RETIREMENT_NANOS, nowNanos);
        }
    }

    /// It has carried so much: at least so fast it is.
    void carried(long seenKbits) {
        kbits = Math.max(seenKbits, kbits);
    }

    /// A probe through it was so fast. Others on the way may have been slower: the best counts, and fades with each probe.
    void probed(long seenKbits) {
        kbits = Math.max(seenKbits, kbits - kbits / SMOOTHING);
    }

    boolean rests(long nowNanos) {
        return restUntilNanos > nowNanos;
    }

    long restUntilNanos() {
        return restUntilNanos;
    }

    /// Kilobits per second as measured here; 0 where nothing was.
    long kbits() {
        return kbits;
    }

    /// Microseconds that a hop to it takes; 0 where nothing was measured.
    long hopMicros() {
        return hopMicros;
    }

    /// Whether it has worked whenever it was asked for half an hour or longer, and is not known to be slow.
    boolean isProven() {
        return upUntilNanos - PROOF_NANOS >= upSinceNanos && (kbits == 0 || kbits >= FAST_KBITS);
    }

    /// {@link #WEIGHT_UNKNOWN} for a relay of which nothing is known: a fourth to four times as much by its speed beside
    /// the usual one, less by the square of its reliability.
    ///
    /// @param usableKbits what it is taken for; 0: as fast as usual
    int weight(long usableKbits, long usualKbits, long usualHopMicros) {
        long weight = WEIGHT_UNKNOWN;
        if (usableKbits > 0 && usualKbits > 0) {
            long least = WEIGHT_UNKNOWN / SPEED_MOST;
            weight = Math.clamp(WEIGHT_UNKNOWN * usableKbits / usualKbits, least, WEIGHT_UNKNOWN * SPEED_MOST);
        }
        if (usualHopMicros > 0 && hopMicros > SPEED_MOST * usualHopMicros) {
            weight /= 2;
        }
        long good = (long) worked + UNIT;
        long all = good + failed + dropped;
        return (int) Math.max(1, weight * good / all * good / all);
    }
}
