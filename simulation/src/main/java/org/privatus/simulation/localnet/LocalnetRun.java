package org.privatus.simulation.localnet;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.privatus.node.cli.Shutdown;
import org.privatus.node.control.ControlServer;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;

/// One run of `localnet`: the nodes join, the people write, and the network stays up until it is ended.
final class LocalnetRun {
    private static final long JOIN_PATIENCE_SECONDS = 60;

    private final Terminal terminal;
    private final Path root;
    private final int nodes;
    private final boolean people;
    private final boolean once;

    LocalnetRun(Terminal terminal, Path root, int nodes, boolean people, boolean once) {
        this.terminal = terminal;
        this.root = root;
        this.nodes = nodes;
        this.people = people;
        this.once = once;
    }

    /// The exit code.
    int run() throws IOException {
        NodeSettings settings = SettingsLoader.load(SettingsSources.defaults(Profile.DEV));
        var shutdown = new Shutdown();
        var servers = new ArrayList<ControlServer>();
        try (var net = new Localnet(root, settings)) {
            print("Starting " + nodes + " nodes on loopback" + (people ? " and two people" : "") + ".");
            net.startRelays(nodes, JOIN_PATIENCE_SECONDS, this::showJoined);
            boolean sound = !people || demonstrate(net, servers);
            if (once) {
                print(sound ? "Every message arrived exactly once." : "Messages were lost or doubled.");
                return sound ? ExitCodes.OK : ExitCodes.FAILED;
            }
            stayUp(net);
            shutdown.await(new CompletableFuture<>());
            print("Stopping.");
            return ExitCodes.OK;
        } finally {
            servers.forEach(ControlServer::close);
            shutdown.finished();
        }
    }

    private boolean demonstrate(Localnet net, List<ControlServer> servers) throws IOException {
        Localnet.Member alice = net.startPerson("alice");
        Localnet.Member bob = net.startPerson("bob");
        for (Localnet.Member person : List.of(alice, bob)) {
            servers.add(
                    ControlServer.open(person.home().directory(), person.node().port(), new SecureRandom()));
        }
        return new Demonstration(net, alice, bob, this::print).run();
    }

    private void showJoined(int joined) {
        String line = "Joined " + joined + "/" + nodes;
        if (terminal.interactive()) {
            terminal.err().print("\r" + line + (joined == nodes ? "\n" : ""));
        } else if (joined == nodes || joined % 8 == 0) {
            terminal.err().println(line);
        }
        terminal.err().flush();
    }

    private void stayUp(Localnet net) {
        print("");
        print("The network stays up until Ctrl-C. To join it from another terminal:");
        print("  privatus node --data DIR --join " + net.joinAddress());
        if (people) {
            print("To look over a shoulder here: privatus inbox --data " + root.resolve("bob"));
        }
    }

    private void print(String line) {
        terminal.out().println(line);
        terminal.out().flush();
    }
}
