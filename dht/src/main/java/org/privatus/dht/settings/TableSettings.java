package org.privatus.dht.settings;

import java.time.Duration;

/// The routing table. Keys below `privatus.dht.table`; `reference.conf` says what each does at its extremes.
///
/// @param bucketSize Kademlia's k: contacts per bucket, contacts in an answer, holders of a record
/// @param maxContacts contacts in all buckets together
/// @param replacements proven contacts that wait for a place, per bucket
/// @param perGroupInBucket contacts of one address group (/24 or /48) in a bucket
/// @param perGroupInTable contacts of one address group in the table
/// @param localAddresses loopback and private addresses are as good as others and know no limit per group: for networks in a laboratory
/// @param refresh a bucket that heard from nobody for this long is refreshed
/// @param failures requests in a row that a contact may leave unanswered before it must go
/// @param recheck a contact that left a request unanswered is asked again after this time, then after twice as long, and so on
public record TableSettings(
        int bucketSize,
        int maxContacts,
        int replacements,
        int perGroupInBucket,
        int perGroupInTable,
        boolean localAddresses,
        Duration refresh,
        int failures,
        Duration recheck) {
    /// What fits an answer: see {@link org.privatus.dht.message.DhtCodec}.
    private static final int MOST_IN_AN_ANSWER = 20;

    public TableSettings {
        Bounds.within("table.bucket-size", bucketSize, 2, MOST_IN_AN_ANSWER);
        Bounds.within("table.max-contacts", maxContacts, bucketSize, 1_000);
        Bounds.within("table.replacements", replacements, 0, 64);
        Bounds.within("table.per-group-in-bucket", perGroupInBucket, 1, bucketSize);
        Bounds.within("table.per-group-in-table", perGroupInTable, perGroupInBucket, maxContacts);
        Bounds.within("table.refresh", refresh, Duration.ofMinutes(5), Duration.ofHours(1));
        Bounds.within("table.failures", failures, 1, 10);
        Bounds.within("table.recheck", recheck, Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    public static TableSettings defaults() {
        return new TableSettings(20, 1_000, 10, 2, 3, false, Duration.ofMinutes(15), 3, Duration.ofSeconds(2));
    }

    public TableSettings withLocalAddresses(boolean allowed) {
        return new TableSettings(
                bucketSize,
                maxContacts,
                replacements,
                perGroupInBucket,
                perGroupInTable,
                allowed,
                refresh,
                failures,
                recheck);
    }

    public TableSettings withBucketSize(int size) {
        return new TableSettings(
                size,
                maxContacts,
                replacements,
                perGroupInBucket,
                perGroupInTable,
                localAddresses,
                refresh,
                failures,
                recheck);
    }
}
