package org.privatus.simulation.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.network.NatKind;
import org.privatus.simulation.scenario.Scenario;

/// What a gateway is told.
///
/// @param at where simulated nodes are to be found; port 0 takes one that is free
/// @param nat the box that each real node is behind
/// @param duration how long it stays up; empty: until it is ended
public record GatewayOptions(Scenario scenario, Endpoint at, NatKind nat, Optional<Duration> duration) {
    /// Each has a socket, and all of them one processor in real time.
    public static final int NODES_MAX = 1000;

    private static final String LOCALHOST = "localhost:";

    public GatewayOptions {
        if (scenario.nodes() > NODES_MAX) {
            throw UserError.usage("--gateway is for up to " + NODES_MAX + " nodes, and the scenario " + scenario.name()
                    + " has " + scenario.nodes() + ": choose fewer with --nodes N");
        }
    }

    /// Reads the name of a kind of NAT.
    ///
    /// @throws UserError when there is no such kind
    public static NatKind parseNat(String text) {
        return NatKind.ALL.stream()
                .filter(kind -> kind.name().equals(text))
                .findFirst()
                .orElseThrow(() -> UserError.usage("--gateway-nat is " + RemoteText.line(text) + "; allowed: "
                        + NatKind.ALL.stream().map(NatKind::name).collect(Collectors.joining(", "))));
    }

    /// Reads `ADDRESS:PORT` of this machine.
    ///
    /// @throws UserError when it is none, or none on loopback
    public static Endpoint parse(String text) {
        String literal = text.startsWith(LOCALHOST) ? "127.0.0.1:" + text.substring(LOCALHOST.length()) : text;
        Endpoint at;
        try {
            at = Endpoint.parse(literal);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(
                    "--gateway is " + RemoteText.line(text) + ": write ADDRESS:PORT, such as 127.0.0.1:9000");
        }
        if (!at.isIpv4() || !at.isLoopback()) {
            throw UserError.usage("--gateway is " + at
                    + ", but simulated nodes are for this machine alone: choose an address that begins with 127");
        }
        return at;
    }
}
