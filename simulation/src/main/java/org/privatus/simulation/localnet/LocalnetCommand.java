package org.privatus.simulation.localnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `privatus localnet`: a whole network on this machine.
@Command(
        name = "localnet",
        description = {
            "Try it: a network of real nodes on this machine, and two people who write to each other.%n",
            "Every node is what 'privatus node' runs, with its own keys and its own UDP socket on loopback. The"
                    + " network stays up until Ctrl-C, and your own nodes can join it."
        },
        footer = {
            "  privatus localnet                        16 nodes, Alice and Bob",
            "  privatus localnet --once                 show it, check that every message arrived once, and end",
            "  privatus localnet --nodes 32 --no-people a larger network for nodes in other terminals",
            "  privatus localnet --data /tmp/net        keep keys and messages there"
        })
public final class LocalnetCommand implements Callable<Integer> {
    private static final int NODES_MIN = 6;
    private static final int NODES_MAX = 64;

    private final Terminal terminal;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Nodes beside the two people, 6 to 64. Default: ${DEFAULT-VALUE}.")
    private int nodes = 16;

    @Option(
            names = "--once",
            description = "End after the demonstration: exit code 0 if every message arrived exactly once, else 1.")
    private boolean once;

    @Option(names = "--no-people", description = "Only the nodes, for people in other terminals.")
    private boolean noPeople;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep everything there. Default: a temporary directory.")
    private @Nullable Path data;

    public LocalnetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (nodes < NODES_MIN || nodes > NODES_MAX) {
            throw UserError.usage("--nodes is " + nodes + ", but must be from " + NODES_MIN + " to " + NODES_MAX);
        }
        if (once && noPeople) {
            throw UserError.usage("--once shows two people and --no-people leaves them out: choose one of them");
        }
        if (data != null) {
            return new LocalnetRun(terminal, made(data.toAbsolutePath().normalize()), nodes, !noPeople, once).run();
        }
        Path temporary = Files.createTempDirectory("privatus-");
        try {
            return new LocalnetRun(terminal, temporary, nodes, !noPeople, once).run();
        } finally {
            delete(temporary);
        }
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw UserError.runtime("cannot use the directory " + directory + ": choose another with --data DIR");
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
