package org.privatus.node.actor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.node.control.StatusView;
import org.privatus.node.host.Gauges;
import org.privatus.node.host.NodeHost;

/// The supervisor of the node's settings: it watches queues, latencies and the machine. It moves nothing.
///
/// Owners report a latency when they have measured one, and queue depths when they are asked for their view, so that an
/// idle node has no timer here. Limits: [#NAMES_MAX] names; a latency is kept with two digits between 1 µs and an hour, in memory that
/// grows with the number of different values.
public final class TunerActor {
    private static final int NAMES_MAX = 64;
    private static final long LATENCY_MIN_NANOS = 1_000;
    private static final long LATENCY_MAX_NANOS = 3_600_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;

    /// What the supervisor is told.
    public sealed interface Command {}

    /// Something took this long.
    public record Took(String name, long nanos) implements Command {}

    /// So much waits at a place that holds so much.
    public record Waiting(String name, long depth, long capacity) implements Command {}

    /// What was seen so far, with a fresh reading of the machine.
    public record GetView(ActorRef<StatusView.Tuner> replyTo) implements Command {}

    private final NodeHost host;
    private final Map<String, Histogram> latencies = new LinkedHashMap<>();
    private final Map<String, StatusView.Queue> queues = new LinkedHashMap<>();
    private long samples;

    private TunerActor(NodeHost host) {
        this.host = host;
    }

    public static Behavior<Command> create(NodeHost host) {
        return Behaviors.setup(context -> Behaviors.receiveMessage(new TunerActor(host)::onMessage));
    }

    private Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Took(var name, var nanos) -> took(name, nanos);
            case Waiting(var name, var depth, var capacity) -> {
                if (queues.size() < NAMES_MAX || queues.containsKey(name)) {
                    queues.put(name, new StatusView.Queue(name, depth, capacity));
                }
            }
            case GetView(var replyTo) -> replyTo.tell(view());
        }
        return Behaviors.same();
    }

    private void took(String name, long nanos) {
        samples++;
        if (latencies.size() < NAMES_MAX || latencies.containsKey(name)) {
            latencies
                    .computeIfAbsent(name, ignored -> new PackedHistogram(LATENCY_MIN_NANOS, LATENCY_MAX_NANOS, 2))
                    .recordValue(Math.clamp(nanos, LATENCY_MIN_NANOS, LATENCY_MAX_NANOS));
        }
    }

    private StatusView.Tuner view() {
        Gauges.Reading machine = host.gauges().read();
        List<StatusView.Latency> seen = new ArrayList<>();
        latencies.forEach((name, histogram) -> seen.add(latency(name, histogram)));
        return new StatusView.Tuner(
                samples,
                new StatusView.Machine(
                        machine.cpuLoad(),
                        machine.processCpuLoad(),
                        machine.heapUsedBytes(),
                        machine.heapMaxBytes(),
                        machine.memoryUsedBytes(),
                        machine.memoryTotalBytes(),
                        machine.diskUsedBytes(),
                        machine.diskTotalBytes()),
                List.copyOf(queues.values()),
                seen,
                List.of());
    }

    private static StatusView.Latency latency(String name, Histogram histogram) {
        return new StatusView.Latency(
                name,
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / NANOS_PER_MILLI,
                histogram.getValueAtPercentile(90) / NANOS_PER_MILLI,
                histogram.getValueAtPercentile(99) / NANOS_PER_MILLI,
                histogram.getMaxValue() / NANOS_PER_MILLI);
    }
}
