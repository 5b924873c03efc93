package org.privatus.simulation.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.messaging.core.CommandResult;
import org.privatus.node.messaging.core.ConversationEffects;
import org.privatus.node.messaging.core.Conversations;
import org.privatus.node.messaging.core.SendResult;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.AttemptStep;
import org.privatus.node.store.AttemptStep.Outcome;
import org.privatus.node.store.Committed;
import org.privatus.node.store.EnvelopeDigest;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.SealedText;
import org.privatus.node.store.SessionId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoreChange;
import org.privatus.node.store.StoreReply;
import org.privatus.node.store.StoreTransaction;
import org.privatus.node.store.StoredMessage;
import org.privatus.node.store.StoredPerson;
import org.privatus.simulation.messaging.SpliceWorld.Splice;
import org.privatus.simulation.random.CounterRandom;
import org.privatus.simulation.random.SimulatedSecureRandom;
import org.privatus.simulation.store.Journal;
import org.privatus.simulation.store.JournalStore;

/// One person's node, as far as messaging goes: does what the actor around the core does, and crashes when told to.
final class Person {
    final String name;
    final PersonIdentity identity;
    final List<StoredMessage> received = new ArrayList<>();
    final Set<MessageId> queued = new LinkedHashSet<>();
    final Set<MessageId> acknowledged = new LinkedHashSet<>();
    final List<PersonKey> requests = new ArrayList<>();

    /// Crash at this commit, counted from 1; 0 for never.
    int crashAtCommit;
    /// Whether what that commit carries is on the disk then.
    boolean crashAfterSync;

    int commits;

    /// The session of the text that was sealed last.
    Optional<SessionId> lastSealedUnder = Optional.empty();

    private final SpliceWorld world;
    private final long seed;
    private final Journal journal = new Journal();
    private final Map<Long, Splice> open = new LinkedHashMap<>();
    private final Map<Long, SealedFrames> sent = new LinkedHashMap<>();
    private final Set<EnvelopeDigest> sentEnvelopes = new LinkedHashSet<>();
    private final Set<EnvelopeDigest> unsyncedEnvelopes = new LinkedHashSet<>();
    private final Set<Long> abandoned = new LinkedHashSet<>();
    private JournalStore store;
    private Conversations core;
    private int life;
    private boolean up;
    private long armed = Long.MAX_VALUE;

    Person(SpliceWorld world, String name, long seed) {
        this.world = world;
        this.name = name;
        this.seed = seed;
        this.identity = PersonIdentity.generate(world.suite, keys("identity"));
        start();
    }

    private SimulatedSecureRandom keys(String purpose) {
        return new SimulatedSecureRandom(CounterRandom.of(seed, 0, purpose, life));
    }

    PersonKey key() {
        return identity.key();
    }

    PersonAddress address() {
        return identity.address(NetworkId.DEV);
    }

    int life() {
        return life;
    }

    boolean isUp() {
        return up;
    }

    boolean isAbandoned(long ref) {
        return abandoned.contains(ref);
    }

    Conversations core() {
        return core;
    }

    // Lives.

    private void start() {
        life++;
        up = true;
        armed = Long.MAX_VALUE;
        store = new JournalStore(
                journal, action -> inThisLife(world.random.nextLong(1, 40) * SpliceWorld.MILLI, action));
        core = new Conversations(
                world.settings,
                identity,
                NetworkId.DEV,
                world.suite,
                keys("keys"),
                CounterRandom.of(seed, 0, "behaviour", life),
                new Effects(life));
        store.load(world.settings.marksKept(), reply -> {
            core.load(done(reply), world.now(), world.epochMillis());
            arm();
        });
        world.run(0);
    }

    /// What is not synced is lost, what was sent still arrives, and after a while the node is there again.
    void crash() {
        trace("crash");
        up = false;
        life++;
        store.crash();
        open.values().forEach(splice -> splice.close(this));
        open.clear();
        abandoned.clear();
        sent.clear();
        sentEnvelopes.clear();
        unsyncedEnvelopes.clear();
        world.later(world.random.nextLong(100, 20_000) * SpliceWorld.MILLI, this::start);
    }

    void forgetSessionsAndRestart() {
        crash();
        new JournalStore(journal, Runnable::run)
                .submit(
                        StoreTransaction.of(new StoreChange.ForgetSessions()),
                        reply -> assertThat(reply).isInstanceOf(StoreReply.Done.class));
    }

    private void inThisLife(long delay, Runnable action) {
        int current = life;
        world.later(delay, () -> {
            if (life == current) {
                action.run();
            }
        });
    }

    private void input(Consumer<Conversations> action) {
        if (up) {
            action.accept(core);
            arm();
        }
    }

    private void arm() {
        long deadline = core.deadlineNanos();
        if (deadline != Long.MAX_VALUE && deadline < armed) {
            armed = deadline;
            inThisLife(Math.max(0, deadline - world.now()), () -> {
                if (armed == deadline) {
                    armed = Long.MAX_VALUE;
                    input(at -> at.onDeadline(world.now(), world.epochMillis()));
                }
            });
        }
    }

    // The user.

    void add(Person other) {
        command(core.addContact(other.name, other.address(), world.now(), world.epochMillis()));
    }

    void command(CommandResult result) {
        assertThat(result).isInstanceOf(CommandResult.Accepted.class);
        arm();
    }

    MessageId send(Person to, String text) {
        SendResult result = core.sendText(to.key(), text, world.now(), world.epochMillis());
        arm();
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        return ((SendResult.Accepted) result).id();
    }

    List<StoredPerson> persons(Standing... standings) {
        return core.persons(standings);
    }

    // The disk.

    List<StoredMessage> inbox() {
        var replies = new ArrayList<List<StoredMessage>>();
        disk().inbox(0, 100_000, reply -> replies.add(done(reply)));
        return replies.getFirst();
    }

    List<StoredMessage> outbox() {
        var replies = new ArrayList<List<StoredMessage>>();
        disk().outbox(100_000, reply -> replies.add(done(reply)));
        return replies.getFirst();
    }

    List<Attempt> attempts(Person to) {
        var replies = new ArrayList<List<Attempt>>();
        disk().attempts(to.key(), 100, reply -> replies.add(done(reply)));
        return replies.getFirst();
    }

    private JournalStore disk() {
        return new JournalStore(journal, Runnable::run);
    }

    private static <T> T done(StoreReply<T> reply) {
        assertThat(reply).isInstanceOf(StoreReply.Done.class);
        return ((StoreReply.Done<T>) reply).value();
    }

    // The splices.

    void opened(long ref, Splice splice) {
        open.put(splice.id, splice);
        input(at -> {
            at.attemptStep(ref, AttemptStep.Stage.SPLICE, Outcome.OK, "", world.now(), world.epochMillis());
            at.spliceOpened(ref, splice.id, splice.window(), world.now(), world.epochMillis());
        });
    }

    void failed(long ref, Outcome outcome) {
        input(at -> at.spliceFailed(ref, outcome, "no lease", world.now(), world.epochMillis()));
    }

    void incoming(Splice splice) {
        open.put(splice.id, splice);
        input(at -> at.spliceIncoming(splice.id, splice.window(), world.now()));
    }

    void bytes(Splice splice, byte[] bytes) {
        if (open.containsKey(splice.id)) {
            input(at -> at.spliceBytes(splice.id, bytes, world.now(), world.epochMillis()));
        }
    }

    void writable(Splice splice, int bytes) {
        if (open.containsKey(splice.id)) {
            input(at -> at.spliceWritable(splice.id, bytes, world.now()));
        }
    }

    void closed(Splice splice) {
        if (open.remove(splice.id) != null) {
            input(at -> at.spliceClosed(splice.id, world.now(), world.epochMillis()));
        }
    }

    private void trace(String what) {
        world.trace.add(world.now() + " " + name + " " + what);
    }

    private static List<SealedText> sealedIn(StoreTransaction transaction) {
        return transaction.changes().stream()
                .flatMap(change -> switch (change) {
                    case StoreChange.AddOutgoing add -> add.text().sealed().stream();
                    case StoreChange.Seal seal -> Stream.of(seal.sealed());
                    default -> Stream.empty();
                })
                .toList();
    }

    /// Records and sends; nothing comes back to the core within a call.
    private final class Effects implements ConversationEffects {
        private final int ownLife;

        Effects(int ownLife) {
            this.ownLife = ownLife;
        }

        private boolean isOver() {
            return life != ownLife;
        }

        @Override
        public void commit(long ticket, StoreTransaction transaction) {
            if (isOver()) {
                return;
            }
            commits++;
            trace("commit " + transaction.changes().size());
            List<SealedText> sealed = sealedIn(transaction);
            assertThat(sealed)
                    .as("sent before it was committed")
                    .noneMatch(text -> sentEnvelopes.contains(text.digest()));
            sealed.forEach(text -> {
                lastSealedUnder = Optional.of(text.session());
                unsyncedEnvelopes.add(text.digest());
            });
            boolean crash = commits == crashAtCommit || world.chance(world.crashesPerMille);
            boolean afterSync = commits == crashAtCommit ? crashAfterSync : world.random.nextBoolean();
            if (crash && !afterSync) {
                inThisLife(0, Person.this::crash);
            }
            store.submit(transaction, reply -> {
                Committed committed = done(reply);
                sealed.forEach(text -> unsyncedEnvelopes.remove(text.digest()));
                if (crash) {
                    crash();
                } else {
                    inThisLife(0, () -> input(at -> at.committed(ticket, committed, world.now(), world.epochMillis())));
                }
            });
        }

        @Override
        public void openSplice(long ref, PersonAddress to) {
            trace("open");
            world.open(Person.this, ref, to);
        }

        @Override
        public void abandonSplice(long ref) {
            abandoned.add(ref);
        }

        @Override
        public void send(long splice, byte[] bytes) {
            trace("send " + bytes.length);
            sent.computeIfAbsent(splice, id -> new SealedFrames()).append(bytes).forEach(envelope -> {
                EnvelopeDigest digest = EnvelopeDigest.of(world.suite.sha256(envelope));
                assertThat(unsyncedEnvelopes).as("sent before it was synced").doesNotContain(digest);
                sentEnvelopes.add(digest);
            });
            Splice to = open.get(splice);
            if (to != null) {
                to.send(Person.this, bytes);
            }
        }

        @Override
        public void closeSplice(long splice) {
            trace("close");
            Splice closed = open.remove(splice);
            if (closed != null) {
                closed.close(Person.this);
            }
        }

        @Override
        public void compute(Job job) {
            inThisLife(world.random.nextLong(1, 3_000) * 1_000, () -> {
                job.run();
                input(at -> at.computed(job, world.now(), world.epochMillis()));
            });
        }

        @Override
        public void queued(PersonKey to, MessageId id) {
            queued.add(id);
        }

        /// Said only of what is on the other's disk.
        @Override
        public void acknowledged(PersonKey to, MessageId id, long splice, long elapsedMillis) {
            trace("acknowledged " + id + " after " + elapsedMillis);
            acknowledged.add(id);
            assertThat(world.persons.get(to).inbox())
                    .extracting(StoredMessage::id)
                    .contains(id);
        }

        @Override
        public void received(StoredMessage message) {
            trace("received " + message.text());
            received.add(message);
        }

        @Override
        public void requestArrived(PersonKey from) {
            requests.add(from);
        }

        @Override
        public void commandDone(long ticket) {
            trace("done " + ticket);
        }
    }
}
