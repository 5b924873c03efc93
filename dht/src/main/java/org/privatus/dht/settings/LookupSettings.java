package org.privatus.dht.settings;

import java.time.Duration;

/// Lookups and the two timers of a request. Keys below `privatus.dht.lookup`.
///
/// @param parallelism Kademlia's α: requests of a lookup on their way at once, stalled ones not counted
/// @param paths disjoint paths of a lookup; 1 = ordinary Kademlia
/// @param together ask the last of the nearest at once, when α answers in a row have brought nobody nearer (Kademlia §2.3)
/// @param deadline a lookup ends after this time with what it has
/// @param stallFloor no request counts as stalled before this
/// @param giveUpFloor no request is given up before this
/// @param strangerStall when a request to a stranger stalls as long as this node has measured too few round trips
/// @param maxOperations operations at once; more are refused
public record LookupSettings(
        int parallelism,
        int paths,
        boolean together,
        Duration deadline,
        Duration stallFloor,
        Duration giveUpFloor,
        Duration strangerStall,
        int maxOperations) {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    public LookupSettings {
        Bounds.within("lookup.parallelism", parallelism, 2, 10);
        Bounds.within("lookup.paths", paths, 1, 8);
        Bounds.within("lookup.deadline", deadline, Duration.ofMillis(500), Duration.ofMinutes(1));
        Bounds.within("lookup.stall-floor", stallFloor, MILLISECOND, Duration.ofSeconds(10));
        Bounds.within("lookup.give-up-floor", giveUpFloor, MILLISECOND, Duration.ofSeconds(10));
        Bounds.within("lookup.stranger-stall", strangerStall, MILLISECOND, Duration.ofSeconds(10));
        Bounds.within("lookup.max-operations", maxOperations, 1, 10_000);
    }

    public static LookupSettings defaults() {
        return new LookupSettings(
                5,
                3,
                true,
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                Duration.ofMillis(150),
                Duration.ofMillis(500),
                256);
    }

    public LookupSettings withParallelism(int requests) {
        return new LookupSettings(
                requests, paths, together, deadline, stallFloor, giveUpFloor, strangerStall, maxOperations);
    }

    public LookupSettings withPaths(int count) {
        return new LookupSettings(
                parallelism, count, together, deadline, stallFloor, giveUpFloor, strangerStall, maxOperations);
    }

    public LookupSettings withTogether(boolean atOnce) {
        return new LookupSettings(
                parallelism, paths, atOnce, deadline, stallFloor, giveUpFloor, strangerStall, maxOperations);
    }

    public LookupSettings withFloors(Duration stall, Duration giveUp) {
        return new LookupSettings(parallelism, paths, together, deadline, stall, giveUp, strangerStall, maxOperations);
    }

    public LookupSettings withMaxOperations(int count) {
        return new LookupSettings(
                parallelism, paths, together, deadline, stallFloor, giveUpFloor, strangerStall, count);
    }
}
