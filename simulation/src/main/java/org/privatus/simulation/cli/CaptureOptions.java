package org.privatus.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.results.Attachment;
import org.privatus.simulation.results.capture.Capture;
import org.privatus.simulation.results.capture.EventLog;
import org.privatus.simulation.run.ScenarioRun;
import org.privatus.simulation.scenario.Scenario;
import picocli.CommandLine.Option;

/// `--pcap` and `--events`: what a run writes beside its results, datagram by datagram and event by event. Nothing of it changes
/// the run.
final class CaptureOptions {
    private static final Pattern NODE = Pattern.compile("node=(\\d{1,9})");
    private static final int NODES_MAX = 64;

    @Option(
            names = "--pcap",
            split = ",",
            paramLabel = "node=N",
            description = "Write the datagrams of a node to DIR/node-N.pcapng, for Wireshark: node=17,node=18.")
    private List<String> captured = new ArrayList<>();

    @Option(names = "--events", description = "Write every event of each shard to DIR/events-SHARD.csv.gz.")
    private boolean events;

    /// Refuses what could have no effect.
    void requireSense(boolean written, boolean single) {
        if ((!captured.isEmpty() || events) && !(written && single)) {
            throw UserError.usage("--pcap and --events need --out DIR and a single run in one process");
        }
    }

    /// Looks at a run that has not begun; ask for [Watching#attachments] when it is over.
    Watching watch(ScenarioRun run, Scenario scenario, int shards) {
        var watching = new Watching(shards);
        for (String each : captured) {
            int node = node(each, scenario.nodes());
            String title = scenario.name() + ", seed " + scenario.seed();
            watching.captures.put(node, new Capture(node, title, EventLoop.EPOCH_MILLIS, SimulatedNetwork::nodeOf));
        }
        if (watching.captures.size() > NODES_MAX) {
            throw UserError.usage("--pcap: at most " + NODES_MAX + " nodes");
        }
        run.preparing(world -> {
            watching.captures.forEach((node, capture) -> {
                if (world.isHere(node)) {
                    world.network().tap(node, capture::passed);
                }
            });
            if (events) {
                var log = new EventLog(world.shard());
                watching.logs[world.shard()] = log;
                world.observe(log);
            }
        });
        return watching;
    }

    private static int node(String text, int nodes) {
        Matcher matcher = NODE.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= nodes) {
            throw UserError.usage("--pcap: '" + text + "' is no node: write node=17, from 0 to " + (nodes - 1));
        }
        return Integer.parseInt(matcher.group(1));
    }

    /// What is being written. Each capture and each log belongs to the thread of one shard until the run is over.
    static final class Watching {
        private final TreeMap<Integer, Capture> captures = new TreeMap<>();
        private final @Nullable EventLog[] logs;

        private Watching(int shards) {
            this.logs = new EventLog[shards];
        }

        List<Attachment> attachments() {
            var all = new ArrayList<Attachment>();
            captures.values().forEach(capture -> all.add(capture.attachment()));
            Stream.of(logs).forEach(log -> {
                if (log != null) {
                    all.add(log.attachment());
                }
            });
            return all;
        }
    }
}
