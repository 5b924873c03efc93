package org.privatus.simulation.results;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/// The numbers that stand at the top of `summary.json`, each with its key. Keys stay as they are; new ones may come. A number that
/// a run did not measure is `null` there.
public enum Figure {
    NODES("nodes", Unit.COUNT, "nodes that can be", (run, _) -> of(run.nodes())),
    SHARDS(
            "shards",
            Unit.COUNT,
            "threads or processes that shared the run",
            Kind.COST,
            (run, _) -> of(run.costs().shards().size())),
    SIMULATED_SECONDS(
            "simulatedSeconds", Unit.SECONDS, "virtual time that passed", (run, _) -> of(run.simulatedSeconds())),
    EVENTS("events", Unit.COUNT, "steps of the event loops", (run, _) -> of(run.events())),
    EVENTS_PER_CPU_SECOND(
            "eventsPerCpuSecond",
            Unit.PER_SECOND,
            "events per CPU-second of all shards together",
            Kind.COST,
            (run, _) -> ratio(run.events(), run.costs().cpuSeconds())),
    WALL_SECONDS(
            "wallSeconds",
            Unit.SECONDS,
            "wall time of the run, without setupSeconds",
            Kind.COST,
            (run, _) -> of(run.costs().wallSeconds())),
    CPU_SECONDS(
            "cpuSeconds",
            Unit.SECONDS,
            "CPU time of all shards' threads, set-up and garbage collection excluded",
            Kind.COST,
            (run, _) -> of(run.costs().cpuSeconds())),
    BUSIEST_SHARD_CPU_SECONDS(
            "busiestShardCpuSeconds",
            Unit.SECONDS,
            "the same of the busiest shard",
            Kind.COST,
            (run, _) -> of(run.costs().busiestCpuSeconds())),
    SETUP_SECONDS(
            "setupSeconds",
            Unit.SECONDS,
            "CPU time until the first event, of the shard that took most",
            Kind.COST,
            (run, _) -> of(run.costs().setupSeconds())),
    BYTES_PER_NODE(
            "bytesPerNode",
            Unit.BYTES,
            "live heap of the whole process at the end, after a collection, per node",
            Kind.COST,
            (run, _) -> asDouble(run.costs().heapBytesPerNode())),
    LOOKUPS("lookups", Unit.COUNT, "DHT lookups that ended", (_, seen) -> asDouble(lookups(seen))),
    LOOKUPS_PER_CPU_SECOND(
            "lookupsPerCpuSecond",
            Unit.PER_SECOND,
            "lookups per CPU-second of all shards",
            Kind.COST,
            (run, seen) -> ratio(lookups(seen), run.costs().cpuSeconds())),
    REQUESTS_PER_LOOKUP(
            "requestsPerLookup",
            Unit.RATIO,
            "requests that a lookup sent, mean",
            (_, seen) -> perLookup(seen, total(seen, Series.LOOKUP_REQUESTS, CounterNames.LOOKUP_REQUESTS))),
    DEPTH(
            "depth",
            Unit.RATIO,
            "answers between the asking node and the closest contact, mean",
            (_, seen) -> perLookup(seen, seen.counter(CounterNames.LOOKUP_DEPTH))),
    MEAN_LATENCY(
            "meanLatencyMs",
            Unit.MILLIS,
            "duration of a lookup, mean; where people write, of every operation on the DHT",
            (_, seen) -> known(seen.distribution(Metric.LOOKUP).meanMillis())),
    SUCCESS(
            "success",
            Unit.SHARE,
            "lookups that found what they looked for; nobody finds itself, so of N nodes one lookup in N does not",
            (_, seen) -> success(seen)),
    SENT(
            "sent",
            Unit.COUNT,
            "messages that people wrote and their nodes took",
            (_, seen) -> messages(seen, seen.messages().sent())),
    DELIVERED(
            "delivered",
            Unit.COUNT,
            "messages shown to their receiver",
            (_, seen) -> messages(seen, seen.messages().delivered())),
    DELIVERED_SHARE(
            "deliveredShare",
            Unit.SHARE,
            "delivered by sent",
            (_, seen) -> ratio(seen.messages().delivered(), seen.messages().sent())),
    MISSING(
            "missing",
            Unit.COUNT,
            "messages never shown",
            (_, seen) -> messages(seen, seen.messages().missing())),
    REPEATED(
            "repeated",
            Unit.COUNT,
            "showings beyond a message's first",
            (_, seen) -> messages(seen, seen.messages().repeated())),
    UNKNOWN(
            "unknown",
            Unit.COUNT,
            "showings of what was not for that person",
            (_, seen) -> messages(seen, seen.messages().unknown())),
    REFUSED(
            "refused",
            Unit.COUNT,
            "messages that the sender's own node did not take",
            (_, seen) -> messages(seen, seen.messages().refused())),
    ACKNOWLEDGED(
            "acknowledged",
            Unit.COUNT,
            "messages whose sender learned that they arrived",
            (_, seen) -> messages(seen, seen.messages().acknowledged())),
    ACKNOWLEDGED_MISSING(
            "acknowledgedMissing",
            Unit.COUNT,
            "acknowledged and never shown",
            (_, seen) -> messages(seen, seen.messages().acknowledgedMissing())),
    MEAN_RELAYS(
            "meanRelays",
            Unit.RATIO,
            "relays on the sender's side of an acknowledged message, mean",
            (_, seen) -> seen.messages().acknowledged() == 0
                    ? OptionalDouble.empty()
                    : of(seen.messages().meanRelays())),
    FOLLOWED(
            "followedOneIn",
            Unit.RATIO,
            "1: all messages were followed; n: every n-th, and the counts are of these",
            (_, seen) -> messages(seen, seen.messages().followedOneIn())),
    CIRCUITS_BUILT(
            "circuitsBuilt",
            Unit.COUNT,
            "circuits that were built",
            (_, seen) -> asDouble(total(seen, Series.CIRCUITS_BUILT, CounterNames.CIRCUITS_BUILT))),
    CIRCUITS_FAILED(
            "circuitsFailed",
            Unit.COUNT,
            "circuits that could not be built",
            (_, seen) -> asDouble(total(seen, Series.CIRCUITS_FAILED, CounterNames.CIRCUITS_FAILED))),
    DATAGRAMS("datagrams", Unit.COUNT, "datagrams that nodes sent", (_, seen) -> counted(seen, Series.DATAGRAMS)),
    LOST("lost", Unit.COUNT, "datagrams that never arrived", (_, seen) -> counted(seen, Series.LOST, Series.DATAGRAMS)),
    BYTES("bytes", Unit.BYTES, "UDP payload that nodes sent", (_, seen) -> counted(seen, Series.BYTES)),
    TRAFFIC_PER_NODE(
            "trafficBytesPerNode",
            Unit.BYTES,
            "UDP payload sent per node",
            (run, seen) ->
                    seen.has(Series.BYTES) ? ratio(seen.total(Series.BYTES), run.nodes()) : OptionalDouble.empty()),
    NODES_UP("nodesUp", Unit.COUNT, "nodes that run at the end", (_, seen) -> counted(seen, Series.NODES_UP)),
    STARTED("started", Unit.COUNT, "starts of nodes", (_, seen) -> counted(seen, Series.STARTED)),
    STOPPED(
            "stopped",
            Unit.COUNT,
            "nodes that left and said so",
            (_, seen) -> counted(seen, Series.STOPPED, Series.NODES_UP)),
    CRASHED(
            "crashed",
            Unit.COUNT,
            "nodes that ended without a word",
            (_, seen) -> counted(seen, Series.CRASHED, Series.NODES_UP)),
    VIOLATIONS("violations", Unit.COUNT, "times that a check did not hold", (_, seen) -> of(seen.violationCount()));

    /// Whether the same run on another machine has the same number.
    private enum Kind {
        BEHAVIOUR,
        COST
    }

    private final String key;
    private final Unit unit;
    private final String meaning;
    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final BiFunction<RunInfo, Measurements, OptionalDouble> reading;

    Figure(String key, Unit unit, String meaning, BiFunction<RunInfo, Measurements, OptionalDouble> reading) {
        this(key, unit, meaning, Kind.BEHAVIOUR, reading);
    }

    Figure(
            String key,
            Unit unit,
            String meaning,
            Kind kind,
            BiFunction<RunInfo, Measurements, OptionalDouble> reading) {
        this.key = key;
        this.unit = unit;
        this.meaning = meaning;
        this.kind = kind;
        this.reading = reading;
    }

    /// Its value in a run; empty where it was not measured.
    public OptionalDouble of(RunInfo run, Measurements seen) {
        return reading.apply(run, seen);
    }

    private static OptionalDouble of(double value) {
        return OptionalDouble.of(value);
    }

    private static OptionalDouble of(long value) {
        return OptionalDouble.of((double) value);
    }

    private static OptionalDouble known(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static OptionalDouble asDouble(OptionalLong value) {
        return value.isPresent() ? of(value.getAsLong()) : OptionalDouble.empty();
    }

    private static OptionalDouble ratio(long number, long by) {
        return ratio((double) number, (double) by);
    }

    private static OptionalDouble ratio(long number, double by) {
        return ratio((double) number, by);
    }

    private static OptionalDouble ratio(double number, double by) {
        return by <= 0 ? OptionalDouble.empty() : OptionalDouble.of(number / by);
    }

    private static OptionalDouble counted(Measurements seen, Series which) {
        return seen.has(which) ? of(seen.total(which)) : OptionalDouble.empty();
    }

    /// 0 where the other was counted.
    private static OptionalDouble counted(Measurements seen, Series which, Series beside) {
        return seen.has(beside) ? of(seen.total(which)) : counted(seen, which);
    }

    private static OptionalDouble messages(Measurements seen, double value) {
        Messages messages = seen.messages();
        return messages.sent() + messages.unknown() + messages.refused() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(value);
    }

    private static OptionalDouble messages(Measurements seen, long value) {
        return messages(seen, (double) value);
    }

    /// From the series if somebody counted, else from the nodes' own counter.
    private static OptionalLong total(Measurements seen, Series which, String counter) {
        return seen.has(which) ? OptionalLong.of(seen.total(which)) : seen.counter(counter);
    }

    private static OptionalLong lookups(Measurements seen) {
        return total(seen, Series.LOOKUPS, CounterNames.LOOKUPS);
    }

    private static OptionalDouble ratio(OptionalLong number, double by) {
        return number.isEmpty() ? OptionalDouble.empty() : ratio(number.getAsLong(), by);
    }

    private static OptionalDouble perLookup(Measurements seen, OptionalLong sum) {
        return ratio(sum, (double) lookups(seen).orElse(0));
    }

    private static OptionalDouble success(Measurements seen) {
        long begun =
                seen.counter(CounterNames.LOOKUPS_BEGUN).orElse(lookups(seen).orElse(0));
        return ratio(seen.counter(CounterNames.LOOKUP_SUCCESSES), (double) begun);
    }

    /// The name in `summary.json`.
    public String key() {
        return key;
    }

    public Unit unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    /// Whether it says what the run took on a machine, rather than what happened in it.
    public boolean isCost() {
        return kind == Kind.COST;
    }

    /// Whether it is a whole number.
    public boolean isCount() {
        return unit == Unit.COUNT || (unit == Unit.BYTES && this != TRAFFIC_PER_NODE);
    }
}
