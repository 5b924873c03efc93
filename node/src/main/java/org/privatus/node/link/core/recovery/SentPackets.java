package org.privatus.node.link.core.recovery;

import org.jspecify.annotations.Nullable;

/// The packets in flight by number: a ring from the oldest unsettled number to the newest. As wide as the congestion window lets it become.
final class SentPackets<C> {
    private static final int INITIAL_CAPACITY = 16;

    private @Nullable SentPacket<C>[] ring = newRing(INITIAL_CAPACITY);
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
    void addUntracked() {
        put(null);
    }

    void add(SentPacket<C> packet) {
        if (packet.number != end) {
            throw new IllegalStateException("packet " + packet.number + " sent as " + end);
        }
        put(packet);
    }

    /// The packet of that number: null if it is settled or asked for no acknowledgement.
    @Nullable
    SentPacket<C> get(long number) {
        return number < first || number >= end ? null : ring[slot(number)];
    }

    void remove(long number) {
        ring[slot(number)] = null;
    }

    /// Moves the lower end up to the first packet in flight.
    void trim() {
        while (first < end) {
            SentPacket<C> packet = ring[slot(first)];
            if (packet != null && !packet.acknowledged) {
                return;
            }
            ring[slot(first)] = null;
            first++;
        }
    }

    private void put(@Nullable SentPacket<C> packet) {
        if (end - first == ring.length) {
            grow();
        }
        ring[slot(end)] = packet;
        end++;
        if (packet == null && end - first == 1) {
            first = end;
        }
    }

    private void grow() {
        @Nullable SentPacket<C>[] wider = newRing(ring.length * 2);
        for (long number = first; number < end; number++) {
            wider[(int) (number & (wider.length - 1))] = ring[slot(number)];
        }
        ring = wider;
    }

    private int slot(long number) {
        return (int) (number & (ring.length - 1));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <C> @Nullable SentPacket<C>[] newRing(int capacity) {
        return new SentPacket[capacity];
    }
}
