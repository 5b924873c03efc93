package org.privatus.simulation.results;

/// Counters from which keys of `summary.json` are computed. A workload may count more under names of its own.
public final class CounterNames {
    /// Lookups that ended, where nobody counts [Series#LOOKUPS].
    public static final String LOOKUPS = "dht.lookups";

    /// Requests of these, where nobody counts [Series#LOOKUP_REQUESTS].
    public static final String LOOKUP_REQUESTS = "dht.lookup.requests";

    /// Where nobody counts [Series#CIRCUITS_BUILT].
    public static final String CIRCUITS_BUILT = "circuits.built";

    /// Where nobody counts [Series#CIRCUITS_FAILED].
    public static final String CIRCUITS_FAILED = "circuits.failed";

    /// Added up over lookups: how many answers stood between the asking node and the closest contact.
    public static final String LOOKUP_DEPTH = "dht.lookup.depth";

    /// Lookups that were started; without it, those that ended.
    public static final String LOOKUPS_BEGUN = "dht.lookup.begun";

    /// Of these, lookups of nodes for their own id, which nobody finds.
    public static final String LOOKUPS_OF_OWN_ID = "dht.lookup.own-id";

    /// Lookups that found what they looked for.
    public static final String LOOKUP_SUCCESSES = "dht.lookup.successes";

    private CounterNames() {}
}
