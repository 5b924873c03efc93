package org.privatus.dht.settings;

import java.time.Duration;

/// Records of others that this node holds, and its own that others hold. Keys below `privatus.dht.records`.
///
/// @param capacity records held at once
/// @param perSource records held for one address group (/24 or /48)
/// @param expiry a record that nobody stores again goes after this time
/// @param publish whether the own descriptor is stored with others at all
/// @param republish own descriptor is stored again after about this time
/// @param agreement holders of the same newest record after which a search stops
/// @param verifying stored records whose signature is being checked at once; more are turned away
public record RecordSettings(
        int capacity,
        int perSource,
        Duration expiry,
        boolean publish,
        Duration republish,
        int agreement,
        int verifying) {
    public RecordSettings {
        Bounds.within("records.capacity", capacity, 1, 1_000_000);
        Bounds.within("records.per-source", perSource, 1, capacity);
        Bounds.within("records.expiry", expiry, Duration.ofMinutes(10), Duration.ofDays(2));
        Bounds.within("records.republish", republish, Duration.ofMinutes(1), expiry.dividedBy(2));
        Bounds.within("records.agreement", agreement, 1, 20);
        Bounds.within("records.verifying", verifying, 1, 10_000);
    }

    public static RecordSettings defaults() {
        return new RecordSettings(4_096, 256, Duration.ofHours(2), true, Duration.ofMinutes(50), 3, 64);
    }

    public RecordSettings withCapacity(int records, int ofOneSource) {
        return new RecordSettings(records, ofOneSource, expiry, publish, republish, agreement, verifying);
    }

    public RecordSettings withVerifying(int atOnce) {
        return new RecordSettings(capacity, perSource, expiry, publish, republish, agreement, atOnce);
    }
}
