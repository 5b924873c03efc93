package org.privatus.node.messaging.core;

import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.StoreTransaction;
import org.privatus.node.store.StoredMessage;

/// What {@link Conversations} asks of its surroundings, and tells them. An implementation records or sends and never calls
/// back.
public interface ConversationEffects {
    /// Store this; answered by `committed`. Tickets grow by one, transactions are to be stored in their order. Where one
    /// fails, the core is of no use any more: make a new one and load what is stored.
    void commit(long ticket, StoreTransaction transaction);

    /// Open a splice. Answered by `spliceOpened` or `spliceFailed` with the same `ref`.
    void openSplice(long ref, PersonAddress to);

    /// The splice asked for under `ref` is not wanted any more, opened or not.
    void abandonSplice(long ref);

    /// The next bytes of a splice, within what it said is writable.
    void send(long splice, byte[] bytes);

    void closeSplice(long splice);

    /// Run this job and return it through `computed`.
    void compute(Job job);

    /// The text is on our disk and will be tried until it is acknowledged.
    void queued(PersonKey to, MessageId id);

    /// The text is on their disk: they said so, sealed, on this splice.
    ///
    /// @param elapsedMillis since it was handed in
    void acknowledged(PersonKey to, MessageId id, long splice, long elapsedMillis);

    /// A text is in the inbox now, and on our disk.
    void received(StoredMessage message);

    /// Somebody who is not in the address book wrote for the first time.
    void requestArrived(PersonKey from);

    /// A command is on the disk.
    void commandDone(long ticket);
}
