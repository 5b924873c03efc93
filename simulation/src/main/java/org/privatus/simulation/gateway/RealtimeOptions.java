package org.privatus.simulation.gateway;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.network.NatKind;
import org.privatus.simulation.scenario.Scenario;
import picocli.CommandLine.Option;

/// The options of `privatus simulate` that let real nodes in.
public final class RealtimeOptions {
    @Option(names = "--realtime", description = "Virtual time follows the wall clock; with --gateway.")
    private boolean realtime;

    @Option(
            names = "--gateway",
            paramLabel = "ADDRESS:PORT",
            description = "With --realtime: real nodes of this machine join the simulated network there, with"
                    + " 'privatus node --join ADDRESS:PORT'. An address that begins with 127; port 0 takes any that is"
                    + " free. It stays up until Ctrl-C, or for --duration.")
    private @Nullable String gateway;

    @Option(
            names = "--gateway-nat",
            paramLabel = "KIND",
            description =
                    "The NAT box that each real node is behind, such as port-restricted or symmetric. Default: open.")
    private @Nullable String nat;

    /// Whether any of them was given.
    public boolean isAsked() {
        return realtime || gateway != null || nat != null;
    }

    /// Opens the gateway and stays until it ends.
    ///
    /// @param duration how long, if the user said so
    /// @return the exit code
    public int run(Terminal terminal, Scenario scenario, Optional<Duration> duration) {
        if (gateway == null) {
            throw UserError.usage(
                    realtime
                            ? "--realtime without --gateway ADDRESS:PORT: only real nodes need real time"
                            : "--gateway-nat without --realtime --gateway ADDRESS:PORT: it is for real nodes");
        }
        if (!realtime) {
            throw UserError.usage("--gateway without --realtime: real nodes cannot follow virtual time");
        }
        return new GatewayRun(terminal, options(scenario, gateway, duration)).run();
    }

    private GatewayOptions options(Scenario scenario, String at, Optional<Duration> duration) {
        NatKind kind = nat == null ? NatKind.OPEN : GatewayOptions.parseNat(nat);
        return new GatewayOptions(scenario, GatewayOptions.parse(at), kind, duration);
    }
}
