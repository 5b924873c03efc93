package org.privatus.simulation.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `privatus` in a process of its own, with the class path and flags of this test.
final class NodeProcessUnderTest implements AutoCloseable {
    private static final long LINE_PATIENCE_SECONDS = 120;
    private static final long END_PATIENCE_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private NodeProcessUnderTest(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::readLines);
    }

    static NodeProcessUnderTest start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + flags());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.privatus.node.Main"));
        command.addAll(List.of(arguments));
        return new NodeProcessUnderTest(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// The one list of JVM flags, at the root of the checkout.
    private static Path flags() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve(".mvn/jvm-flags").toFile().exists()) {
            folder = folder.getParent();
        }
        return folder.resolve(".mvn/jvm-flags");
    }

    private void readLines() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("output ended: " + e);
        }
    }

    /// The first group of the first line that matches.
    String awaitLine(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LINE_PATIENCE_SECONDS);
        while (System.nanoTime() < deadline && (process.isAlive() || !lines.isEmpty())) {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line == null) {
                continue;
            }
            seen.add(line);
            Matcher matcher = wanted.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("no line like " + pattern + " among " + seen);
    }

    /// SIGKILL: no code of the process runs any more.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /// SIGTERM, and the exit code.
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /// SIGTERM, which leaves the output open.
    void askToEnd() throws IOException, InterruptedException {
        signal("TERM");
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
