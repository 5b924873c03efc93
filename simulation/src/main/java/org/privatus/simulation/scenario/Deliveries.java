package org.privatus.simulation.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Every message of a run: when it was written, when it was shown to its receiver and how often, when its sender learned of it.
public final class Deliveries {
    private static final long MICROS_MAX = 3_600_000_000L;
    private static final long NANOS_PER_MICRO = 1000;

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Histogram delivery = new Histogram(MICROS_MAX, 3);
    private final Histogram acknowledgement = new Histogram(MICROS_MAX, 3);
    private final Histogram hops = new Histogram(64, 2);
    private long delivered;
    private long acknowledged;
    private long repeated;
    private long unknown;
    private long refused;

    private static final class Message {
        private final int to;
        private final long sentNanos;
        private boolean shown;

        Message(int to, long sentNanos) {
            this.to = to;
            this.sentNanos = sentNanos;
        }
    }

    void sent(String text, int to, long nowNanos) {
        messages.put(text, new Message(to, nowNanos));
    }

    /// The receiver's person sees it.
    void shown(String text, int at, long nowNanos) {
        Message message = messages.get(text);
        if (message == null || message.to != at) {
            unknown++;
        } else if (message.shown) {
            repeated++;
        } else {
            message.shown = true;
            delivered++;
            record(delivery, nowNanos - message.sentNanos);
        }
    }

    /// The sender's person is told that it arrived.
    ///
    /// @param relays between the two nodes on the sender's side, the gateway included
    void acknowledged(String text, int relays, long nowNanos) {
        Message message = messages.get(text);
        if (message == null) {
            unknown++;
            return;
        }
        acknowledged++;
        record(acknowledgement, nowNanos - message.sentNanos);
        hops.recordValue(Math.min(relays, 64));
    }

    /// The node did not take it.
    void refused(String text) {
        refused++;
        messages.remove(text);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos / NANOS_PER_MICRO, 0, MICROS_MAX));
    }

    /// Whether all that was sent was shown.
    boolean isComplete() {
        return delivered == messages.size();
    }

    /// Whether every sender was told so. What a sender is told by a node that is then killed does not count, so this may never
    /// come.
    boolean isAcknowledged() {
        return acknowledged >= messages.size();
    }

    Summary summary() {
        return new Summary(
                messages.size(),
                delivered,
                messages.size() - delivered,
                repeated,
                unknown,
                refused,
                acknowledged,
                Percentiles.ofMicros(delivery),
                Percentiles.ofMicros(acknowledgement),
                hops.getTotalCount() == 0 ? 0 : hops.getMean());
    }

    /// What came of all messages.
    ///
    /// @param missing written and never shown
    /// @param repeated shown more than once
    /// @param unknown shown to somebody it was not for, or never written
    /// @param refused not taken by the sender's own node
    /// @param meanHops relays on the sender's side, gateway included, of acknowledged messages
    public record Summary(
            long sent,
            long delivered,
            long missing,
            long repeated,
            long unknown,
            long refused,
            long acknowledged,
            Percentiles delivery,
            Percentiles acknowledgement,
            double meanHops) {
        public boolean isExactlyOnce() {
            return missing == 0 && repeated == 0 && unknown == 0;
        }
    }
}
