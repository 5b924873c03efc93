package org.privatus.dht;

import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.dht.store.DhtRecord;

/// Has records verified by jobs.
final class Verifier {
    private final CryptoSuite suite;
    private final NetworkId network;
    private final KademliaEffects effects;
    private int running;

    /// Told whether a record is genuine.
    interface Listener {
        void verified(boolean genuine, long now);
    }

    private static final class Verification extends Job {
        private final Verifier owner;
        private final DhtRecord record;
        private final Listener listener;
        private boolean genuine;

        private Verification(Verifier owner, DhtRecord record, Listener listener) {
            this.owner = owner;
            this.record = record;
            this.listener = listener;
        }

        @Override
        public void run() {
            genuine = record.verify(owner.suite, owner.network);
        }

        @Override
        public Cost cost() {
            return record.cost();
        }
    }

    Verifier(CryptoSuite suite, NetworkId network, KademliaEffects effects) {
        this.suite = suite;
        this.network = network;
        this.effects = effects;
    }

    void verify(DhtRecord record, Listener listener) {
        running++;
        effects.compute(new Verification(this, record, listener));
    }

    /// @throws IllegalArgumentException for a job that is not from here
    void computed(Job job, long now) {
        if (!(job instanceof Verification verification) || verification.owner != this) {
            throw new IllegalArgumentException("not a job of this node's DHT: " + job);
        }
        running--;
        verification.listener.verified(verification.genuine, now);
    }

    int running() {
        return running;
    }
}
