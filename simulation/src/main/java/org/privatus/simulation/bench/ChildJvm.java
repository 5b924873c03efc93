package org.privatus.simulation.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.JvmCommand;

/// A process of its own for each size, so that no heap and no compiled code of one disturbs another. It has a serial collector, whose work is not on the loop's thread, and a heap for the size.
final class ChildJvm {
    private static final int FAILED_LINES_MAX = 20;

    /// Enough that few collections find much that is still in use: what is on its way lives for a second of virtual time.
    private static final int YOUNG_MEGABYTES = 2_000;

    private ChildJvm() {}

    static List<Kad1Measurement> measure(int nodes, int lookups, int parallelism, int rounds, int heapMegabytes)
            throws IOException {
        List<String> options = List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseTransparentHugePages",
                "-XX:+AlwaysPreTouch",
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-Xmn" + YOUNG_MEGABYTES + "m");
        List<String> arguments = IntStream.of(nodes, lookups, parallelism, rounds)
                .mapToObj(Integer::toString)
                .toList();
        List<String> command = JvmCommand.of(Kad1Round.class, options, arguments);
        return read(new ProcessBuilder(command).redirectErrorStream(true).start(), nodes);
    }

    /// Lines that are no measurement are what went wrong.
    private static List<Kad1Measurement> read(Process process, int nodes) throws IOException {
        var mapper = new ObjectMapper();
        var measured = new ArrayList<Kad1Measurement>();
        var other = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    measured.add(mapper.readValue(line, Kad1Measurement.class));
                } else if (other.size() < FAILED_LINES_MAX) {
                    other.add(line);
                }
            }
        } finally {
            process.destroy();
        }
        if (measured.isEmpty()) {
            throw UserError.runtime("the run with " + nodes + " nodes measured nothing: " + String.join(" | ", other));
        }
        return measured;
    }
}
