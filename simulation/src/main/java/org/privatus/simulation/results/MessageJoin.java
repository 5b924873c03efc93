package org.privatus.simulation.results;

/// Follows messages through the log: one pass over four sorted lists.
final class MessageJoin {
    private final MessageEvents sent;
    private final MessageEvents shown;
    private final MessageEvents acknowledged;
    private final MessageEvents refused;
    private final int level;
    private final Samples deliveries;
    private final Samples acknowledgements;

    private int nextShown;
    private int nextAcknowledged;
    private int nextRefused;
    private long sentCount;
    private long delivered;
    private long repeated;
    private long unknown;
    private long acknowledgedCount;
    private long acknowledgedMissing;
    private long relays;

    /// @param deliveries where the durations go, at the time and node of the showing
    /// @param acknowledgements likewise, at the sender
    MessageJoin(MessageLog log, Samples deliveries, Samples acknowledgements) {
        this.sent = log.kinds().get(0).sorted();
        this.shown = log.kinds().get(1).sorted();
        this.acknowledged = log.kinds().get(2).sorted();
        this.refused = log.kinds().get(3).sorted();
        this.level = log.level();
        this.deliveries = deliveries;
        this.acknowledgements = acknowledgements;
    }

    Messages join() {
        for (int i = 0; i < sent.size(); i++) {
            boolean again = i > 0 && sent.message(i) == sent.message(i - 1);
            if (!again) {
                follow(i);
            }
        }
        unknown += shown.size() - nextShown;
        double meanRelays = acknowledgedCount == 0 ? 0 : (double) relays / acknowledgedCount;
        return new Messages(
                sentCount,
                delivered,
                sentCount - delivered,
                repeated,
                unknown,
                refused.size(),
                acknowledgedCount,
                acknowledgedMissing,
                meanRelays,
                StrictMath.scalb(1.0, level));
    }

    private void follow(int i) {
        long message = sent.message(i);
        if (isRefused(message)) {
            return;
        }
        sentCount++;
        boolean arrived = showings(message, sent.second(i), sent.time(i));
        boolean told = acknowledgement(message, sent.first(i), sent.time(i));
        if (told && !arrived) {
            acknowledgedMissing++;
        }
    }

    private boolean isRefused(long message) {
        while (nextRefused < refused.size() && refused.message(nextRefused) < message) {
            nextRefused++;
        }
        return nextRefused < refused.size() && refused.message(nextRefused) == message;
    }

    private boolean showings(long message, int receiver, long sentNanos) {
        for (; nextShown < shown.size() && shown.message(nextShown) < message; nextShown++) {
            unknown++;
        }
        boolean arrived = false;
        for (; nextShown < shown.size() && shown.message(nextShown) == message; nextShown++) {
            if (shown.first(nextShown) != receiver) {
                unknown++;
            } else if (arrived) {
                repeated++;
            } else {
                arrived = true;
                delivered++;
                deliveries.record(shown.time(nextShown), receiver, shown.time(nextShown) - sentNanos);
            }
        }
        return arrived;
    }

    private boolean acknowledgement(long message, int sender, long sentNanos) {
        while (nextAcknowledged < acknowledged.size() && acknowledged.message(nextAcknowledged) < message) {
            nextAcknowledged++;
        }
        if (nextAcknowledged >= acknowledged.size() || acknowledged.message(nextAcknowledged) != message) {
            return false;
        }
        acknowledgedCount++;
        relays += acknowledged.first(nextAcknowledged);
        long atNanos = acknowledged.time(nextAcknowledged);
        acknowledgements.record(atNanos, sender, atNanos - sentNanos);
        return true;
    }
}
