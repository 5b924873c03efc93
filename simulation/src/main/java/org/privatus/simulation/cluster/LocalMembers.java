package org.privatus.simulation.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Members in child processes of this one: the same Java, flags and class path. Watched: one that ends before it should is
/// reported at once. Their standard output goes nowhere, their errors where this process's go.
public final class LocalMembers implements AutoCloseable {
    private static final long END_PATIENCE_SECONDS = 20;

    /// Starts a program in a session of its own, so that Ctrl-C reaches the coordinator alone, which ends the run in order.
    private static final Path SET_SESSION = Path.of("/usr/bin/setsid");

    private final List<Process> processes = new ArrayList<>();
    private volatile boolean ending;

    private LocalMembers() {}

    /// Starts `count` members.
    ///
    /// @param mainAndArguments main class and what it is to be told
    /// @param lost is told when one ends early
    /// @throws ClusterException if one cannot be started
    public static LocalMembers start(int count, List<String> mainAndArguments, Consumer<String> lost)
            throws ClusterException {
        var members = new LocalMembers();
        try {
            for (int i = 0; i < count; i++) {
                members.watch(
                        new ProcessBuilder(command(mainAndArguments))
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start(),
                        lost);
            }
        } catch (IOException e) {
            members.close();
            throw new ClusterException("cannot start a member: " + e.getMessage());
        }
        return members;
    }

    /// How this Java was started, with another main class.
    static List<String> command(List<String> mainAndArguments) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SET_SESSION)) {
            command.add(SET_SESSION.toString());
        }
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agentlib"))
                .forEach(command::add);
        command.add("-D" + ClusterMember.PARENT_PROPERTY + "="
                + ProcessHandle.current().pid());
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        command.addAll(mainAndArguments);
        return command;
    }

    private void watch(Process process, Consumer<String> lost) {
        processes.add(process);
        var _ = process.onExit().thenAccept(ended -> {
            if (!ending && ended.exitValue() != 0) {
                lost.accept("member process " + ended.pid() + " is lost: it ended with exit code " + ended.exitValue());
            }
        });
    }

    /// The processes, in the order in which they were started.
    public List<Process> processes() {
        return List.copyOf(processes);
    }

    /// Waits a while for them to end by themselves, and ends them.
    @Override
    public void close() {
        ending = true;
        for (Process process : processes) {
            try {
                if (!process.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }
}
