package org.privatus.simulation.scenario;

import java.time.Duration;

/// What a run may be told. Two runs with equal options and the same build are equal, event for event.
///
/// @param duration how long people write, from the first node's start; the run goes on until all has arrived or
///     [#patience()] is over
/// @param loss probability that a datagram vanishes
/// @param realCrypto the real primitives instead of the stub's
/// @param peopleShare share of nodes that carry a person, 0–1
/// @param interval between two messages of one person
/// @param messageBytes length of a message
/// @param poolDescriptors relays that a node knows at most
public record SimulationOptions(
        int nodes,
        long seed,
        Duration duration,
        double loss,
        boolean realCrypto,
        double peopleShare,
        Duration interval,
        int messageBytes,
        int poolDescriptors) {
    /// Real primitives cost a thousand times as much.
    public static final int REAL_CRYPTO_NODES_MAX = 50;

    private static final Duration STARTS_APART = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    public SimulationOptions {
        require(nodes >= 1 && nodes <= 1_000_000, "--nodes is " + nodes + "; allowed is 1 to 1000000");
        require(!duration.isNegative() && !duration.isZero(), "--duration must be longer than nothing");
        require(loss >= 0 && loss < 1, "--loss is " + loss + "; allowed is 0 up to, not including, 1");
        require(peopleShare >= 0 && peopleShare <= 1, "--people is " + peopleShare + "; allowed is 0 to 1");
        require(messageBytes >= 30 && messageBytes <= 4096, "message bytes: 30 to 4096");
        require(interval.toMillis() >= 100, "the interval is at least 100 ms");
        require(
                !realCrypto || nodes <= REAL_CRYPTO_NODES_MAX,
                "--crypto real is for up to " + REAL_CRYPTO_NODES_MAX + " nodes; leave it out for more");
    }

    /// Ten simulated minutes, 100 bytes every 30 s from each tenth node, 256 descriptors, the stub.
    public static SimulationOptions of(int nodes, long seed) {
        return new SimulationOptions(
                nodes, seed, Duration.ofMinutes(10), 0, false, 0.1, Duration.ofSeconds(30), 100, 256);
    }

    public SimulationOptions withDuration(Duration other) {
        return new SimulationOptions(
                nodes, seed, other, loss, realCrypto, peopleShare, interval, messageBytes, poolDescriptors);
    }

    public SimulationOptions withLoss(double other) {
        return new SimulationOptions(
                nodes, seed, duration, other, realCrypto, peopleShare, interval, messageBytes, poolDescriptors);
    }

    public SimulationOptions withRealCrypto(boolean other) {
        return new SimulationOptions(
                nodes, seed, duration, loss, other, peopleShare, interval, messageBytes, poolDescriptors);
    }

    public SimulationOptions withPeople(double share) {
        return new SimulationOptions(
                nodes, seed, duration, loss, realCrypto, share, interval, messageBytes, poolDescriptors);
    }

    /// Nodes that carry a person: at least two if any.
    public int people() {
        int count = (int) Math.round(nodes * peopleShare);
        return count == 0 || nodes < 2 ? 0 : Math.min(nodes, Math.max(2, count));
    }

    /// When the last node has started.
    public Duration startSpread() {
        return STARTS_APART.multipliedBy(nodes);
    }

    /// How long after [#duration()] the last messages may still arrive.
    public Duration patience() {
        return PATIENCE;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
