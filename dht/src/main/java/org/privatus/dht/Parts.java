package org.privatus.dht;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.dht.lookup.RoundTrips;
import org.privatus.dht.routing.RoutingTable;
import org.privatus.dht.store.RecordStore;

/// What the parts of one {@link Kademlia} share, and the parts themselves, each made when it is first needed: of a million simulated nodes most only
/// answer, and many do nothing at all.
final class Parts {
    final NodeId self;
    final DhtSettings settings;
    final RandomGenerator behaviour;
    final KademliaEffects effects;
    final RoutingTable table;
    final Tally tally = new Tally();
    final Timers timers = new Timers();
    final Dates dates = new Dates();
    final RoundTrips roundTrips = new RoundTrips();

    private final Kademlia core;
    private final NetworkId network;
    private final CryptoSuite suite;
    private @Nullable RecordStore store;
    private @Nullable Requests requests;
    private @Nullable Verifier verifier;
    private @Nullable Lookups lookups;
    private @Nullable Responder responder;
    private @Nullable Upkeep upkeep;
    private @Nullable Joining joining;
    private @Nullable Publishing publishing;
    private @Nullable DescriptorPool pool;

    Parts(
            Kademlia core,
            DhtSettings settings,
            NodeId self,
            NetworkId network,
            CryptoSuite suite,
            RandomGenerator behaviour,
            KademliaEffects effects) {
        this.core = core;
        this.self = self;
        this.settings = settings;
        this.network = network;
        this.suite = suite;
        this.behaviour = behaviour;
        this.effects = effects;
        this.table = new RoutingTable(self, settings.table(), behaviour);
    }

    RecordStore store() {
        RecordStore made = store;
        if (made == null) {
            made = new RecordStore(self, settings.records());
            store = made;
        }
        return made;
    }

    Requests requests() {
        Requests made = requests;
        if (made == null) {
            made = new Requests(settings.lookup(), table, roundTrips, timers, effects, tally, core::contactFailed);
            requests = made;
        }
        return made;
    }

    Verifier verifier() {
        Verifier made = verifier;
        if (made == null) {
            made = new Verifier(suite, network, effects);
            verifier = made;
        }
        return made;
    }

    Lookups lookups() {
        Lookups made = lookups;
        if (made == null) {
            made = new Lookups(self, settings, table, requests(), timers);
            lookups = made;
        }
        return made;
    }

    Responder responder() {
        Responder made = responder;
        if (made == null) {
            made = new Responder(this);
            responder = made;
        }
        return made;
    }

    Upkeep upkeep() {
        Upkeep made = upkeep;
        if (made == null) {
            made = new Upkeep(this, core::admit);
            upkeep = made;
        }
        return made;
    }

    Joining joining() {
        Joining made = joining;
        if (made == null) {
            made = new Joining(this, core::joinEnded);
            joining = made;
        }
        return made;
    }

    Publishing publishing() {
        Publishing made = publishing;
        if (made == null) {
            made = new Publishing(this);
            publishing = made;
        }
        return made;
    }

    DescriptorPool pool() {
        DescriptorPool made = pool;
        if (made == null) {
            made = new DescriptorPool(this);
            pool = made;
        }
        return made;
    }

    /// A part that nobody needed yet need not hear of anything.
    boolean hasJoining() {
        return joining != null;
    }

    boolean hasPublishing() {
        return publishing != null;
    }

    boolean hasPool() {
        return pool != null;
    }
}
