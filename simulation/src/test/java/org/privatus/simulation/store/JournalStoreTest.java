package org.privatus.simulation.store;

import java.util.concurrent.Executor;
import org.privatus.node.store.MessageStore;
import org.privatus.node.store.MessageStoreContract;

class JournalStoreTest extends MessageStoreContract {
    private final Journal journal = new Journal();

    @Override
    protected MessageStore create(Executor executor) {
        return new JournalStore(journal, executor);
    }

    @Override
    protected MessageStore kill(Executor executor) {
        return new JournalStore(journal, executor);
    }
}
