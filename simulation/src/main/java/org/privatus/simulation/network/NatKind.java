package org.privatus.simulation.network;

import java.util.List;

/// What a node's NAT box does, in the words of RFC 4787: mapping, filtering, port allocation, hairpinning, lifetime and size.
///
/// The constants are the kinds that a laboratory of real Linux NAT was built for. Two boxes in a row are one here, with the behaviour
/// that an outsider sees.
///
/// @param timeoutNanos how long a mapping and a permission live after the last datagram, in either direction, that used them
/// @param flowsMax mappings, and permissions, that a box remembers; a flow for which there is no room is dropped
public record NatKind(
        String name,
        Scope mapping,
        Scope filtering,
        Allocation allocation,
        boolean hairpin,
        long timeoutNanos,
        int flowsMax) {
    private static final long SECOND = 1_000_000_000L;
    private static final long USUAL_TIMEOUT = 120 * SECOND;
    private static final long CARRIER_TIMEOUT = 60 * SECOND;
    private static final int USUAL_FLOWS = 4_096;
    private static final int FLOWS_MOST = 1 << 16;

    /// No box: a public address.
    public static final NatKind OPEN =
            new NatKind("open", Scope.NOBODY, Scope.NOBODY, Allocation.PRESERVING, true, USUAL_TIMEOUT, 1);

    public static final NatKind FULL_CONE = usual("full-cone", Scope.ANYONE, Scope.ANYONE, Allocation.PRESERVING);
    public static final NatKind RESTRICTED = usual("restricted", Scope.ANYONE, Scope.ADDRESS, Allocation.PRESERVING);
    public static final NatKind PORT_RESTRICTED =
            usual("port-restricted", Scope.ANYONE, Scope.ENDPOINT, Allocation.PRESERVING);

    /// Endpoint-independent like [#PORT_RESTRICTED], but the outer port is another number.
    public static final NatKind EIM = usual("eim", Scope.ANYONE, Scope.ENDPOINT, Allocation.RANDOM);

    /// A home router behind a carrier's.
    public static final NatKind DOUBLE =
            new NatKind("double", Scope.ANYONE, Scope.ENDPOINT, Allocation.RANDOM, false, CARRIER_TIMEOUT, USUAL_FLOWS);

    public static final NatKind ADDRESS_DEPENDENT =
            usual("address-dependent", Scope.ADDRESS, Scope.ENDPOINT, Allocation.RANDOM);
    public static final NatKind SYMMETRIC = usual("symmetric", Scope.ENDPOINT, Scope.ENDPOINT, Allocation.RANDOM);
    public static final NatKind SYMMETRIC_SEQUENTIAL =
            usual("symmetric-sequential", Scope.ENDPOINT, Scope.ENDPOINT, Allocation.SEQUENTIAL);

    /// Keeps the port like [#PORT_RESTRICTED], unless a stranger's datagram came first: then that stranger is answered from another.
    public static final NatKind POISONABLE = usual("poisonable", Scope.ENDPOINT, Scope.ENDPOINT, Allocation.POISONABLE);

    /// Lets no UDP through.
    public static final NatKind BLOCKED = usual("udp-blocked", Scope.NOBODY, Scope.NOBODY, Allocation.PRESERVING);

    /// All of them.
    public static final List<NatKind> ALL = List.of(
            OPEN,
            FULL_CONE,
            RESTRICTED,
            PORT_RESTRICTED,
            EIM,
            DOUBLE,
            ADDRESS_DEPENDENT,
            SYMMETRIC,
            SYMMETRIC_SEQUENTIAL,
            POISONABLE,
            BLOCKED);

    public NatKind {
        if (timeoutNanos < SECOND || flowsMax < 1 || flowsMax > FLOWS_MOST) {
            throw new IllegalArgumentException(name + ": a timeout of " + timeoutNanos + " ns and " + flowsMax
                    + " flows; allowed is 1 s or more, and 1 to " + FLOWS_MOST);
        }
    }

    private static NatKind usual(String name, Scope mapping, Scope filtering, Allocation allocation) {
        return new NatKind(name, mapping, filtering, allocation, false, USUAL_TIMEOUT, USUAL_FLOWS);
    }

    public NatKind withHairpin(boolean other) {
        return new NatKind(name, mapping, filtering, allocation, other, timeoutNanos, flowsMax);
    }

    public NatKind withTimeoutNanos(long other) {
        return new NatKind(name, mapping, filtering, allocation, hairpin, other, flowsMax);
    }

    public NatKind withFlowsMax(int other) {
        return new NatKind(name, mapping, filtering, allocation, hairpin, timeoutNanos, other);
    }

    /// Whether anyone can reach a port of the node as soon as it is open.
    public boolean isOpen() {
        return name.equals(OPEN.name);
    }

    boolean isBlocked() {
        return !isOpen() && mapping == Scope.NOBODY;
    }

    /// For whom a mapping, or a permission, that one outward datagram made holds.
    public enum Scope {
        /// There is none.
        NOBODY(0),
        /// Endpoint-independent.
        ANYONE(0),
        /// Address-dependent.
        ADDRESS(0xffff_ffff_0000L),
        /// Address- and port-dependent.
        ENDPOINT(0xffff_ffff_ffffL);

        private final long mask;

        Scope(long mask) {
            this.mask = mask;
        }

        /// Of a remote endpoint in 48 bits, what counts.
        long of(long remote) {
            return remote & mask;
        }
    }

    /// How a new mapping gets its outer port.
    public enum Allocation {
        /// The inner port's number if it is free, else the next free one.
        PRESERVING,
        /// Any free one from 1,024 on.
        RANDOM,
        /// The one after the last.
        SEQUENTIAL,
        /// The inner port's number, shared by all flows, unless exactly this flow's is taken by an unsolicited datagram that came
        /// before: plain masquerading on a router that accepts what comes.
        POISONABLE
    }
}
