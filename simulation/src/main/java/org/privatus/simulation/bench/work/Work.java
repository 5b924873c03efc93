package org.privatus.simulation.bench.work;

/// A piece of work.
///
/// @param amount bytes, or how many messages or pings
/// @param size bytes of each message or ping; at least 1
/// @param background done again and again until all that is not in the background is done
public record Work(Kind kind, long amount, int size, boolean background) {
    static final int MESSAGE_SIZE_MAX = 0xffff;

    /// What the other side does with what it gets.
    public enum Kind {
        /// Counts bytes, and answers with one byte after the last.
        SINK(0),
        /// Makes bytes.
        SOURCE(1),
        /// Sends each ping back; the next one follows it.
        ECHO(2),
        /// Counts messages, and answers with one byte after the last.
        MESSAGES(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /// Its place among all.
        int code() {
            return code;
        }
    }

    public Work {
        if (amount < 1 || size < 1 || size > MESSAGE_SIZE_MAX) {
            throw new IllegalArgumentException(amount + " of " + size + " bytes");
        }
    }

    public static Work sink(long bytes) {
        return new Work(Kind.SINK, bytes, 1, false);
    }

    public static Work source(long bytes) {
        return new Work(Kind.SOURCE, bytes, 1, false);
    }

    public static Work pings(int count, int size) {
        return new Work(Kind.ECHO, count, size, false);
    }

    public static Work messages(long count, int size) {
        return new Work(Kind.MESSAGES, count, size, false);
    }

    public Work inBackground() {
        return new Work(kind, amount, size, true);
    }

    /// Payload of all of it, in one direction.
    public long bytes() {
        return switch (kind) {
            case SINK, SOURCE -> amount;
            case ECHO, MESSAGES -> amount * size;
        };
    }
}
