package org.privatus.simulation.localnet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.control.StatusView;
import org.privatus.node.terminal.UserError;

/// Two people add each other and write; what arrived is compared with what was sent.
final class Demonstration {
    private static final int MESSAGES_EACH_WAY = 3;
    private static final long READY_PATIENCE_SECONDS = 60;
    private static final long ASK_PATIENCE_SECONDS = 90;
    private static final long SEND_TIMEOUT_MILLIS = 60_000;
    private static final int INBOX_LIMIT = 1000;

    private final Localnet net;
    private final Localnet.Member alice;
    private final Localnet.Member bob;
    private final Consumer<String> out;
    private final Map<String, List<String>> sent = new LinkedHashMap<>();

    /// @param out takes lines for the user
    Demonstration(Localnet net, Localnet.Member alice, Localnet.Member bob, Consumer<String> out) {
        this.net = net;
        this.alice = alice;
        this.bob = bob;
        this.out = out;
    }

    /// Sends messages both ways. Whether every one of them arrived exactly once.
    boolean run() {
        for (Localnet.Member person : List.of(alice, bob)) {
            Localnet.await(person.ready(), READY_PATIENCE_SECONDS, title(person) + " could not be reached by others");
            introduce(person);
        }
        addContact(alice, bob);
        addContact(bob, alice);
        boolean acknowledged = true;
        for (int i = 1; i <= MESSAGES_EACH_WAY; i++) {
            acknowledged &= send(alice, bob, "message " + i + " from Alice");
            acknowledged &= send(bob, alice, "message " + i + " from Bob");
        }
        boolean bobSound = arrivedExactlyOnce(bob);
        boolean aliceSound = arrivedExactlyOnce(alice);
        return acknowledged && bobSound && aliceSound;
    }

    private void introduce(Localnet.Member person) {
        out.accept("");
        out.accept(title(person) + "  " + address(person));
        for (StatusView.Circuit circuit : status(person).circuits()) {
            out.accept("    %-8s %-9s %s".formatted(circuit.purpose(), circuit.state(), names(circuit.relays())));
        }
    }

    private void addContact(Localnet.Member who, Localnet.Member whom) {
        ask(who, new ControlRequest.AddContact(whom.name(), address(whom)), ControlReply.Done.class);
    }

    private boolean send(Localnet.Member from, Localnet.Member to, String text) {
        sent.computeIfAbsent(to.name(), name -> new ArrayList<>()).add(text);
        String way = title(from) + " → " + title(to) + ": ";
        ControlReply reply = ask(from, new ControlRequest.Send(to.name(), text, SEND_TIMEOUT_MILLIS));
        switch (reply) {
            case ControlReply.Acknowledged done ->
                out.accept(way + "delivered in " + done.elapsedMillis() + " ms through " + names(done.relays()) + " | "
                        + names(receiversPath(from, to, done)) + ", acknowledged the same way back");
            case ControlReply.Queued queued ->
                out.accept(way + "not acknowledged within " + SEND_TIMEOUT_MILLIS + " ms (" + queued.reason() + ")");
            case ControlReply.Failed failed -> out.accept(way + failed.line());
            default -> throw new IllegalStateException("an unexpected answer: " + reply);
        }
        return reply instanceof ControlReply.Acknowledged;
    }

    /// The gateway, then the receiver's own relays, outermost first: known here because both people are. Whoever opened
    /// the splice uses a circuit of purpose `splice`, the other one of purpose `inbound`.
    private List<String> receiversPath(Localnet.Member from, Localnet.Member to, ControlReply.Acknowledged done) {
        boolean opened = status(from).circuits().stream()
                .filter(circuit -> circuit.purpose().equals("splice"))
                .map(StatusView.Circuit::relays)
                .anyMatch(relays -> relays.getLast().equals(done.gateway())
                        && relays.subList(0, relays.size() - 1).equals(done.relays()));
        return status(to).circuits().stream()
                .filter(circuit -> circuit.purpose().equals(opened ? "inbound" : "splice"))
                .map(StatusView.Circuit::relays)
                .filter(relays -> relays.getLast().equals(done.gateway()))
                .findFirst()
                .map(List::reversed)
                .orElse(List.of(done.gateway()));
    }

    private boolean arrivedExactlyOnce(Localnet.Member person) {
        List<String> expected = sent.getOrDefault(person.name(), List.of());
        var inbox = ask(person, new ControlRequest.Inbox(0, INBOX_LIMIT), ControlReply.Messages.class);
        Map<String, Long> arrived = inbox.messages().stream()
                .collect(Collectors.groupingBy(MessageView::text, LinkedHashMap::new, Collectors.counting()));
        List<String> wrong = Stream.concat(expected.stream(), arrived.keySet().stream())
                .distinct()
                .filter(text -> arrived.getOrDefault(text, 0L) != 1 || !expected.contains(text))
                .toList();
        wrong.forEach(text ->
                out.accept(title(person) + " holds \"" + text + "\" " + arrived.getOrDefault(text, 0L) + " times"));
        if (wrong.isEmpty()) {
            out.accept(title(person) + " holds " + arrived.size() + " messages, each exactly once.");
        }
        return wrong.isEmpty();
    }

    private String address(Localnet.Member person) {
        return ask(person, new ControlRequest.Identify(false), ControlReply.Address.class)
                .address();
    }

    private StatusView status(Localnet.Member person) {
        return ask(person, new ControlRequest.Status(), ControlReply.Status.class)
                .status();
    }

    private static <T extends ControlReply> T ask(Localnet.Member person, ControlRequest request, Class<T> expected) {
        ControlReply reply = ask(person, request);
        if (reply instanceof ControlReply.Failed failed) {
            throw UserError.runtime(failed.line());
        }
        return expected.cast(reply);
    }

    private static ControlReply ask(Localnet.Member person, ControlRequest request) {
        CompletableFuture<ControlReply> reply =
                person.node().port().ask(request).toCompletableFuture();
        return Localnet.await(reply, ASK_PATIENCE_SECONDS, title(person) + "'s node did not answer");
    }

    private String names(List<String> relays) {
        return relays.stream().map(net::nameOf).collect(Collectors.joining(", "));
    }

    private static String title(Localnet.Member person) {
        return Character.toUpperCase(person.name().charAt(0)) + person.name().substring(1);
    }
}
