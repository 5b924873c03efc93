package org.privatus.simulation.bench.onion;

/// How much is done in each round.
///
/// @param bulkBytes of each transfer
/// @param warmUpBytes that are transferred before anything is measured
/// @param pings of 100 bytes
/// @param builds circuits that are built one by one
/// @param burst circuits that are built at once
/// @param openings splices that are opened one by one
/// @param held circuits that one relay holds while its heap is measured; 0: it is not
public record OnionWork(long bulkBytes, long warmUpBytes, int pings, int builds, int burst, int openings, int held) {
    private static final long MEGA = 1_000_000;

    /// For figures that are to be compared.
    public static OnionWork full() {
        return new OnionWork(128 * MEGA, 192 * MEGA, 2_000, 60, 100, 9, 5_000);
    }

    /// Whether everything works, in seconds.
    public static OnionWork tiny() {
        return new OnionWork(MEGA, MEGA, 20, 3, 6, 2, 0);
    }
}
