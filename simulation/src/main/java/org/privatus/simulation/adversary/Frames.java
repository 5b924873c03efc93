package org.privatus.simulation.adversary;

import org.privatus.node.link.core.packet.FrameType;

/// Walks the frames of a packet before it is sealed, in the layout of [FrameType].
final class Frames {
    /// A type that nobody knows: receivers acknowledge the packet and skip the frame.
    static final byte UNKNOWN = 0x7f;

    private Frames() {}

    /// Something that looks at one frame and may change it in place.
    @FunctionalInterface
    interface Visitor {
        /// A frame.
        ///
        /// @param at where its type is
        /// @param length of its body, which begins [FrameType#HEADER] later
        void frame(byte[] packet, int at, int length);
    }

    /// Visits all frames; what is no sequence of frames is left alone.
    static void visit(byte[] packet, Visitor visitor) {
        if (!isFrames(packet)) {
            return;
        }
        for (int at = 0; at < packet.length && packet[at] != FrameType.PADDING; at = next(packet, at)) {
            visitor.frame(packet, at, bodyLength(packet, at));
        }
    }

    private static boolean isFrames(byte[] packet) {
        int at = 0;
        while (at < packet.length && packet[at] != FrameType.PADDING) {
            if (packet[at] < 0 || packet[at] > FrameType.KEM_CIPHERTEXT || at + FrameType.HEADER > packet.length) {
                return false;
            }
            at = next(packet, at);
        }
        if (at > packet.length) {
            return false;
        }
        for (; at < packet.length; at++) {
            if (packet[at] != 0) {
                return false;
            }
        }
        return packet.length > 0;
    }

    private static int next(byte[] packet, int at) {
        return at + FrameType.HEADER + bodyLength(packet, at);
    }

    private static int bodyLength(byte[] packet, int at) {
        return (packet[at + 1] & 0xff) << Byte.SIZE | (packet[at + 2] & 0xff);
    }
}
