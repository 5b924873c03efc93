package org.privatus.simulation.bench.onion;

/// How much is done in each round.
///
/// @param bulkBytes of each transfer
/// @param warmUpBytes that are transferred before anything is measured
/// @param warmUpBursts how often circuits are built at once before anything is measured: handshakes are compiled late
/// @param pings of 100 bytes
/// @param builds circuits that are built one by one
/// @param burst circuits that are built at once
/// @param openings splices that are opened one by one
/// @param held circuits that one relay holds while its heap is measured; 0: it is not
/// @param brief the processes start fast rather than run fast
public record OnionWork(
        long bulkBytes,
        long warmUpBytes,
        int warmUpBursts,
        int pings,
        int builds,
        int burst,
        int openings,
        int held,
        boolean brief) {
    private static final long MEGA = 1_000_000;

    /// For figures that are to be compared.
    public static OnionWork full() {
        return new OnionWork(128 * MEGA, 512 * MEGA, 12, 2_000, 60, 100, 9, 5_000, false);
    }

    /// Whether everything works, in seconds.
    public static OnionWork tiny() {
        return new OnionWork(MEGA, MEGA, 1, 20, 3, 6, 2, 0, true);
    }
}
