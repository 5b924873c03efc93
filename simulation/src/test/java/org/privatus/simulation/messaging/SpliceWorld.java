package org.privatus.simulation.messaging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.messaging.core.MessagingSettings;
import org.privatus.node.store.AttemptStep.Outcome;

/// A few persons in virtual time, and splices between them that carry bytes in order until they die.
final class SpliceWorld {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;
    static final long MINUTE = 60 * SECOND;

    final SplittableRandom random;
    final CryptoSuite suite;
    final MessagingSettings settings;
    final Map<PersonKey, Person> persons = new LinkedHashMap<>();
    final List<String> trace = new ArrayList<>();
    final List<Splice> splices = new ArrayList<>();

    /// Of a thousand splices, how many die within the next ten seconds of each one's life.
    int deathsPerMille;
    /// Of a thousand attempts, how many fail.
    int failuresPerMille;
    /// Of a thousand commits, how many end in a crash of the person's node.
    int crashesPerMille;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
    private long order;
    private long now;

    private record Event(long time, long order, Runnable action) {}

    SpliceWorld(long seed, CryptoSuite suite) {
        this(seed, suite, MessagingSettings.defaults());
    }

    SpliceWorld(long seed, CryptoSuite suite, MessagingSettings settings) {
        this.random = new SplittableRandom(seed);
        this.suite = suite;
        this.settings = settings;
    }

    Person person(String name) {
        var person = new Person(this, name, random.nextLong());
        persons.put(person.key(), person);
        return person;
    }

    long now() {
        return now;
    }

    /// The wall clock began long ago.
    long epochMillis() {
        return 1_760_000_000_000L + now / MILLI;
    }

    void later(long delay, Runnable action) {
        events.add(new Event(now + delay, order++, action));
    }

    void run(long duration) {
        long end = now + duration;
        while (!events.isEmpty() && events.peek().time() <= end) {
            Event next = events.remove();
            now = next.time();
            next.action().run();
        }
        now = end;
    }

    boolean chance(int perMille) {
        return perMille > 0 && random.nextInt(1_000) < perMille;
    }

    void open(Person from, long ref, PersonAddress to) {
        int life = from.life();
        later(random.nextLong(20 * MILLI, 400 * MILLI), () -> {
            Person other = persons.get(to.key());
            if (from.life() != life || from.isAbandoned(ref)) {
                return;
            }
            if (other == null || !other.isUp() || chance(failuresPerMille)) {
                from.failed(ref, Outcome.NOT_FOUND);
                return;
            }
            var splice = new Splice(from, other);
            splices.add(splice);
            splice.live();
            other.incoming(splice);
            from.opened(ref, splice);
        });
    }

    /// A splice, with an end at each person and bytes on their way.
    final class Splice {
        private static final int WINDOW = 2_000;

        final long id = splices.size() + 1L;
        final Person opener;
        final Person acceptor;
        final List<byte[]> fromOpener = new ArrayList<>();
        final int openerLife;
        final int acceptorLife;
        boolean open = true;
        private final long latency = random.nextLong(MILLI, 150 * MILLI);

        Splice(Person opener, Person acceptor) {
            this.opener = opener;
            this.acceptor = acceptor;
            this.openerLife = opener.life();
            this.acceptorLife = acceptor.life();
        }

        int window() {
            return WINDOW;
        }

        void live() {
            later(10 * SECOND, () -> {
                if (open && chance(deathsPerMille)) {
                    die();
                } else if (open) {
                    live();
                }
            });
            if (chance(deathsPerMille)) {
                later(random.nextLong(2 * SECOND), this::die);
            }
        }

        void send(Person from, byte[] bytes) {
            Person to = from == opener ? acceptor : opener;
            if (from == opener) {
                fromOpener.add(bytes);
            }
            later(latency, () -> {
                if (open) {
                    to.bytes(this, bytes);
                    later(latency, () -> {
                        if (open) {
                            from.writable(this, bytes.length);
                        }
                    });
                }
            });
        }

        void die() {
            if (open) {
                open = false;
                opener.closed(this);
                acceptor.closed(this);
            }
        }

        /// One side closes: the other hears of it once what was sent before has arrived.
        void close(Person by) {
            later(latency, () -> {
                if (open) {
                    open = false;
                    (by == opener ? acceptor : opener).closed(this);
                }
            });
        }
    }

    /// A gateway that plays what one side once sent to the other again, on a new splice.
    void replay(Splice old) {
        var splice = new Splice(old.opener, old.acceptor);
        splices.add(splice);
        old.acceptor.incoming(splice);
        var bytes = new ArrayDeque<>(old.fromOpener);
        while (!bytes.isEmpty()) {
            byte[] next = bytes.remove();
            later(100 * MILLI, () -> old.acceptor.bytes(splice, next));
        }
    }
}
