package org.privatus.node.store;

import java.util.List;
import java.util.function.Consumer;
import org.privatus.crypto.identity.PersonKey;

/// Keeps what must outlive the process. Every method returns at once; operations run one after the other in the order
/// of the calls, each sees
/// all before it, and each ends with exactly one call of its consumer on the store's executor, but for those that a
/// kill cuts off.
///
/// A transaction answered with {@link StoreReply.Done} survives the end of process and machine. One that was cut off
/// before that happened
/// whole or not at all, and never without those before it.
public interface MessageStore extends AutoCloseable {
    /// Applies a transaction.
    void submit(StoreTransaction transaction, Consumer<StoreReply<Committed>> done);

    /// Everything a conversation core needs to go on.
    ///
    /// @param marksPerPerson how many of the latest received marks
    void load(int marksPerPerson, Consumer<StoreReply<StoredState>> done);

    /// Incoming texts with a position above `after`, in order.
    void inbox(long after, int limit, Consumer<StoreReply<List<StoredMessage>>> done);

    /// The last incoming texts, in order.
    void latest(int limit, Consumer<StoreReply<List<StoredMessage>>> done);

    /// Texts that wait for their writers to be accepted, oldest first.
    void held(int limit, Consumer<StoreReply<List<StoredMessage>>> done);

    /// Texts of ours that wait for an acknowledgement, oldest first.
    void outbox(int limit, Consumer<StoreReply<List<StoredMessage>>> done);

    /// The latest texts to and from a person before a time, newest first.
    void history(PersonKey with, long beforeEpochMillis, int limit, Consumer<StoreReply<List<StoredMessage>>> done);

    /// Contacts: those online first, then by when they were last seen, latest first.
    void contacts(Consumer<StoreReply<List<StoredPerson>>> done);

    /// The last attempts to reach a person, newest first.
    void attempts(PersonKey person, int limit, Consumer<StoreReply<List<Attempt>>> done);

    /// Ends after all that was submitted before; what is called after it fails. Waits for the end only where the
    /// executor is the caller's own.
    @Override
    void close();
}
