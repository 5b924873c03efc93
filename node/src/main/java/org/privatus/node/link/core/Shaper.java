package org.privatus.node.link.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Decides of which {@link TrafficClass} the next packet is: one for all links of a node, or one per link.
///
/// Each class has a bucket of bytes that fills at its rate up to {@link #BURST_NANOS} of it, but at least {@link #LEAST_BURST}. A class may send
/// while there is anything in its bucket; the last packet may take it below zero and is paid for before the next. So in any time a class sends at
/// most a burst, what the rate brings and one packet.
///
/// Of the classes that have cells and may send, the most urgent sends, but none starves: who was passed over {@link #PATIENCE} times goes first, so
/// that of {@link #SHARE} packets each class has at least one. Whoever waits for its bucket is not passed over.
///
/// How it is used: {@link #next}, and {@link #onSent} for the packet that left; when there is none, again at {@link #earliestNanos()} or when there
/// are new cells. Whole numbers throughout: what was sent is accounted to the byte. Allocates nothing.
final class Shaper {
    static final long BURST_NANOS = 10_000_000;
    static final long LEAST_BURST = 12_320;

    /// Of so many packets that leave, each class that could send has one at least.
    static final int SHARE = 16;

    static final long NEVER = Long.MAX_VALUE;

    /// Up to two others may have lost their patience at the same time and go first.
    static final int PATIENCE = SHARE - TrafficClass.values().length + 1;

    /// Buckets do not fill in steps shorter than a timer is good for.
    private static final long PAUSE_NANOS = 1_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// The most urgent first.
    private final List<Flow> flows;

    private long earliest = NEVER;

    /// What waits to be sent.
    interface Queues {
        boolean hasCells(TrafficClass traffic);
    }

    Shaper(TrafficSettings settings) {
        flows = Arrays.stream(TrafficClass.values())
                .map(traffic -> new Flow(traffic, settings.bytesPerSecond(traffic)))
                .toList();
    }

    /// Whose packet goes next; none if no class has cells and may send.
    Optional<TrafficClass> next(Queues queues, long now) {
        earliest = NEVER;
        Flow best = null;
        for (int i = 0; i < flows.size(); i++) {
            Flow flow = flows.get(i);
            boolean waits = queues.hasCells(flow.traffic);
            flow.ready = waits && flow.bucket.mayTake(now);
            if (flow.ready) {
                best = best == null || flow.goesBefore(best) ? flow : best;
            } else if (waits) {
                earliest = Math.min(earliest, flow.bucket.filledAt(now));
            }
        }
        return best == null ? Optional.empty() : best.answer;
    }

    /// When a class that has cells and may not send may again; {@link #NEVER} if there is none. As of the last {@link #next}.
    long earliestNanos() {
        return earliest;
    }

    /// A packet of that class left: the one of {@link #next}, or one that had to leave, which counts too.
    void onSent(TrafficClass traffic, int bytes) {
        for (int i = 0; i < flows.size(); i++) {
            Flow flow = flows.get(i);
            if (flow.traffic == traffic) {
                flow.take(bytes);
            } else {
                flow.passedOver = flow.ready ? flow.passedOver + 1 : 0;
            }
        }
    }

    /// Bytes sent since the beginning.
    long bytesSent(TrafficClass traffic) {
        for (Flow flow : flows) {
            if (flow.traffic == traffic) {
                return flow.sent;
            }
        }
        throw new IllegalArgumentException("no flow of " + traffic);
    }

    /// One class.
    private static final class Flow {
        private final TrafficClass traffic;
        private final Optional<TrafficClass> answer;
        private final Bucket bucket;

        /// As of the last {@link #next}: has cells and may send.
        private boolean ready;

        private int passedOver;
        private long sent;

        Flow(TrafficClass traffic, long bytesPerSecond) {
            this.traffic = traffic;
            this.answer = Optional.of(traffic);
            this.bucket = new Bucket(bytesPerSecond);
        }

        /// Though the other is more urgent.
        boolean goesBefore(Flow other) {
            return passedOver >= PATIENCE && passedOver > other.passedOver;
        }

        void take(int bytes) {
            bucket.take(bytes);
            sent += bytes;
            passedOver = 0;
        }
    }

    /// Counts in bytes times nanoseconds per second, so that nothing is rounded.
    private static final class Bucket {
        private final long rate;
        private final long capacity;
        private long level;
        private long filledAt;
        private boolean used;

        Bucket(long bytesPerSecond) {
            this.rate = bytesPerSecond;
            this.capacity = Math.max(LEAST_BURST * NANOS_PER_SECOND, bytesPerSecond * BURST_NANOS);
            this.level = capacity;
        }

        boolean mayTake(long now) {
            if (rate == 0) {
                return true;
            }
            fill(now);
            return level > 0;
        }

        void take(int bytes) {
            level -= rate == 0 ? 0 : bytes * NANOS_PER_SECOND;
        }

        /// When so much is there that a timer was worth it.
        long filledAt(long now) {
            long worth = Math.min(rate * PAUSE_NANOS, capacity / 2);
            return now + Math.ceilDiv(worth - level, rate);
        }

        private void fill(long now) {
            long elapsed = used ? now - filledAt : 0;
            boolean full = elapsed > (capacity - level) / rate;
            level = full ? capacity : level + elapsed * rate;
            filledAt = now;
            used = true;
        }
    }
}
