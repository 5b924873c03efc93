package org.privatus.simulation.bench.link;

/// How much is done in each round.
///
/// @param bulkBytes of the transfer
/// @param messages of 100 bytes
/// @param pings of 100 bytes, one after the other
/// @param warmUps how often all of it is done before anything is measured
/// @param brief the processes start fast rather than run fast
public record LinkWork(long bulkBytes, long messages, int pings, int warmUps, boolean brief) {
    /// For figures that are to be compared.
    public static LinkWork full() {
        return new LinkWork(512_000_000, 1_000_000, 10_000, 2, false);
    }

    /// Whether everything works, in seconds.
    public static LinkWork tiny() {
        return new LinkWork(2_000_000, 5_000, 50, 1, true);
    }
}
