package org.privatus.simulation.network;

import org.agrona.collections.Long2LongHashMap;
import org.privatus.simulation.random.Mix;

/// One NAT box with one machine behind it. It remembers mappings, by which outward datagrams get their outer port, and
/// permissions, by which inward ones are let in: each a word with a port and the moment until which it holds.
///
/// Remote endpoints are numbers of 48 bits: address, port. Port 0 says no.
final class NatBox {
    static final int REFUSED = 0;

    private static final int PORT_BITS = 16;
    private static final int PORT_MASK = 0xffff;
    private static final int REMOTE_BITS = 48;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int LEAST_PORT = 1_024;
    private static final int PORTS = (1 << PORT_BITS) - LEAST_PORT;
    /// What Linux gives to a flow that has seen one direction only.
    private static final long POISON_NANOS = 30_000_000_000L;
    /// The router itself, to which an unsolicited datagram was addressed.
    private static final int ROUTER = 0;

    private final NatKind kind;
    private final long key;
    private Long2LongHashMap mappings = new Long2LongHashMap(0);
    private Long2LongHashMap permissions = new Long2LongHashMap(0);
    /// Until when an outer port is somebody's.
    private Long2LongHashMap taken = new Long2LongHashMap(0);

    private int allocations;
    private int lastPort;
    private long nextPurgeNanos;

    /// @param key of the box's own chance
    NatBox(NatKind kind, long key) {
        this.kind = kind;
        this.key = key;
        this.lastPort = LEAST_PORT + (int) Long.remainderUnsigned(Mix.mix64(key), PORTS);
    }

    /// The outer port of a datagram on its way out, or [#REFUSED].
    int outward(int innerPort, long remote, long nowNanos) {
        long mapping = keyOf(innerPort, kind.mapping().of(remote));
        long known = mappings.get(mapping);
        boolean isNew = !lives(known, nowNanos);
        int outerPort = isNew ? allocate(innerPort, remote, nowNanos) : port(known);
        if (outerPort == REFUSED) {
            return REFUSED;
        }
        long permission = keyOf(outerPort, kind.filtering().of(remote));
        if (!hasRoom(isNew && known == 0, !permissions.containsKey(permission), nowNanos)) {
            return REFUSED;
        }
        allocations += isNew ? 1 : 0;
        long until = nowNanos + kind.timeoutNanos();
        mappings.put(mapping, entry(until, outerPort));
        permissions.put(permission, entry(until, innerPort));
        taken.put(outerPort, entry(until, innerPort));
        return outerPort;
    }

    /// The inner port for a datagram that came to `outerPort`, or [#REFUSED].
    int inward(int outerPort, long remote, long nowNanos) {
        long permission = keyOf(outerPort, kind.filtering().of(remote));
        long known = permissions.get(permission);
        if (!lives(known, nowNanos)) {
            if (kind.allocation() == NatKind.Allocation.POISONABLE && hasRoom(false, known == 0, nowNanos)) {
                permissions.put(permission, entry(nowNanos + POISON_NANOS, ROUTER));
            }
            return REFUSED;
        }
        int innerPort = port(known);
        if (innerPort != ROUTER) {
            refresh(innerPort, outerPort, permission, remote, nowNanos + kind.timeoutNanos());
        }
        return innerPort;
    }

    /// Mappings that were ever made.
    int allocations() {
        return allocations;
    }

    private void refresh(int innerPort, int outerPort, long permission, long remote, long untilNanos) {
        permissions.put(permission, entry(untilNanos, innerPort));
        taken.put(outerPort, entry(untilNanos, innerPort));
        long mapping = keyOf(innerPort, kind.mapping().of(remote));
        if (mappings.containsKey(mapping)) {
            mappings.put(mapping, entry(untilNanos, outerPort));
        }
    }

    private int allocate(int innerPort, long remote, long nowNanos) {
        return switch (kind.allocation()) {
            case PRESERVING -> firstFree(Math.max(innerPort, LEAST_PORT), nowNanos);
            case RANDOM -> firstFree(randomPort(), nowNanos);
            case SEQUENTIAL -> {
                lastPort = firstFree(after(lastPort), nowNanos);
                yield lastPort;
            }
            case POISONABLE ->
                lives(permissions.get(keyOf(innerPort, kind.filtering().of(remote))), nowNanos)
                        ? firstFree(randomPort(), nowNanos)
                        : innerPort;
        };
    }

    private int randomPort() {
        return LEAST_PORT + (int) Long.remainderUnsigned(Mix.of(key, allocations), PORTS);
    }

    private int firstFree(int start, long nowNanos) {
        int port = start;
        for (int tried = 0; tried < PORTS; tried++) {
            if (!lives(taken.get(port), nowNanos)) {
                return port;
            }
            port = after(port);
        }
        return REFUSED;
    }

    private static int after(int port) {
        return port == PORT_MASK ? LEAST_PORT : port + 1;
    }

    /// Whether one more of each fits. What is over is only cleared away when it is in the way, and not again right after.
    private boolean hasRoom(boolean mapping, boolean permission, long nowNanos) {
        if (fits(mapping, permission)) {
            return true;
        }
        if (nowNanos < nextPurgeNanos) {
            return false;
        }
        nextPurgeNanos = nowNanos + kind.timeoutNanos() / 16;
        mappings = alive(mappings, nowNanos);
        permissions = alive(permissions, nowNanos);
        taken = alive(taken, nowNanos);
        return fits(mapping, permission);
    }

    private boolean fits(boolean mapping, boolean permission) {
        return mappings.size() + (mapping ? 1 : 0) <= kind.flowsMax()
                && permissions.size() + (permission ? 1 : 0) <= kind.flowsMax();
    }

    private static Long2LongHashMap alive(Long2LongHashMap entries, long nowNanos) {
        var alive = new Long2LongHashMap(0);
        entries.forEachLong((key, entry) -> {
            if (lives(entry, nowNanos)) {
                alive.put(key, entry);
            }
        });
        return alive;
    }

    private static long keyOf(int port, long remote) {
        return ((long) port << REMOTE_BITS) | remote;
    }

    private static long entry(long untilNanos, int port) {
        return ((untilNanos / NANOS_PER_MICRO) << PORT_BITS) | port;
    }

    private static boolean lives(long entry, long nowNanos) {
        return entry >>> PORT_BITS > nowNanos / NANOS_PER_MICRO;
    }

    private static int port(long entry) {
        return (int) entry & PORT_MASK;
    }
}
