package org.privatus.node.link.core.recovery;

import java.util.Arrays;

/// The packets in flight by number: a ring from the oldest unsettled number to the newest. As wide as the congestion window lets it become. Parallel
/// arrays, so that a packet costs no object.
final class SentPackets {
    /// Settled, or of a packet that nobody waits for.
    static final byte NONE = 0;

    /// On its way, as far as is known.
    static final byte IN_FLIGHT = 1;

    /// On its way, and its frames went into a probe: they are not handed back again.
    static final byte HANDED_BACK = 2;

    /// A path probe on its way: {@link PathMtu}.
    static final byte PATH_PROBE = 3;

    /// Acknowledged packets stay in the ring until the ones before them are settled: they separate runs of losses.
    static final byte ACKED = 4;

    private static final int INITIAL_CAPACITY = 4;

    private long[] sentNanos = new long[INITIAL_CAPACITY];
    private int[] bytes = new int[INITIAL_CAPACITY];
    private int[] frames = new int[INITIAL_CAPACITY];
    private byte[] states = new byte[INITIAL_CAPACITY];
    private long first;
    private long end;

    /// The lowest number that may be unsettled.
    long first() {
        return first;
    }

    /// One above the highest number sent.
    long end() {
        return end;
    }

    /// The next number is used for a packet that nobody waits for.
    void addUntracked(int firstFrame) {
        add(NONE, 0, firstFrame, 0);
        if (end - first == 1) {
            first = end;
        }
    }

    /// @param firstFrame where its frames begin in {@link SentFrames}
    void add(byte state, int packetBytes, int firstFrame, long now) {
        if (end - first == states.length) {
            grow();
        }
        int slot = slot(end);
        states[slot] = state;
        bytes[slot] = packetBytes;
        frames[slot] = firstFrame;
        sentNanos[slot] = now;
        end++;
    }

    /// The state of a number from {@link #first()} to below {@link #end()}.
    byte state(long number) {
        return states[slot(number)];
    }

    void set(long number, byte state) {
        states[slot(number)] = state;
    }

    int bytes(long number) {
        return bytes[slot(number)];
    }

    long sentNanos(long number) {
        return sentNanos[slot(number)];
    }

    int firstFrame(long number) {
        return frames[slot(number)];
    }

    boolean isInFlight(long number) {
        byte state = states[slot(number)];
        return state != NONE && state != ACKED;
    }

    /// Moves the lower end up to the first packet in flight.
    void trim() {
        while (first < end && !isInFlight(first)) {
            first++;
        }
    }

    private void grow() {
        int old = states.length;
        sentNanos = Arrays.copyOf(sentNanos, 2 * old);
        bytes = Arrays.copyOf(bytes, 2 * old);
        frames = Arrays.copyOf(frames, 2 * old);
        states = Arrays.copyOf(states, 2 * old);
        for (long number = first; number < end; number++) {
            int from = (int) (number & (old - 1));
            int to = slot(number);
            sentNanos[to] = sentNanos[from];
            bytes[to] = bytes[from];
            frames[to] = frames[from];
            states[to] = states[from];
        }
    }

    private int slot(long number) {
        return (int) (number & (states.length - 1));
    }
}
