package org.privatus.simulation.run;

import java.nio.charset.StandardCharsets;

/// What people write: a marker that a tap on the wire can look for, and the number of the message.
final class MessageText {
    /// At the head of every text.
    static final String MARKER = "a simulated message ";

    /// The number of a text that nobody wrote.
    static final long NOBODYS = -1;

    private static final int NUMBER_DIGITS = 16;

    private MessageText() {}

    /// The number of a message that is unique in its run.
    static long id(int node, int number) {
        return ((long) node << Integer.SIZE) | number;
    }

    static String of(long id, int bytes) {
        String head = MARKER + "%016x".formatted(id);
        return head + " " + "x".repeat(Math.max(0, bytes - head.length() - 1));
    }

    static long idOf(String text) {
        int end = MARKER.length() + NUMBER_DIGITS;
        if (!text.startsWith(MARKER) || text.length() < end) {
            return NOBODYS;
        }
        try {
            return Long.parseUnsignedLong(text, MARKER.length(), end, 16);
        } catch (NumberFormatException e) {
            return NOBODYS;
        }
    }

    /// The marker as it would be seen on the wire.
    static byte[] wireMarker() {
        return MARKER.getBytes(StandardCharsets.US_ASCII);
    }
}
