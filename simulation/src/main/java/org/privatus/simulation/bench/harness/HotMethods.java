package org.privatus.simulation.bench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// Where the CPU time of a process went, from samples of its flight recording: Java methods at the top of the stack, and native calls by the method that
/// made them. Calls into the system that wait for something are no samples of work and are left out.
public final class HotMethods {
    private static final int SHOWN = 12;
    private static final double PERCENT = 100;
    private static final List<String> WAITING =
            List.of("epollWait", "epoll_wait", "park", "wait0", "accept", "FileInputStream.readBytes");

    private final Map<String, Integer> samples = new TreeMap<>();
    private int total;

    private HotMethods() {}

    public static HotMethods of(Path recording) throws IOException {
        var hot = new HotMethods();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                hot.take(file.readEvent());
            }
        }
        return hot;
    }

    private void take(RecordedEvent event) {
        String type = event.getEventType().getName();
        boolean isSample = type.equals("jdk.ExecutionSample") || type.equals("jdk.NativeMethodSample");
        if (isSample && event.getStackTrace() != null) {
            List<RecordedFrame> frames = event.getStackTrace().getFrames();
            String top = name(frames.getFirst());
            if (WAITING.stream().noneMatch(top::contains)) {
                samples.merge(top, 1, Integer::sum);
                total++;
            }
        }
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    /// The hottest first, one line each, after a line that names the process.
    public List<String> lines(String process) {
        var lines = new ArrayList<String>();
        lines.add(process + ", " + total + " samples:");
        samples.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .forEach(each -> lines.add(String.format(
                        Locale.ROOT, "  %4.1f %%  %s", PERCENT * each.getValue() / Math.max(1, total), each.getKey())));
        return lines;
    }
}
