package org.privatus.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.BadAddressException;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.suite.SelfTest;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.cli.NodeRunner.NodeStart;
import org.privatus.node.cli.NodeRunner.Running;
import org.privatus.node.console.ConsoleServer;
import org.privatus.node.control.ControlServer;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `privatus node`: runs a node in this process until Ctrl-C or `privatus stop`.
@Command(
        name = "node",
        header = "Run a node in this terminal until Ctrl-C or 'privatus stop'.",
        description = {
            "The first start makes its identities; the network comes with the KEY of --join. Later starts need no"
                + " --join: the node remembers others. On the public network your keys are protected by a passphrase."
        },
        footer = {
            "  privatus node --join KEY@192.0.2.7:7400                 first start: join through a node you know",
            "  privatus node                                           every later start",
            "  privatus node --listen 0.0.0.0:7400                     on a fixed port, for a router's forwarding",
            "  privatus node --data /tmp/bob --join KEY@127.0.0.1:PORT a second node beside the first",
            "  privatus node --join 127.0.0.1:9000                     into a simulated network with that --gateway",
            "  privatus node --profile relay --data /srv/relay         a machine that only carries others' traffic",
            "  privatus node --set privatus.onion.threat-level=high    one setting for this run"
        })
final class NodeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final DataOption data;

    @Option(
            names = "--join",
            paramLabel = "KEY@HOST:PORT",
            description =
                    "Join the network through this node; on its side 'privatus id --node' prints it. KEY@ may be left"
                            + " out for the gateway of a simulated network on this machine.")
    private @Nullable String join;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description = "Listen there for datagrams (UDP); port 0 takes any that is free. Default: 0.0.0.0:0.")
    private @Nullable String listen;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "dev, prod or relay: a set of defaults. Default: dev on a dev network, else prod.")
    private @Nullable Profile profile;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Take the passphrase from the first line of FILE, which only you may read. Default: ask.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting, as in privatus.conf in the data directory; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--no-console", description = "No HTTP on loopback.")
    private boolean noConsole;

    NodeCommand(Terminal terminal) {
        this.terminal = terminal;
        this.data = new DataOption(terminal);
    }

    @Override
    public Integer call() throws IOException {
        SelfTest.failure(new StandardSuite(), new Sevens()).ifPresent(wrong -> {
            throw UserError.runtime("cryptography does not work here: " + wrong
                    + " gives a wrong answer; nothing was started. Try another Java 25");
        });
        Optional<String> through = Optional.ofNullable(join).map(JoinQuestion::complete);
        Optional<JoinAddress> joining = through.map(NodeCommand::parse);
        DataDirectory home = data.directory();
        NodeSettings settings = settings(home, joining);
        DataDirectory.Claim claim = home.claim();
        var shutdown = new Shutdown();
        try {
            run(home, claim, settings, through, shutdown);
        } finally {
            claim.close();
            shutdown.finished();
        }
        return ExitCodes.OK;
    }

    private NodeSettings settings(DataDirectory home, Optional<JoinAddress> joining) throws IOException {
        Optional<NetworkId> network = joining.map(JoinAddress::network);
        Optional<NetworkId> remembered = home.network();
        if (network.isPresent() && remembered.isPresent() && !network.equals(remembered)) {
            throw UserError.usage("the node to join is on the network " + network.get() + ", but " + home.path()
                    + " belongs to the network " + remembered.get() + ": choose another directory with --data DIR");
        }
        var settings = new ArrayList<>(assignments);
        if (listen != null) {
            settings.add("privatus.node.listen=\"" + listen + "\"");
        }
        if (noConsole) {
            settings.add("privatus.node.console.enabled=false");
        }
        return SettingsLoader.load(new SettingsSources(
                Optional.ofNullable(profile), network.or(() -> remembered), Optional.of(home.settings()), settings));
    }

    private void run(
            DataDirectory home,
            DataDirectory.Claim claim,
            NodeSettings settings,
            Optional<String> through,
            Shutdown shutdown)
            throws IOException {
        NetworkId network = settings.process().network();
        home.remember(network);
        var passphrase = new PassphraseSource(terminal, Optional.ofNullable(passphraseFile), network.isLaboratory());
        var start = new NodeStart(home, settings, through, passphrase, terminal.err()::println);
        Running node = runner().start(start);
        Optional<ControlServer> control = Optional.empty();
        try {
            control = Optional.of(ControlServer.open(home, node.port(), new SecureRandom()));
            Optional<ConsoleServer> console = openConsole(settings, node);
            announce(node, network);
            shutdown.await(node.ended());
            terminal.err().println("Stopping.");
            console.ifPresent(ConsoleServer::close);
        } finally {
            end(node, control, claim);
        }
        terminal.err().println("Stopped.");
    }

    /// Connections end last, because `privatus stop` waits for that: the directory is free then.
    private static void end(Running node, Optional<ControlServer> control, DataDirectory.Claim claim) {
        try {
            node.close();
        } finally {
            control.ifPresent(ControlServer::stopListening);
            claim.close();
            control.ifPresent(ControlServer::close);
        }
    }

    private Optional<ConsoleServer> openConsole(NodeSettings settings, Running node) {
        if (!settings.console().enabled()) {
            return Optional.empty();
        }
        Optional<ConsoleServer> console =
                ConsoleServer.open(settings.console(), node.port(), new SecureRandom(), System::currentTimeMillis);
        console.ifPresentOrElse(
                server -> {
                    if (server.port() != settings.console().port()) {
                        terminal.err()
                                .println("Port " + settings.console().port() + " is taken: the console took "
                                        + server.port() + ".");
                    }
                    terminal.err().println("Console: " + server.link());
                },
                () -> terminal.err().println("No port of loopback is free for the console: going on without it."));
        return console;
    }

    private void announce(Running node, NetworkId network) {
        terminal.out().println("Node " + node.joinAddress() + " runs on the network " + network + ".");
        terminal.err().println("Others join through it with: privatus node --join " + node.joinAddress());
        terminal.err().println("Your address: privatus id" + data.asTyped() + ". Ctrl-C stops the node.");
        terminal.out().flush();
    }

    private static NodeRunner runner() {
        return ServiceLoader.load(NodeRunner.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no NodeRunner on the class path"));
    }

    private static JoinAddress parse(String text) {
        try {
            return JoinAddress.parse(text);
        } catch (BadAddressException e) {
            throw UserError.usage("--join: " + e.getMessage());
        }
    }
}
