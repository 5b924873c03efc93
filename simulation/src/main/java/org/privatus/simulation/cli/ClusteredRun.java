package org.privatus.simulation.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.privatus.node.Main;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.cluster.ClusterException;
import org.privatus.simulation.cluster.ClusterMember;
import org.privatus.simulation.cluster.ClusterSettings;
import org.privatus.simulation.cluster.HostAndPort;
import org.privatus.simulation.cluster.LocalMembers;
import org.privatus.simulation.run.ScenarioRun;
import org.privatus.simulation.shard.RunObserver;
import org.privatus.simulation.shard.RunOutcome;

/// A run over several processes: this one's part in it, as coordinator or member.
final class ClusteredRun implements AutoCloseable {
    private final Terminal terminal;
    private final ClusterOptions options;
    private final List<LocalMembers> children = new ArrayList<>();

    ClusteredRun(Terminal terminal, ClusterOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /// Coordinates the run.
    RunOutcome coordinate(ScenarioRun run) {
        try {
            return run.runAcross(options.settings(), this::gather);
        } catch (ClusterException e) {
            throw UserError.runtime(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw UserError.usage("cluster: " + e.getMessage());
        }
    }

    private void gather(String address, Consumer<String> lost) {
        if (options.children() == 0) {
            terminal.err().println("waiting for the others: privatus simulate --cluster-join " + address);
            return;
        }
        try {
            children.add(LocalMembers.start(
                    options.children(), List.of(Main.class.getName(), "simulate", "--cluster-join", address), lost));
        } catch (ClusterException e) {
            lost.accept(String.valueOf(e.getMessage()));
        }
    }

    /// Takes part in another process's run.
    static int join(String coordinator) {
        try {
            String host = localAddressTowards(coordinator);
            ClusterMember.join(ClusterSettings.of(host, 0, 1), coordinator, ScenarioRun::described, RunObserver.NONE);
            return ExitCodes.OK;
        } catch (ClusterException e) {
            throw UserError.runtime(String.valueOf(e.getMessage()));
        }
    }

    /// The address of this machine by which the coordinator can reach it; nothing is sent.
    private static String localAddressTowards(String coordinator) {
        HostAndPort place = ClusterOptions.place(coordinator);
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(place.host(), place.port()));
            return socket.getLocalAddress().getHostAddress();
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.runtime("there is no way to " + coordinator + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        children.forEach(LocalMembers::close);
    }
}
