package org.privatus.node.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.privatus.crypto.identity.BadAddressException;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.cli.NodeRunner;
import org.privatus.node.control.ControlPort;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.terminal.UserError;

/// Runs the one node of this process: from a data directory and settings to a bound socket and back.
public final class NodeProcess implements NodeRunner {
    private static final long LISTEN_PATIENCE_SECONDS = 30;

    /// For [java.util.ServiceLoader].
    public NodeProcess() {}

    @Override
    public Running start(NodeStart start) throws IOException {
        NodeSettings settings = start.settings();
        NetworkId network = settings.process().network();
        List<Contact> bootstrap = bootstrap(start, network);
        var nodes = new RealNodes(settings.process(), start.home().path());
        try {
            NodeHome home = open(start, network, nodes);
            rememberJoin(start, network, bootstrap);
            var spec = new NodeSpec(
                    network,
                    home.identity(),
                    home.onionKeys(),
                    home.person(),
                    listen(settings),
                    bootstrap,
                    settings,
                    home.paths(start.progress()));
            return launch(nodes, home, spec, start.progress());
        } catch (IOException | RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    /// Whoever is killed before better is known starts again through the node that was named.
    private static void rememberJoin(NodeStart start, NetworkId network, List<Contact> bootstrap) throws IOException {
        Path nodes = start.home().nodes();
        if (start.join().isPresent() && Files.notExists(nodes)) {
            RememberedNodes.write(nodes, network, bootstrap);
        }
    }

    private static NodeHome open(NodeStart start, NetworkId network, RealNodes nodes) throws IOException {
        SystemHost host = nodes.host();
        return start.settings().process().person()
                ? NodeHome.openWithPerson(
                        start.home(), network, host.suite(), host.keys(), start.passphrase(), start.progress())
                : NodeHome.openRelay(start.home(), network, host.suite(), host.keys(), start.progress());
    }

    private static Running launch(RealNodes nodes, NodeHome home, NodeSpec spec, Consumer<String> progress) {
        var listening = new CompletableFuture<Contact>();
        RealNodes.RealNode node = nodes.start(spec, event -> onEvent(event, home, spec.network(), listening, progress));
        try {
            Contact self = listening.get(LISTEN_PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new RunningNode(
                    nodes, node, home, JoinAddress.of(spec.network(), self).encode());
        } catch (ExecutionException | TimeoutException e) {
            home.close();
            throw e.getCause() instanceof UserError problem
                    ? problem
                    : UserError.runtime("the socket " + spec.listen() + " was not opened in time: try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted while starting");
        }
    }

    private static void onEvent(
            NodeEvent event,
            NodeHome home,
            NetworkId network,
            CompletableFuture<Contact> listening,
            Consumer<String> progress) {
        switch (event) {
            case NodeEvent.Listening(var self) -> listening.complete(self);
            case NodeEvent.ListenFailed(var reason) ->
                listening.completeExceptionally(UserError.runtime(reason + ": choose another with --listen"));
            case NodeEvent.Joined(var contacts) ->
                progress.accept(
                        contacts == 0 ? "The first node of this network." : "Joined: " + contacts + " contacts.");
            case NodeEvent.Unreachable(var tried) ->
                progress.accept("None of " + tried + " known nodes answers; trying on.");
            case NodeEvent.Ready() -> progress.accept("Others can reach you.");
            case NodeEvent.Crashed(var child) ->
                progress.accept("A part of the node crashed and starts again: " + child);
            case NodeEvent.ContactsKnown(var contacts) ->
                keeping(progress, () -> RememberedNodes.write(home.directory().nodes(), network, contacts));
            case NodeEvent.Took took -> {}
            case NodeEvent.PathsChanged(var memory) -> keeping(progress, () -> home.keep(memory));
            case NodeEvent.OnionKeysRotated(var keys) -> keeping(progress, () -> home.keep(keys));
        }
    }

    private interface Keeping {
        void run() throws IOException;
    }

    /// A disk that is full for a while ends nothing: what comes later is kept again.
    private static void keeping(Consumer<String> progress, Keeping what) {
        try {
            what.run();
        } catch (IOException e) {
            progress.accept("The data directory cannot be written: " + e.getMessage());
        }
    }

    private static Endpoint listen(NodeSettings settings) {
        try {
            return Endpoint.parse(settings.process().listen());
        } catch (IllegalArgumentException e) {
            throw UserError.usage("cannot listen on " + settings.process().listen() + ": write ADDRESS:PORT");
        }
    }

    /// The node named first, then those remembered, as far as they are of this network.
    private static List<Contact> bootstrap(NodeStart start, NetworkId network) throws IOException {
        var addresses = new ArrayList<JoinAddress>();
        if (start.join().isPresent()) {
            addresses.add(parse(start.join().get()));
        }
        addresses.addAll(RememberedNodes.read(start.home().nodes()));
        var contacts = new ArrayList<Contact>();
        for (JoinAddress address : addresses) {
            if (address.network().equals(network)) {
                contacts.add(resolve(address));
            }
        }
        return contacts;
    }

    private static JoinAddress parse(String text) {
        try {
            return JoinAddress.parse(text);
        } catch (BadAddressException e) {
            throw UserError.usage("--join: " + e.getMessage());
        }
    }

    private static Contact resolve(JoinAddress address) {
        return address.contact(address.endpoint().orElseGet(() -> {
            try {
                InetAddress host = InetAddress.getByName(address.host());
                return Endpoint.of(new InetSocketAddress(host, address.port()));
            } catch (UnknownHostException e) {
                throw UserError.runtime(
                        "no host is called " + address.host() + ": check the name, or give its address");
            }
        }));
    }

    private record RunningNode(RealNodes nodes, RealNodes.RealNode node, NodeHome home, String joinAddress)
            implements Running {
        @Override
        public ControlPort port() {
            return node.port();
        }

        @Override
        public CompletionStage<Void> ended() {
            return node.ended();
        }

        @Override
        public void close() {
            node.stop();
            try {
                node.ended().toCompletableFuture().get(LISTEN_PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("the node did not end", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                nodes.close();
                home.close();
            }
        }
    }
}
