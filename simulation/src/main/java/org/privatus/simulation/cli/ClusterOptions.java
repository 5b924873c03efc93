package org.privatus.simulation.cli;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.cluster.ClusterSettings;
import org.privatus.simulation.cluster.HostAndPort;
import org.privatus.simulation.cluster.TransportKind;
import picocli.CommandLine.Option;

/// The options with which `privatus simulate` spreads a run over several processes.
final class ClusterOptions {
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--cluster",
            paramLabel = "N",
            description = "Spread the nodes over N processes of this machine. The result is the same, hash included.")
    private @Nullable Integer processes;

    @Option(
            names = "--cluster-listen",
            paramLabel = "HOST:PORT",
            description =
                    "Coordinate a run over machines: listen there for --expect members, this one included. Only on a"
                            + " network you trust: nothing is encrypted.")
    private @Nullable String listen;

    @Option(names = "--expect", paramLabel = "N", description = "How many processes --cluster-listen waits for.")
    private @Nullable Integer expected;

    @Option(
            names = "--cluster-join",
            paramLabel = "HOST:PORT",
            description = "Take part in the run of the coordinator there; it says what is run.")
    private @Nullable String join;

    @Option(
            names = "--cluster-transport",
            paramLabel = "aeron|aeron-udp|artery",
            description =
                    "What carries datagrams between processes. Default: aeron, which is shared memory on one machine.")
    private String transport = "aeron";

    boolean isCoordinator() {
        return processes != null || listen != null;
    }

    Optional<String> join() {
        return Optional.ofNullable(join);
    }

    /// How many members this process starts itself.
    int children() {
        return processes == null ? 0 : processes - 1;
    }

    /// Where and how to coordinate.
    ClusterSettings settings() {
        if (processes != null) {
            if (listen != null || expected != null) {
                throw UserError.usage("--cluster starts its members itself: leave out --cluster-listen and --expect");
            }
            return settings(LOOPBACK, 0, processes);
        }
        if (expected == null) {
            throw UserError.usage("--cluster-listen waits for how many processes? Add --expect N");
        }
        HostAndPort place = place(String.valueOf(listen));
        return settings(place.host(), place.port(), expected);
    }

    private ClusterSettings settings(String host, int port, int members) {
        try {
            return ClusterSettings.of(host, port, members).withTransport(kind());
        } catch (IllegalArgumentException e) {
            throw UserError.usage(String.valueOf(e.getMessage()));
        }
    }

    private TransportKind kind() {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "aeron" -> TransportKind.AERON;
            case "aeron-udp" -> TransportKind.AERON_UDP;
            case "artery" -> TransportKind.ARTERY;
            default ->
                throw UserError.usage("--cluster-transport is " + transport + "; allowed: aeron, aeron-udp, artery");
        };
    }

    static HostAndPort place(String address) {
        try {
            return HostAndPort.parse(address);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(String.valueOf(e.getMessage()));
        }
    }
}
