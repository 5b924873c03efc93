package org.privatus.simulation.bench.harness;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that starts another Java like this one: its flags, but for heap, collector, caches of classes and agents, and its class path.
public final class JvmCommand {
    private static final List<String> REPLACED = List.of(
            "-Xm",
            "-XX:+Use",
            "-XX:MaxRAM",
            "-XX:AOT",
            "-XX:Shared",
            "-XX:Archive",
            "-XX:Tiered",
            "-agent",
            "-javaagent");

    private JvmCommand() {}

    /// The words of the command.
    ///
    /// @param options further flags
    public static List<String> of(Class<?> program, List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (REPLACED.stream().noneMatch(flag::startsWith)) {
                command.add(flag);
            }
        }
        command.add("-XX:+UseCompactObjectHeaders");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), program.getName()));
        command.addAll(arguments);
        return command;
    }
}
