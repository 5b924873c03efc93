package org.privatus.simulation.bench.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.CpuTime;
import org.privatus.simulation.bench.harness.Profiling;
import org.privatus.simulation.bench.harness.Progress;

/// A network on loopback, every node in a process of its own.
public final class NodeNetwork {
    private static final List<String> MEASURED = List.of(
            "-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");
    private static final List<String> BRIEF = List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1");
    private static final String NO_RELAY = "privatus.node.relay=false";

    private final List<String> jvmOptions;
    private final List<String> settings;
    private final Path directory;
    private final Cleanup cleanup;
    private final List<MeasuredNode> nodes = new ArrayList<>();
    private final List<String> join = new ArrayList<>();

    /// @param brief processes start fast rather than run fast
    /// @param settings of all nodes, `KEY=VALUE`
    /// @param directory on the disk that the nodes watch
    public NodeNetwork(boolean brief, List<String> settings, Path directory, Cleanup cleanup) {
        this.jvmOptions = brief ? BRIEF : MEASURED;
        this.settings = List.copyOf(settings);
        this.directory = directory;
        this.cleanup = cleanup;
    }

    /// Starts nodes that relay for others, and returns when they have joined. The first is there before the others, which come together.
    public List<MeasuredNode> startRelays(int count, Progress progress) throws IOException {
        progress.now("starting " + count + " relays");
        var relays = new ArrayList<>(List.of(startFirst("relay 1")));
        for (int i = 2; i <= count; i++) {
            relays.add(launch("relay " + i, List.of()));
        }
        for (MeasuredNode relay : relays.subList(1, count)) {
            settle(relay);
        }
        return relays;
    }

    /// Starts the first node of a network.
    public MeasuredNode startFirst(String name) throws IOException {
        return start(name, List.of());
    }

    /// By which others join: the first node's.
    public String joinAddress() {
        return join.getFirst();
    }

    /// Starts a node that carries nothing for others, and returns when it has joined.
    public MeasuredNode startGuest(String name, List<String> further) throws IOException {
        var own = new ArrayList<>(further);
        own.add(NO_RELAY);
        return start(name, own);
    }

    private MeasuredNode start(String name, List<String> further) throws IOException {
        MeasuredNode node = launch(name, further);
        settle(node);
        return node;
    }

    private MeasuredNode launch(String name, List<String> further) throws IOException {
        var all = new ArrayList<>(settings);
        all.addAll(further);
        var order = new NodeOrder.Start(join, all, directory.toString());
        return MeasuredNode.start(name, jvmOptions, order, cleanup);
    }

    private void settle(MeasuredNode node) {
        String address = node.awaitStarted();
        if (join.isEmpty()) {
            join.add(address);
        }
        node.awaitJoined();
        nodes.add(node);
    }

    public List<MeasuredNode> nodes() {
        return List.copyOf(nodes);
    }

    /// CPU seconds of every node so far, in the order of [#nodes].
    public List<Double> cpuTimes() {
        return CpuTime.read(nodes.stream().map(MeasuredNode::process).toList());
    }

    /// Does something while all nodes are recorded, if recordings are wanted. What is measured meanwhile is slower.
    ///
    /// @param part of the bench, names the recordings
    public void recorded(Profiling profiling, String part, Runnable work) throws IOException {
        if (!profiling.isWanted()) {
            return;
        }
        MeasuredNode.beginProfile(nodes);
        work.run();
        profiling.sumUp(part, MeasuredNode.endProfile(nodes, profiling.place(part)));
    }

    public void close() {
        nodes.forEach(MeasuredNode::close);
    }
}
