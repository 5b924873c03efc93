package org.privatus.simulation.localnet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.actor.NodeEvent;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.process.NodeHome;
import org.privatus.node.process.RealNodes;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.terminal.UserError;

/// Real nodes on loopback in one process. The first node knows nobody; all others join through it.
final class Localnet implements AutoCloseable {
    private static final Endpoint ANY_PORT = Endpoint.parse("127.0.0.1:0");
    private static final long LISTEN_PATIENCE_SECONDS = 30;

    private final Path root;
    private final NodeSettings settings;
    private final RealNodes nodes;
    private final List<Member> members = new ArrayList<>();

    /// @param root one directory per node is made below it
    Localnet(Path root, NodeSettings settings) throws IOException {
        this.root = root;
        this.settings = settings;
        this.nodes = new RealNodes(settings.process(), root);
    }

    /// Starts relays and returns when all of them are part of the network.
    ///
    /// @param joined told how many are, each time one more is
    void startRelays(int count, long patienceSeconds, IntConsumer joined) throws IOException {
        for (int i = 0; i < count; i++) {
            String name = "n%02d".formatted(i);
            DataDirectory directory = new DataDirectory(root.resolve(name));
            DataDirectory.Claim claim = directory.claim();
            start(name, claim, openRelay(directory));
        }
        awaitAll(patienceSeconds, joined);
    }

    private NodeHome openRelay(DataDirectory directory) throws IOException {
        return NodeHome.openRelay(
                directory, NetworkId.DEV, nodes.host().suite(), nodes.host().keys(), line -> {});
    }

    /// Starts the node of a person.
    Member startPerson(String name) throws IOException {
        DataDirectory directory = new DataDirectory(root.resolve(name));
        DataDirectory.Claim claim = directory.claim();
        NodeHome home = NodeHome.openWithPerson(
                directory,
                NetworkId.DEV,
                nodes.host().suite(),
                nodes.host().keys(),
                fresh -> Optional.empty(),
                line -> {});
        return start(name, claim, home);
    }

    private Member start(String name, DataDirectory.Claim claim, NodeHome home) {
        List<Contact> bootstrap =
                members.isEmpty() ? List.of() : List.of(members.getFirst().self());
        var spec = new NodeSpec(
                NetworkId.DEV, home.identity(), home.onionKeys(), home.person(), ANY_PORT, bootstrap, settings);
        var listening = new CompletableFuture<Contact>();
        var joined = new CompletableFuture<Integer>();
        var ready = new CompletableFuture<Void>();
        RealNodes.RealNode node = nodes.start(spec, event -> {
            switch (event) {
                case NodeEvent.Listening(var self) -> listening.complete(self);
                case NodeEvent.ListenFailed(var reason) -> listening.completeExceptionally(UserError.runtime(reason));
                case NodeEvent.Joined(var contacts) -> joined.complete(contacts);
                case NodeEvent.Ready() -> ready.complete(null);
                case NodeEvent.Unreachable unreachable -> {}
                case NodeEvent.ContactsKnown known -> {}
                case NodeEvent.OnionKeysRotated rotated -> {}
                case NodeEvent.PathsChanged changed -> {}
                case NodeEvent.Crashed crashed -> {}
                case NodeEvent.Took took -> {}
            }
        });
        Contact self = await(listening, LISTEN_PATIENCE_SECONDS, name + " could not open its socket");
        var member = new Member(name, node, home, claim, self, joined, ready);
        members.add(member);
        return member;
    }

    private void awaitAll(long patienceSeconds, IntConsumer joined) {
        int count = 0;
        for (Member member : members) {
            await(member.joined, patienceSeconds, member.name + " did not find the others");
            joined.accept(++count);
        }
    }

    /// The result, or one line for the user when it did not come in time.
    static <T> T await(CompletableFuture<T> future, long seconds, String otherwise) {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw UserError.runtime(otherwise + " within " + seconds + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserError problem) {
                throw problem;
            }
            throw new IllegalStateException(otherwise, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /// By which others join.
    String joinAddress() {
        return JoinAddress.of(NetworkId.DEV, members.getFirst().self()).encode();
    }

    /// The name here of a node that others call by its short id.
    String nameOf(String shortId) {
        return members.stream()
                .filter(member -> member.self().id().toString().equals(shortId))
                .map(Member::name)
                .findFirst()
                .orElse(shortId);
    }

    /// Stops all nodes, then frees what they used.
    @Override
    public void close() {
        members.forEach(member -> member.node().stop());
        for (Member member : members) {
            await(member.node().ended().toCompletableFuture(), LISTEN_PATIENCE_SECONDS, member.name() + " did not end");
        }
        nodes.close();
        for (Member member : members) {
            member.home().close();
            member.claim().close();
        }
    }

    /// One node of the network.
    ///
    /// @param name of its directory, and as shown to the user
    /// @param ready completed when its person can be reached
    record Member(
            String name,
            RealNodes.RealNode node,
            NodeHome home,
            DataDirectory.Claim claim,
            Contact self,
            CompletableFuture<Integer> joined,
            CompletableFuture<Void> ready) {}
}
