package org.privatus.simulation.network;

import org.privatus.simulation.random.Mix;

/// The latencies of the workload on which Kademlia simulators are compared: `10 + mix64(min << 32 | max) mod 91` ms.
public final class KademliaWorkloadLatency implements LatencyModel {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MIN_MILLIS = 10;
    private static final long VALUES = 91;

    @Override
    public long oneWayNanos(int from, int to) {
        long pair = ((long) Math.min(from, to) << 32) | Math.max(from, to);
        return NANOS_PER_MILLI * (MIN_MILLIS + Long.remainderUnsigned(Mix.mix64(pair), VALUES));
    }

    @Override
    public long minimumNanos() {
        return NANOS_PER_MILLI * MIN_MILLIS;
    }
}
