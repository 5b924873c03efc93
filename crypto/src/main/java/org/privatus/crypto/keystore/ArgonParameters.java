package org.privatus.crypto.keystore;

/// What deriving a key from a passphrase costs, by Argon2id (RFC 9106). Bounded below, so that nobody writes a
/// keystore that is cheap to guess, and above, so that a file cannot make the node take all memory or run for hours.
///
/// @param memoryKib 19 MiB to 1 GiB
/// @param passes 2 to 16
/// @param lanes 1 to 4; more are slower here, since lanes are not run in parallel
public record ArgonParameters(int memoryKib, int passes, int lanes) {
    /// 64 MiB, 3 passes, 1 lane: about a quarter of a second.
    public static final ArgonParameters DEFAULT = new ArgonParameters(64 * 1024, 3, 1);

    /// The least that is accepted.
    public static final ArgonParameters MINIMUM = new ArgonParameters(19 * 1024, 2, 1);

    static final String BOUNDS = "19 MiB to 1 GiB, 2 to 16 passes, 1 to 4 lanes";

    public ArgonParameters {
        if (!isWithinBounds(memoryKib, passes, lanes)) {
            throw new IllegalArgumentException(
                    memoryKib + " KiB, " + passes + " passes, " + lanes + " lanes; allowed: " + BOUNDS);
        }
    }

    static boolean isWithinBounds(long memoryKib, long passes, long lanes) {
        return memoryKib >= 19 * 1024
                && memoryKib <= 1024 * 1024
                && passes >= 2
                && passes <= 16
                && lanes >= 1
                && lanes <= 4;
    }
}
