package org.privatus.dht;

import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.lookup.Lookup;
import org.privatus.dht.message.DhtRequest;
import org.privatus.dht.message.DhtRequest.FindNode;
import org.privatus.dht.message.DhtRequest.FindValue;
import org.privatus.dht.routing.RoutingTable;

/// Makes lookups: the one place that knows where they begin and what they may cost.
final class Lookups {
    private final NodeId self;
    private final DhtSettings settings;
    private final RoutingTable table;
    private final Requests requests;
    private final Timers timers;

    Lookups(NodeId self, DhtSettings settings, RoutingTable table, Requests requests, Timers timers) {
        this.self = self;
        this.settings = settings;
        this.table = table;
        this.requests = requests;
        this.timers = timers;
    }

    /// Who is nearest to `target`?
    LookupRun nodes(NodeId target, Request.Manner manner, LookupRun.Listener listener, long now) {
        return nodes(target, table.closestToAsk(target, bucketSize()), manner, listener, now);
    }

    LookupRun nodes(NodeId target, List<Contact> seeds, Request.Manner manner, LookupRun.Listener listener, long now) {
        long deadline = now + Math.max(settings.lookup().deadline().toNanos(), 2 * manner.patienceNanos());
        return run(lookup(target, false, seeds, deadline), new FindNode(target), manner, listener);
    }

    /// Who holds what under `target`? A node is never asked for its own descriptor.
    LookupRun value(NodeId target, LookupRun.Listener listener, long now) {
        long deadline = now + settings.lookup().deadline().toNanos();
        List<Contact> seeds = table.closestToAsk(target, bucketSize());
        return run(lookup(target, true, seeds, deadline), new FindValue(target), Request.Manner.EARLY, listener);
    }

    private Lookup lookup(NodeId target, boolean targetExcluded, List<Contact> seeds, long deadline) {
        int parallelism = settings.lookup().parallelism();
        int paths = settings.lookup().paths();
        boolean together = settings.lookup().together();
        return new Lookup(target, self, targetExcluded, seeds, bucketSize(), parallelism, paths, together, deadline);
    }

    private LookupRun run(Lookup lookup, DhtRequest question, Request.Manner manner, LookupRun.Listener listener) {
        return new LookupRun(lookup, question, manner, requests, table, timers, listener);
    }

    int bucketSize() {
        return settings.table().bucketSize();
    }
}
