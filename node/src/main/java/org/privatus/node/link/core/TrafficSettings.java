package org.privatus.node.link.core;

import org.privatus.node.link.core.packet.PacketLayout;

/// Bytes per second that a node sends of each {@link TrafficClass}, over all its links; 0: as much as there is.
public record TrafficSettings(long messagesBytes, long relayedBytes, long filesBytes, long backgroundBytes) {
    private static final long MOST = 100_000_000_000L;

    public TrafficSettings {
        check("messages", messagesBytes);
        check("relayed", relayedBytes);
        check("files", filesBytes);
        check("background", backgroundBytes);
    }

    /// The values of `reference.conf`.
    public static TrafficSettings defaults() {
        return new TrafficSettings(10_000_000, 0, 50_000_000, 1_000_000);
    }

    long bytesPerSecond(TrafficClass traffic) {
        return switch (traffic) {
            case MESSAGES -> messagesBytes;
            case RELAYED -> relayedBytes;
            case FILES -> filesBytes;
            case BACKGROUND -> backgroundBytes;
        };
    }

    private static void check(String name, long value) {
        if (value != 0 && (value < PacketLayout.MAX_PACKET || value > MOST)) {
            throw new IllegalArgumentException(
                    name + " = " + value + " is not 0, nor in " + PacketLayout.MAX_PACKET + " to " + MOST);
        }
    }
}
