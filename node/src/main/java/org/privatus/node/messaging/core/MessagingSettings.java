package org.privatus.node.messaging.core;

import java.util.concurrent.TimeUnit;

/// Limits and times of conversations. {@link #defaults()} says what is usual; what is outside the bounds named here is refused
/// when the settings are made.
///
/// @param maxTextBytes UTF-8 bytes of one text, 1 to 32,768
/// @param maxContacts persons in the address book, 1 to 100,000
/// @param maxPendingPerContact texts that wait for one person's acknowledgement, 1 to 10,000; more are refused
/// @param windowTexts texts sealed and sent ahead of acknowledgements to one person, 1 to 64
/// @param maxRequests strangers whose texts are held, 0 to 10,000; more are dropped and stay with their writers
/// @param maxHeldPerRequest texts held for each, 1 to 1,000
/// @param maxRejected strangers turned down that are remembered, oldest forgotten first, 0 to 100,000
/// @param maxSplicesPerContact splices kept with one person, oldest closed first, 1 to 16
/// @param maxStrangeSplices splices whose other end is not known yet, oldest closed first, 1 to 1,024
/// @param maxHalfOpen handshakes that others began and did not finish, oldest dropped first, 1 to 1,024
/// @param halfOpenNanos how long such a handshake is remembered, 10 s to 1 h
/// @param strangeNanos how long a splice may stay without showing whose it is, and a handshake of ours without answer, 1 s to 5 min
/// @param openNanos how long opening a splice may take, 1 s to 5 min
/// @param acknowledgeNanos how long a sent text may stay unacknowledged before its splice counts as dead, 1 s to 5 min
/// @param idleNanos after what silence a splice is closed, 1 s to 1 h
/// @param minRetryNanos the first pause between attempts to reach a person, doubled each time, 100 ms to 1 min
/// @param maxRetryNanos the longest pause, from `minRetryNanos` to 24 h
/// @param attemptsKept attempts that `why` shows of each person, 1 to 100
/// @param marksKept received envelopes of each person that are recognised when they come again, from 64 to 10,000
public record MessagingSettings(
        int maxTextBytes,
        int maxContacts,
        int maxPendingPerContact,
        int windowTexts,
        int maxRequests,
        int maxHeldPerRequest,
        int maxRejected,
        int maxSplicesPerContact,
        int maxStrangeSplices,
        int maxHalfOpen,
        long halfOpenNanos,
        long strangeNanos,
        long openNanos,
        long acknowledgeNanos,
        long idleNanos,
        long minRetryNanos,
        long maxRetryNanos,
        int attemptsKept,
        int marksKept) {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    public MessagingSettings {
        inRange("max-text-bytes", maxTextBytes, 1, Content.MAX_TEXT_BYTES);
        inRange("max-contacts", maxContacts, 1, 100_000);
        inRange("max-pending-per-contact", maxPendingPerContact, 1, 10_000);
        inRange("window-texts", windowTexts, 1, 64);
        inRange("max-requests", maxRequests, 0, 10_000);
        inRange("max-held-per-request", maxHeldPerRequest, 1, 1_000);
        inRange("max-rejected", maxRejected, 0, 100_000);
        inRange("max-splices-per-contact", maxSplicesPerContact, 1, 16);
        inRange("max-strange-splices", maxStrangeSplices, 1, 1_024);
        inRange("max-half-open", maxHalfOpen, 1, 1_024);
        inRange("half-open-nanos", halfOpenNanos, 10 * SECOND, HOUR);
        inRange("strange-nanos", strangeNanos, SECOND, 5 * MINUTE);
        inRange("open-nanos", openNanos, SECOND, 5 * MINUTE);
        inRange("acknowledge-nanos", acknowledgeNanos, SECOND, 5 * MINUTE);
        inRange("idle-nanos", idleNanos, SECOND, HOUR);
        inRange("min-retry-nanos", minRetryNanos, 100 * MILLISECOND, MINUTE);
        inRange("max-retry-nanos", maxRetryNanos, minRetryNanos, 24 * HOUR);
        inRange("attempts-kept", attemptsKept, 1, 100);
        inRange("marks-kept", marksKept, 64, 10_000);
    }

    public static MessagingSettings defaults() {
        return new MessagingSettings(
                Content.MAX_TEXT_BYTES,
                1_000,
                256,
                32,
                64,
                16,
                256,
                4,
                32,
                32,
                10 * MINUTE,
                30 * SECOND,
                MINUTE,
                30 * SECOND,
                MINUTE,
                SECOND,
                10 * MINUTE,
                10,
                256);
    }

    private static void inRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed is " + min + " to " + max);
        }
    }
}
