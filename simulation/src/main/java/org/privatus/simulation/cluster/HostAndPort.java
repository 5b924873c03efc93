package org.privatus.simulation.cluster;

/// Where a process of a cluster is reached.
///
/// @param host a name or an address
public record HostAndPort(String host, int port) {
    /// Reads `HOST:PORT`.
    ///
    /// @throws IllegalArgumentException when it is none, with a message for the user
    public static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                return new HostAndPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(refusal(text), e);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "'" + text + "' is no HOST:PORT";
    }
}
