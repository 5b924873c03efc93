package org.privatus.node.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A node that exists on paper: an address book and messages in memory, no network.
public final class PaperNode implements ControlPort {
    public static final String NODE_ADDRESS = "pvnkey@127.0.0.1:7400";
    public static final String OWN_ADDRESS = "pvpown";

    private final Map<String, String> contacts = new LinkedHashMap<>();
    private final List<MessageView> inbox = new ArrayList<>();
    private final List<Consumer<MessageView>> followers = new CopyOnWriteArrayList<>();
    private final List<ControlRequest> asked = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private boolean acknowledges = true;

    /// Every request until now, in order.
    public List<ControlRequest> asked() {
        return asked;
    }

    /// Whether a text that is sent is acknowledged, or stays queued.
    public void acknowledges(boolean yes) {
        acknowledges = yes;
    }

    public CompletionStage<Void> stopped() {
        return stopped;
    }

    public synchronized void receive(String from, String text) {
        var message = new MessageView(inbox.size() + 1, "00ff", from, false, 1_700_000_000_000L, 0, 0, text);
        inbox.add(message);
        followers.forEach(follower -> follower.accept(message));
    }

    public int followers() {
        return followers.size();
    }

    @Override
    public synchronized CompletionStage<ControlReply> ask(ControlRequest request) {
        asked.add(request);
        return CompletableFuture.completedFuture(answer(request));
    }

    private ControlReply answer(ControlRequest request) {
        return switch (request) {
            case ControlRequest.Identify identify ->
                new ControlReply.Address(identify.node() ? NODE_ADDRESS : OWN_ADDRESS);
            case ControlRequest.AddContact add -> add(add);
            case ControlRequest.Contacts all -> new ControlReply.Contacts(views());
            case ControlRequest.Rename rename -> rename(rename);
            case ControlRequest.Remove remove -> remove(remove.name());
            case ControlRequest.Block block -> new ControlReply.Done(block.name() + " is blocked.");
            case ControlRequest.Send send -> send(send);
            case ControlRequest.Inbox from -> inbox(from);
            case ControlRequest.Follow follow -> throw new IllegalArgumentException("a stream");
            case ControlRequest.Outbox outbox -> new ControlReply.Messages(List.of(), inbox.size());
            case ControlRequest.Requests requests ->
                new ControlReply.Requests(
                        List.of(new RequestView("3f9a12cd", "pvpstranger", 1_700_000_000_000L, 2, "hello\u001b[2J")));
            case ControlRequest.Accept accept -> new ControlReply.Done(accept.name() + " is in the address book.");
            case ControlRequest.Reject reject -> new ControlReply.Done("Turned down.");
            case ControlRequest.Status status -> new ControlReply.Status(status());
            case ControlRequest.Why why -> why(why.name());
            case ControlRequest.Stop stop -> stop();
            case ControlRequest.Version version -> new ControlReply.Version("1.2.3", "Java 25");
        };
    }

    private ControlReply add(ControlRequest.AddContact request) {
        if (contacts.putIfAbsent(request.name(), request.address()) != null) {
            return new ControlReply.Failed(
                    ControlReply.Failed.Kind.ALREADY_EXISTS,
                    "there is a " + request.name() + " already",
                    "choose another name");
        }
        return new ControlReply.Done(request.name() + " is in the address book.");
    }

    private ControlReply rename(ControlRequest.Rename request) {
        String address = contacts.remove(request.name());
        if (address == null) {
            return unknown(request.name());
        }
        contacts.put(request.newName(), address);
        return new ControlReply.Done(request.name() + " is " + request.newName() + " now.");
    }

    private ControlReply remove(String name) {
        return contacts.remove(name) == null
                ? unknown(name)
                : new ControlReply.Done(name + " is no longer in the address book.");
    }

    private ControlReply send(ControlRequest.Send request) {
        if (!contacts.containsKey(request.name())) {
            return unknown(request.name());
        }
        return acknowledges
                ? new ControlReply.Acknowledged("ab", 420, List.of("aaaa1111", "bbbb2222", "cccc3333"), "dddd4444")
                : new ControlReply.Queued("ab", request.timeoutMillis(), "no way to them was found");
    }

    private ControlReply inbox(ControlRequest.Inbox request) {
        List<MessageView> after = inbox.stream()
                .filter(message -> message.sequence() > request.afterSequence())
                .toList();
        int from = request.afterSequence() < 0 ? Math.max(0, after.size() - request.limit()) : 0;
        int to = Math.min(after.size(), from + request.limit());
        return new ControlReply.Messages(after.subList(from, to), inbox.size());
    }

    private ControlReply why(String name) {
        var steps = List.of(
                new AttemptView.Step("circuit", "ok", 120, "three relays"),
                new AttemptView.Step("lease lookup", "not found", 900, ""));
        return new ControlReply.Attempts(name, List.of(new AttemptView(1_700_000_000_000L, "not found", 900, steps)));
    }

    private ControlReply stop() {
        stopped.complete(null);
        return new ControlReply.Done("The node has stopped.");
    }

    private static ControlReply unknown(String name) {
        return new ControlReply.Failed(
                ControlReply.Failed.Kind.NOT_FOUND, "nobody is called " + name, "'privatus contacts' lists the names");
    }

    private List<ContactView> views() {
        return contacts.entrySet().stream()
                .map(entry -> new ContactView(entry.getKey(), entry.getValue(), "contact", true, false, 1, 0))
                .toList();
    }

    @Override
    public synchronized Following follow(long afterSequence, Consumer<MessageView> sink) {
        inbox.stream().filter(message -> message.sequence() > afterSequence).forEach(sink);
        followers.add(sink);
        return () -> followers.remove(sink);
    }

    /// A snapshot with a bit of everything.
    public static StatusView status() {
        var counters = new TreeMap<String, Long>();
        counters.put("link.packets.dropped", 7L);
        return new StatusView(
                "1.2.3",
                "dev",
                "dev",
                "0123abcd",
                "unlocked",
                65_000,
                new StatusView.Reachability(
                        StatusView.Reachability.State.REACHABLE, "0.0.0.0:7400", "192.0.2.1:7400", 3),
                List.of(new StatusView.Peer("aaaa1111", "192.0.2.2:7400", true, 12.5, 2, "post-quantum")),
                List.of(new StatusView.Circuit("spare", "ready", List.of("aaaa1111", "bbbb2222"), 5_000)),
                new StatusView.Paths(3, 4, 310, 500, 20, 1, 2, new TreeMap<>(Map.of("spare", 1))),
                new StatusView.Dht(true, List.of(9, 8), 17, 3, 16, 0, 0),
                new StatusView.Relaying(true, 4, 1, 1_000),
                new StatusView.Messages(1, 0, 1, 0, true),
                new StatusView.Tuner(
                        9,
                        new StatusView.Machine(0.95, 0.5, 100, 1_000, 900, 1_000, 10, 1_000),
                        List.of(new StatusView.Queue("crypto", 1, 64)),
                        List.of(new StatusView.Latency("delivery", 3, 100, 200, 300, 400)),
                        List.of()),
                new StatusView.Crypto("AES-256-GCM by the JDK", "POLYVAL in Java", "X25519", "ML-KEM-768"),
                new StatusView.Socket("epoll", 8 << 20, 1 << 17, 1 << 20, 3, "ask root for more"),
                counters);
    }
}
