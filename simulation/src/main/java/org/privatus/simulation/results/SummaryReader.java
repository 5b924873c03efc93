package org.privatus.simulation.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads from `summary.json` what a report needs beside the recording.
final class SummaryReader {
    private static final long SIZE_MAX = 16 << 20;
    private static final int ENTRIES_MAX = 100_000;

    private final Path file;
    private final JsonNode tree;

    private SummaryReader(Path file, JsonNode tree) {
        this.file = file;
        this.tree = tree;
    }

    static SummaryReader open(Path directory) throws ResultDirectoryException {
        Path file = directory.resolve(ResultFiles.SUMMARY);
        try {
            if (!Files.isRegularFile(file)) {
                throw new ResultDirectoryException(
                        directory + " holds no result of a simulation: it has no summary.json");
            }
            if (Files.size(file) > SIZE_MAX) {
                throw new ResultDirectoryException(file + " is too large to be a summary");
            }
            JsonNode tree = new ObjectMapper().readTree(file.toFile());
            var reader = new SummaryReader(file, tree);
            if (!reader.text("format").equals(SummaryWriter.FORMAT)) {
                throw new ResultDirectoryException(file + " is no summary of a simulation");
            }
            if (reader.whole("version") != SummaryWriter.VERSION) {
                throw new ResultDirectoryException(file + " has version " + reader.whole("version")
                        + "; this program reads version " + SummaryWriter.VERSION);
            }
            return reader;
        } catch (IOException e) {
            throw new ResultDirectoryException(file + " cannot be read: " + Failures.reason(e));
        }
    }

    boolean isOfSeeds() throws ResultDirectoryException {
        return text("kind").equals("seeds");
    }

    List<Long> seeds() throws ResultDirectoryException {
        var seeds = new ArrayList<Long>();
        for (JsonNode seed : entries(tree, "seeds")) {
            seeds.add(seed.longValue());
        }
        return seeds;
    }

    Optional<String> partial() throws ResultDirectoryException {
        return at(tree, "partial").booleanValue() ? Optional.of(text("partialReason")) : Optional.empty();
    }

    RunInfo info(String scenarioText) throws ResultDirectoryException {
        return new RunInfo(
                text("scenario"),
                text("description"),
                scenarioText,
                text("command"),
                whole("seed"),
                (int) whole("nodes"),
                text("traceHash"),
                whole("events"),
                real(tree, "simulatedSeconds"),
                partial(),
                periods(),
                costs());
    }

    private List<Period> periods() throws ResultDirectoryException {
        var periods = new ArrayList<Period>();
        for (JsonNode each : entries(tree, "periods")) {
            periods.add(new Period(at(each, "title").asText(), real(each, "fromSeconds"), real(each, "toSeconds")));
        }
        return periods;
    }

    private RunCosts costs() throws ResultDirectoryException {
        var shards = new ArrayList<RunCosts.OfShard>();
        for (JsonNode each : entries(tree, "shardCosts")) {
            shards.add(new RunCosts.OfShard(
                    (int) real(each, "shard"),
                    real(each, "setupSeconds"),
                    real(each, "cpuSeconds"),
                    real(each, "blockedSeconds"),
                    (long) real(each, "events"),
                    (long) real(each, "datagrams")));
        }
        JsonNode heap = at(tree, Figure.BYTES_PER_NODE.key());
        return new RunCosts(
                real(tree, "wallSeconds"),
                real(tree, "setupSeconds"),
                heap.isNumber() ? OptionalLong.of(heap.longValue()) : OptionalLong.empty(),
                shards);
    }

    private List<JsonNode> entries(JsonNode of, String key) throws ResultDirectoryException {
        JsonNode array = at(of, key);
        if (!array.isArray() || array.size() > ENTRIES_MAX) {
            throw new ResultDirectoryException(file + ": '" + key + "' is no list");
        }
        var entries = new ArrayList<JsonNode>();
        array.forEach(entries::add);
        return entries;
    }

    private String text(String key) throws ResultDirectoryException {
        JsonNode node = at(tree, key);
        if (!node.isTextual()) {
            throw new ResultDirectoryException(file + ": '" + key + "' is no text");
        }
        return node.textValue();
    }

    private long whole(String key) throws ResultDirectoryException {
        JsonNode node = at(tree, key);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new ResultDirectoryException(file + ": '" + key + "' is no whole number");
        }
        return node.longValue();
    }

    private double real(JsonNode of, String key) throws ResultDirectoryException {
        JsonNode node = at(of, key);
        if (!node.isNumber()) {
            throw new ResultDirectoryException(file + ": '" + key + "' is no number");
        }
        return node.doubleValue();
    }

    private JsonNode at(JsonNode of, String key) throws ResultDirectoryException {
        JsonNode found = of.get(key);
        if (found == null) {
            throw new ResultDirectoryException(file + ": '" + key + "' is missing");
        }
        return found;
    }
}
