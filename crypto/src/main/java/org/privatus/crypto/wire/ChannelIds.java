package org.privatus.crypto.wire;

/// Local names of channels: the top byte says which part of a node owns the channel, the rest counts. Two cores can
/// so open channels on the same links without asking each other. These ids never travel.
public final class ChannelIds {
    /// Opened by the node's own circuits.
    public static final int OWN_CIRCUITS = 1;

    /// Opened by the relay, towards the next hop of somebody else's circuit.
    public static final int RELAY = 2;

    /// Opened by a peer, for circuits.
    public static final int INBOUND = 3;

    /// Opened by this node, to talk with the other directly.
    public static final int DIRECT = 4;

    /// Opened by a peer, to talk with this node directly.
    public static final int INBOUND_DIRECT = 5;

    private static final int OWNER_SHIFT = 56;
    private static final long NUMBER_MASK = (1L << OWNER_SHIFT) - 1;

    private ChannelIds() {}

    public static int owner(long channel) {
        return (int) (channel >>> OWNER_SHIFT);
    }

    /// What counts within one owner's.
    public static long number(long channel) {
        return channel & NUMBER_MASK;
    }

    public static long of(int owner, long number) {
        if (owner < OWN_CIRCUITS || owner > INBOUND_DIRECT || (number & ~NUMBER_MASK) != 0) {
            throw new IllegalArgumentException("owner " + owner + ", number " + number);
        }
        return ((long) owner << OWNER_SHIFT) | number;
    }
}
