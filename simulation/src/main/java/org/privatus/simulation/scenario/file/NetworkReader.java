package org.privatus.simulation.scenario.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.privatus.simulation.network.AccessClass;
import org.privatus.simulation.network.AccessMix;
import org.privatus.simulation.network.LatencyMatrix;
import org.privatus.simulation.network.NatKind;
import org.privatus.simulation.network.NatMix;
import org.privatus.simulation.network.NetworkSettings;
import org.privatus.simulation.network.UnreadableMatrixException;
import org.privatus.simulation.scenario.ScenarioLatency;
import org.privatus.simulation.scenario.ScenarioNetwork;

/// Reads what is between the nodes.
final class NetworkReader {
    private static final long BITS_LEAST = 1_000;
    private static final long BITS_MOST = 400_000_000_000L;
    private static final int QUEUE_LEAST = 2_048;
    private static final int QUEUE_MOST = 1 << 30;

    private final Section section;

    NetworkReader(Section section) {
        this.section = section;
    }

    ScenarioNetwork read() {
        var settings = new NetworkSettings(
                section.share("loss"),
                section.share("duplication"),
                section.share("reordering"),
                section.duration("reorder-by", Duration.ZERO, Duration.ofMinutes(1))
                        .toNanos(),
                section.number("jitter", 0, 10),
                section.bytes("largest-datagram", 576, 65_507));
        var network = new ScenarioNetwork(settings, latency(section.section("latency")), access(), nat());
        section.end();
        return network;
    }

    private static ScenarioLatency latency(Section latency) {
        String model = latency.oneOf("model", "lognormal", "coordinates", "matrix", "kad-1");
        Duration median = latency.duration("median", ScenarioReader.INSTANT, Duration.ofSeconds(10));
        double sigma = latency.number("sigma", 0, 3);
        boolean hasFile = latency.has("file");
        if (hasFile != model.equals("matrix")) {
            throw latency.impossible(
                    hasFile ? "file" : "model",
                    hasFile
                            ? ", but model is " + model + "; allowed: model = matrix"
                            : " and there is no latency.file; allowed: the path of a matrix there");
        }
        ScenarioLatency read = switch (model) {
            case "lognormal" -> new ScenarioLatency.Lognormal(median, sigma);
            case "coordinates" -> new ScenarioLatency.Places();
            case "matrix" -> matrix(latency);
            default -> new ScenarioLatency.Kad1();
        };
        latency.end();
        return read;
    }

    private static ScenarioLatency matrix(Section latency) {
        String file = latency.text("file");
        try {
            LatencyMatrix.read(Path.of(file));
        } catch (UnreadableMatrixException e) {
            throw latency.impossible("file", "; " + e.getMessage());
        }
        return new ScenarioLatency.Matrix(file);
    }

    private AccessMix access() {
        Section access = section.section("access");
        boolean homes = access.oneOf("mix", "unlimited", "homes").equals("homes");
        List<AccessClass> classes = new ArrayList<>();
        for (Section each : access.sections("classes")) {
            classes.add(new AccessClass(
                    each.text("name"),
                    each.number("weight", 0.000_001, 1_000_000),
                    each.bitRate("up", BITS_LEAST, BITS_MOST),
                    each.bitRate("down", BITS_LEAST, BITS_MOST),
                    each.bytes("up-queue", QUEUE_LEAST, QUEUE_MOST),
                    each.bytes("down-queue", QUEUE_LEAST, QUEUE_MOST)));
            each.end();
        }
        access.end();
        if (!classes.isEmpty()) {
            return new AccessMix(classes);
        }
        return homes ? AccessMix.HOMES : AccessMix.UNLIMITED;
    }

    private NatMix nat() {
        Section nat = section.section("nat");
        boolean measured = nat.oneOf("mix", "none", "measured").equals("measured");
        List<NatMix.Share> kinds = new ArrayList<>();
        for (Section each : nat.sections("kinds")) {
            String name =
                    each.oneOf("kind", NatKind.ALL.stream().map(NatKind::name).toArray(String[]::new));
            NatKind kind = NatKind.ALL.stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            kinds.add(new NatMix.Share(kind, each.number("weight", 0.000_001, 1_000_000)));
            each.end();
        }
        nat.end();
        if (!kinds.isEmpty()) {
            return new NatMix(kinds);
        }
        return measured ? NatMix.MEASURED : NatMix.NONE;
    }
}
