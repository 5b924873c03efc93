package org.privatus.node.link.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;

/// Packets to one place that leave together, one after the other in one array: all as long as the first, but for the last, which may be shorter. So the
/// host can give them to the kernel as one (GSO).
///
/// A packet is written where {@link #begin} says and added with {@link #add}; what does not fit to the others sends them off first.
final class PacketTrain {
    /// As many as the kernel takes at once.
    static final int MAX_PACKETS = 64;

    /// Fits into one IP packet, which is what a train is for the kernel.
    static final int MAX_BYTES = 65_000;

    private final LinkEffects effects;
    private byte[] bytes;
    private int length;
    private int segment;
    private int packets;
    private @Nullable Endpoint to;

    /// @param packetBytes room to begin with
    PacketTrain(LinkEffects effects, int packetBytes) {
        this.effects = effects;
        this.bytes = new byte[packetBytes];
    }

    /// Where the next packet is to be written: {@link #bytes()} has room for so many bytes from there on.
    int begin(Endpoint destination, int packetBytes) {
        Endpoint before = to;
        if (before != null && packets > 0 && (!destination.equals(before) || length + packetBytes > MAX_BYTES)) {
            depart();
        }
        if (length + packetBytes > bytes.length) {
            int wider = Math.max(length + packetBytes, Math.min(2 * bytes.length, MAX_BYTES));
            bytes = Arrays.copyOf(bytes, wider);
        }
        to = destination;
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    /// The packet that was begun is complete.
    void add(int packetBytes) {
        if (packets > 0 && packetBytes > segment) {
            int at = length;
            departOnly();
            System.arraycopy(bytes, at, bytes, 0, packetBytes);
        }
        if (packets == 0) {
            segment = packetBytes;
        }
        length += packetBytes;
        packets++;
        if (packetBytes < segment || packets == MAX_PACKETS) {
            depart();
        }
    }

    /// Sends what there is.
    void depart() {
        if (packets > 0) {
            departOnly();
        }
    }

    private void departOnly() {
        Endpoint destination = to;
        if (destination != null) {
            effects.transmitTrain(destination, bytes, length, segment);
        }
        length = 0;
        packets = 0;
    }
}
