package org.privatus.simulation.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.privatus.node.terminal.UserError;

/// A process of its own for each size, so that no heap and no compiled code of one disturbs another. It has this process's flags but for heap and
/// collector: a serial collector, whose work is not on the loop's thread, and a heap for the size.
final class ChildJvm {
    private static final List<String> REPLACED =
            List.of("-Xm", "-XX:+Use", "-XX:MaxRAM", "-XX:AOT", "-XX:Shared", "-XX:Archive", "-agent", "-javaagent");
    private static final int FAILED_LINES_MAX = 20;

    /// Enough that few collections find much that is still in use: what is on its way lives for a second of virtual time.
    private static final int YOUNG_MEGABYTES = 2_000;

    private ChildJvm() {}

    static List<Kad1Measurement> measure(int nodes, int lookups, int parallelism, int rounds, int heapMegabytes)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (REPLACED.stream().noneMatch(flag::startsWith)) {
                command.add(flag);
            }
        }
        command.addAll(List.of(
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseSerialGC",
                "-XX:+UseTransparentHugePages",
                "-XX:+AlwaysPreTouch",
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-Xmn" + YOUNG_MEGABYTES + "m",
                "-cp",
                System.getProperty("java.class.path", ""),
                Kad1Round.class.getName()));
        for (int argument : new int[] {nodes, lookups, parallelism, rounds}) {
            command.add(Integer.toString(argument));
        }
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
