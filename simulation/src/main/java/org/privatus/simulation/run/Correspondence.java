package org.privatus.simulation.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.agrona.collections.LongHashSet;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.scenario.People;
import org.privatus.simulation.world.World;

/// The people of one shard: each fills an address book with the others of the circle, and writes to them in turn. What is sent
/// and what is shown goes to the recording, whatever shard the other person is on.
final class Correspondence {
    private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(30);
    private static final Duration SEND_PATIENCE = Duration.ofMinutes(20);
    private static final Duration BOOK_RETRY = Duration.ofSeconds(1);

    private final World world;
    private final Population population;
    private final People people;
    private final int[] carriers;
    private final Recording recording;
    private final Map<Integer, Writer> writers = new TreeMap<>();
    private long beginNanos;
    private long endNanos;
    private long sent;
    private long refused;
    private long settled;
    private long acknowledged;
    private long delivered;

    Correspondence(World world, Population population, People people, Recording recording) {
        this.world = world;
        this.population = population;
        this.people = people;
        this.carriers = population.withPerson().stream().mapToInt(node -> node).toArray();
        this.recording = recording;
    }

    /// One person here.
    private static final class Writer {
        private final int node;
        private final List<Integer> mates;
        private final LongHashSet seen = new LongHashSet();
        private long lastShown;
        private int written;
        private long life;
        private long unanswered;
        private boolean filled;

        Writer(int node, List<Integer> mates) {
            this.node = node;
            this.mates = mates;
        }
    }

    /// Fills the address books at `books` and begins to write; nothing new is written after `end`.
    void begin(Duration books, Duration end) {
        beginNanos = books.toNanos();
        endNanos = end.toNanos();
        long interval = people.interval().toNanos();
        for (int index = 0; index < carriers.length; index++) {
            int node = carriers[index];
            if (world.isHere(node)) {
                var writer = new Writer(node, mates(index));
                writers.put(node, writer);
                long phase = CounterRandom.of(world.settings().seed(), node, "writing", 0)
                        .nextLong(interval);
                world.after(node, books.toNanos(), () -> fillBook(writer));
                world.after(node, books.toNanos() + phase, () -> write(writer));
            }
        }
    }

    /// The others of a person's circle: people with neighbouring numbers; the last circle takes in those who are left over.
    private List<Integer> mates(int index) {
        int size = Math.min(people.circle(), carriers.length);
        int circles = Math.max(1, carriers.length / size);
        int circle = Math.min(index / size, circles - 1);
        int first = circle * size;
        int end = circle == circles - 1 ? carriers.length : first + size;
        return IntStream.range(1, end - first)
                .mapToObj(step -> carriers[first + (index - first + step) % (end - first)])
                .toList();
    }

    /// The node of a person has started: shows what arrives from where it was left off.
    void started(int node) {
        Writer writer = writers.get(node);
        if (writer != null) {
            world.tell(
                    node,
                    population.guardian(node),
                    new NodeGuardian.Follow(1, writer.lastShown, message -> shown(writer, message)));
            if (!writer.filled && now() > beginNanos) {
                world.after(node, BOOK_RETRY.toNanos(), () -> fillBook(writer));
            }
        }
    }

    /// The node of a person has ended: what it was asked is never answered.
    void ended(int node) {
        Writer writer = writers.get(node);
        if (writer != null) {
            writer.life++;
            settled += writer.unanswered;
            writer.unanswered = 0;
        }
    }

    /// The disk of a person's node is empty: the address book has to be filled anew once it runs.
    void wiped(int node) {
        Writer writer = writers.get(node);
        if (writer != null) {
            writer.lastShown = 0;
            writer.filled = false;
        }
    }

    private void fillBook(Writer writer) {
        if (population.isRunning(writer.node)) {
            writer.filled = true;
            writer.mates.forEach(mate -> add(writer, mate));
        }
    }

    private void add(Writer writer, int mate) {
        String address = population.addressOf(mate).encode();
        ask(writer.node, new ControlRequest.AddContact(nameOf(mate), address), reply -> {
            if (reply instanceof ControlReply.Failed failed && failed.kind() == ControlReply.Failed.Kind.UNAVAILABLE) {
                world.after(writer.node, BOOK_RETRY.toNanos(), () -> fillBook(writer));
            }
        });
    }

    private void write(Writer writer) {
        if (world.loop().nowNanos() >= endNanos) {
            return;
        }
        if (writer.filled && population.isRunning(writer.node)) {
            int mate = writer.mates.get(writer.written % writer.mates.size());
            send(writer, mate, MessageText.id(writer.node, writer.written));
        }
        writer.written++;
        world.after(writer.node, people.interval().toNanos(), () -> write(writer));
    }

    private void send(Writer writer, int mate, long id) {
        sent++;
        writer.unanswered++;
        long life = writer.life;
        recording.sent(id, writer.node, mate, now());
        String text = MessageText.of(id, people.messageBytes());
        ask(writer.node, new ControlRequest.Send(nameOf(mate), text, SEND_PATIENCE.toMillis()), reply -> {
            if (writer.life == life) {
                writer.unanswered--;
                answered(id, reply);
            }
        });
    }

    private void answered(long id, ControlReply reply) {
        settled++;
        if (reply instanceof ControlReply.Acknowledged known) {
            acknowledged++;
            recording.acknowledged(id, known.relays().size() + 1, now());
        } else if (reply instanceof ControlReply.Failed) {
            refused++;
            recording.refused(id, now());
        }
    }

    private void shown(Writer writer, MessageView message) {
        writer.lastShown = message.sequence();
        long id = MessageText.idOf(message.text());
        if (writer.seen.add(id)) {
            delivered++;
        }
        recording.shown(id, writer.node, now());
    }

    /// Messages sent, refused, settled (the sender knows what became of it, or never will), acknowledged, and delivered so far.
    long[] totals() {
        return new long[] {sent, refused, settled, acknowledged, delivered};
    }

    /// Whether nothing is under way any more.
    ///
    /// @param totals those of all shards, added up
    static boolean isSettled(long[] totals) {
        return totals[2] >= totals[0] && totals[4] >= totals[0] - totals[1];
    }

    /// Nodes of this shard with a person.
    int[] here() {
        return Arrays.stream(carriers).filter(world::isHere).toArray();
    }

    private void ask(int node, ControlRequest request, Consumer<ControlReply> outcome) {
        world.<NodeGuardian.Command, ControlReply>ask(
                node,
                population.guardian(node),
                ANSWER_PATIENCE,
                replyTo -> new NodeGuardian.Control(request, replyTo),
                outcome);
    }

    private long now() {
        return world.loop().nowNanos();
    }

    private static String nameOf(int node) {
        return "person-" + node;
    }
}
