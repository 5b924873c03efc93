package org.privatus.simulation.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.world.World;

/// People who write to each other: in pairs that have each other in their address books, one message per interval, each text
/// unique. A person of an odd number writes to the first.
final class Correspondence {
    private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(30);
    private static final Duration SEND_PATIENCE = Duration.ofMinutes(20);

    private final World world;
    private final Population population;
    private final SimulationOptions options;
    private final Deliveries deliveries;
    private final List<Integer> people;
    private final Map<Integer, Long> lastShown = new TreeMap<>();
    private long endNanos;

    Correspondence(World world, Population population, SimulationOptions options, Deliveries deliveries) {
        this.world = world;
        this.population = population;
        this.options = options;
        this.deliveries = deliveries;
        this.people = population.withPerson();
    }

    /// Fills the address books when all nodes have started and begins to write; nothing new is written after `end`.
    void begin(Duration books, Duration end) {
        endNanos = end.toNanos();
        long interval = options.interval().toNanos();
        for (int index = 0; index < people.size(); index++) {
            int person = people.get(index);
            int partner = partnerOf(index);
            long phase = CounterRandom.of(options.seed(), person, "writing", 0).nextLong(interval);
            schedule(books.toNanos(), person, () -> fillBook(person, partner));
            schedule(books.toNanos() + phase, person, () -> write(person, partner, 0));
        }
    }

    /// Shows a person what arrives, from where it was left off; to be called at each start of its node.
    void follow(int person) {
        long after = lastShown.getOrDefault(person, 0L);
        world.tell(
                person,
                population.guardian(person),
                new NodeGuardian.Follow(1, after, message -> shown(person, message)));
    }

    private int partnerOf(int index) {
        int partner = index ^ 1;
        return people.get(partner < people.size() ? partner : 0);
    }

    private void fillBook(int person, int partner) {
        add(person, partner);
        if (partnerOf(people.indexOf(partner)) != person) {
            add(partner, person);
        }
    }

    private void add(int owner, int other) {
        String address = population.addressOf(other).encode();
        ask(owner, new ControlRequest.AddContact(nameOf(other), address), reply -> {
            if (reply instanceof ControlReply.Failed failed) {
                throw new IllegalStateException("node " + owner + " does not add a contact: " + failed.line());
            }
        });
    }

    private void write(int person, int partner, int number) {
        if (world.loop().nowNanos() >= endNanos) {
            return;
        }
        if (population.isRunning(person)) {
            send(person, partner, text(person, number));
        }
        schedule(options.interval().toNanos(), person, () -> write(person, partner, number + 1));
    }

    private void send(int person, int partner, String text) {
        deliveries.sent(text, partner, world.loop().nowNanos());
        var request = new ControlRequest.Send(nameOf(partner), text, SEND_PATIENCE.toMillis());
        ask(person, request, reply -> answered(text, reply));
    }

    private void answered(String text, ControlReply reply) {
        if (reply instanceof ControlReply.Acknowledged acknowledged) {
            deliveries.acknowledged(
                    text, acknowledged.relays().size() + 1, world.loop().nowNanos());
        } else if (reply instanceof ControlReply.Failed) {
            deliveries.refused(text);
        }
    }

    private void shown(int person, MessageView message) {
        lastShown.put(person, message.sequence());
        deliveries.shown(message.text(), person, world.loop().nowNanos());
    }

    private void ask(int person, ControlRequest request, Consumer<ControlReply> outcome) {
        world.<NodeGuardian.Command, ControlReply>ask(
                person,
                population.guardian(person),
                ANSWER_PATIENCE,
                replyTo -> new NodeGuardian.Control(request, replyTo),
                outcome);
    }

    private void schedule(long delayNanos, int person, Runnable action) {
        world.loop().after(delayNanos, person, EventKind.SCENARIO, action);
    }

    private String text(int person, int number) {
        String head = person + "/" + number + " ";
        return head + "x".repeat(Math.max(0, options.messageBytes() - head.length()));
    }

    private static String nameOf(int person) {
        return "person-" + person;
    }
}
