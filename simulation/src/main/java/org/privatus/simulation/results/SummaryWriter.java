package org.privatus.simulation.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.privatus.simulation.results.statistics.Estimate;

/// `summary.json`: for one run a value per [Figure], for several seeds an object per figure.
final class SummaryWriter {
    static final String FORMAT = "privatus-simulation-results";
    static final int VERSION = 1;

    /// Percentiles that tables show.
    static final double[] PERCENTILES = {5, 25, 50, 75, 90, 95, 99, 99.9};

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter PRETTY =
            MAPPER.writerWithDefaultPrettyPrinter().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private SummaryWriter() {}

    static String json(RunSet set, boolean several) {
        ObjectNode tree = several ? ofSeeds(set) : ofRun(set.first());
        try {
            return PRETTY.writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory becomes text", e);
        }
    }

    private static ObjectNode head(String kind, RunInfo info, Optional<String> partial) {
        ObjectNode tree = MAPPER.createObjectNode();
        tree.put("format", FORMAT).put("version", VERSION).put("kind", kind);
        tree.put("partial", partial.isPresent()).put("partialReason", partial.orElse(null));
        tree.put("scenario", info.scenario()).put("description", info.description());
        return tree.put("command", info.command());
    }

    private static ObjectNode ofRun(MeasuredRun run) {
        RunInfo info = run.info();
        ObjectNode tree = head("run", info, info.partial());
        tree.put("seed", info.seed()).put("traceHash", info.traceHash());
        for (Figure figure : Figure.values()) {
            put(tree, figure.key(), run.figure(figure), figure.isCount());
        }
        ObjectNode metrics = tree.putObject("metrics");
        for (Distribution each : run.measurements().distributions()) {
            metrics.set(each.metric().key(), ofDistribution(each));
        }
        ObjectNode counters = tree.putObject("counters");
        run.measurements().counters().forEach(counters::put);
        ObjectNode violated = tree.putObject("violationsByCheck");
        run.measurements().violated().forEach(violated::put);
        periods(tree, info);
        shards(tree, info.costs());
        return tree;
    }

    private static ObjectNode ofDistribution(Distribution samples) {
        ObjectNode tree = MAPPER.createObjectNode();
        tree.put("count", samples.count()).put("kept", samples.keptCount());
        put(tree, "meanMs", OptionalDouble.of(samples.meanMillis()), false);
        put(tree, "deviationMs", OptionalDouble.of(samples.deviationMillis()), false);
        put(tree, "minMs", OptionalDouble.of(samples.minMillis()), false);
        for (double percentile : PERCENTILES) {
            put(tree, key(percentile), OptionalDouble.of(samples.percentileMillis(percentile)), false);
        }
        put(tree, "maxMs", OptionalDouble.of(samples.maxMillis()), false);
        return tree;
    }

    private static String key(double percentile) {
        return "p" + Numbers.plain(percentile).replace(".", "_") + "Ms";
    }

    private static void periods(ObjectNode tree, RunInfo info) {
        var periods = tree.putArray("periods");
        for (Period period : info.periods()) {
            periods.addObject()
                    .put("title", period.title())
                    .put("fromSeconds", Numbers.rounded(period.fromSeconds()))
                    .put("toSeconds", Numbers.rounded(period.toSeconds()));
        }
    }

    private static void shards(ObjectNode tree, RunCosts costs) {
        var shards = tree.putArray("shardCosts");
        for (RunCosts.OfShard shard : costs.shards()) {
            shards.addObject()
                    .put("shard", shard.shard())
                    .put("setupSeconds", Numbers.rounded(shard.setupSeconds()))
                    .put("cpuSeconds", Numbers.rounded(shard.cpuSeconds()))
                    .put("blockedSeconds", Numbers.rounded(shard.blockedSeconds()))
                    .put("events", shard.events())
                    .put("datagrams", shard.datagrams());
        }
    }

    private static ObjectNode ofSeeds(RunSet set) {
        ObjectNode tree = head("seeds", set.first().info(), set.partial());
        var seeds = tree.putArray("seeds");
        ObjectNode hashes = tree.putObject("traceHashes");
        set.runs().forEach(run -> {
            seeds.add(run.info().seed());
            hashes.put(Long.toString(run.info().seed()), run.info().traceHash());
        });
        for (Figure figure : Figure.values()) {
            double[] values = set.values(figure);
            if (values.length == 0) {
                tree.putNull(figure.key());
            } else {
                tree.set(figure.key(), ofValues(values));
            }
        }
        ObjectNode metrics = tree.putObject("metrics");
        for (Metric metric : set.metrics()) {
            ObjectNode of = metrics.putObject(metric.key()).put("count", set.count(metric));
            of.set("meanMs", ofEstimate(set.mean(metric)));
            for (double percentile : PERCENTILES) {
                of.set(key(percentile), ofEstimate(set.percentile(metric, percentile)));
            }
        }
        return tree;
    }

    private static ObjectNode ofValues(double[] values) {
        ObjectNode tree = ofEstimate(Estimate.ofMean(values));
        put(tree, "deviation", OptionalDouble.of(Estimate.deviation(values)), false);
        put(tree, "min", Arrays.stream(values).min(), false);
        put(tree, "max", Arrays.stream(values).max(), false);
        return tree;
    }

    private static ObjectNode ofEstimate(Estimate estimate) {
        ObjectNode tree = MAPPER.createObjectNode();
        put(tree, "value", OptionalDouble.of(estimate.value()), false);
        put(tree, "low", OptionalDouble.of(estimate.low()), false);
        put(tree, "high", OptionalDouble.of(estimate.high()), false);
        put(tree, "confidence", OptionalDouble.of(estimate.confidence()), false);
        return tree.put("n", estimate.n());
    }

    private static void put(ObjectNode tree, String key, OptionalDouble value, boolean whole) {
        if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
            tree.putNull(key);
        } else if (whole) {
            tree.put(key, (long) value.getAsDouble());
        } else {
            tree.put(key, Numbers.rounded(value.getAsDouble()));
        }
    }
}
