package org.privatus.simulation.store;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.Committed;
import org.privatus.node.store.MessageStore;
import org.privatus.node.store.StoreReply;
import org.privatus.node.store.StoreTransaction;
import org.privatus.node.store.StoredMessage;
import org.privatus.node.store.StoredPerson;
import org.privatus.node.store.StoredState;

/// A store in memory that knows synced from unsynced. Operations wait until the executor, whose delay stands for the disk's sync, runs what
/// is waiting; only then they reach the {@link Journal} and are answered.
///
/// Not thread-safe: calls and executor belong to one simulated node's thread.
public final class JournalStore implements MessageStore {
    private final Journal journal;
    private final Executor syncs;
    private final ArrayDeque<Runnable> unsynced = new ArrayDeque<>();
    private boolean scheduled;
    private boolean closed;
    private boolean crashed;

    /// Opens the journal: nobody is online in it any more.
    public JournalStore(Journal journal, Executor syncs) {
        this.journal = journal;
        this.syncs = syncs;
        journal.opened();
    }

    /// Drops what was not synced; its consumers are never called. A new store over the same journal goes on from there.
    public void crash() {
        unsynced.clear();
        crashed = true;
    }

    /// Operations that wait for the next sync.
    public int unsynced() {
        return unsynced.size();
    }

    @Override
    public void submit(StoreTransaction transaction, Consumer<StoreReply<Committed>> done) {
        enqueue(() -> journal.apply(transaction), done);
    }

    @Override
    public void load(int marksPerPerson, Consumer<StoreReply<StoredState>> done) {
        enqueue(() -> journal.state(marksPerPerson), done);
    }

    @Override
    public void inbox(long after, int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(() -> journal.inbox(after, limit), done);
    }

    @Override
    public void latest(int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(() -> journal.latest(limit), done);
    }

    @Override
    public void held(int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(() -> journal.held(limit), done);
    }

    @Override
    public void outbox(int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(() -> journal.outbox(limit), done);
    }

    @Override
    public void history(
            PersonKey with, long beforeEpochMillis, int limit, Consumer<StoreReply<List<StoredMessage>>> done) {
        enqueue(() -> journal.history(with, beforeEpochMillis, limit), done);
    }

    @Override
    public void contacts(Consumer<StoreReply<List<StoredPerson>>> done) {
        enqueue(journal::contacts, done);
    }

    @Override
    public void attempts(PersonKey person, int limit, Consumer<StoreReply<List<Attempt>>> done) {
        enqueue(() -> journal.attempts(person, limit), done);
    }

    @Override
    public void close() {
        enqueue(
                () -> {
                    closed = true;
                    return closed;
                },
                reply -> {});
    }

    private <T> void enqueue(Supplier<T> operation, Consumer<StoreReply<T>> done) {
        if (crashed) {
            return;
        }
        unsynced.add(() -> done.accept(
                closed ? new StoreReply.Failed<>("the store is closed") : new StoreReply.Done<>(operation.get())));
        if (!scheduled) {
            scheduled = true;
            syncs.execute(this::sync);
        }
    }

    /// What is submitted while consumers run waits for the next sync, as it would behind a disk.
    private void sync() {
        scheduled = false;
        for (int count = unsynced.size(); count > 0 && !unsynced.isEmpty(); count--) {
            unsynced.remove().run();
        }
    }
}
