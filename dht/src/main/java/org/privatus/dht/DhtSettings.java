package org.privatus.dht;

import org.privatus.dht.settings.JoinSettings;
import org.privatus.dht.settings.LookupSettings;
import org.privatus.dht.settings.PoolSettings;
import org.privatus.dht.settings.RecordSettings;
import org.privatus.dht.settings.TableSettings;

/// Everything that may be chosen about the DHT, validated: a value out of bounds throws `IllegalArgumentException` with one line that names its
/// key and what is allowed. `reference.conf` holds the same defaults.
public record DhtSettings(
        TableSettings table, LookupSettings lookup, RecordSettings records, PoolSettings pool, JoinSettings join) {
    public static DhtSettings defaults() {
        return new DhtSettings(
                TableSettings.defaults(),
                LookupSettings.defaults(),
                RecordSettings.defaults(),
                PoolSettings.defaults(),
                JoinSettings.defaults());
    }

    public DhtSettings with(TableSettings other) {
        return new DhtSettings(other, lookup, records, pool, join);
    }

    public DhtSettings with(LookupSettings other) {
        return new DhtSettings(table, other, records, pool, join);
    }

    public DhtSettings with(RecordSettings other) {
        return new DhtSettings(table, lookup, other, pool, join);
    }

    public DhtSettings with(PoolSettings other) {
        return new DhtSettings(table, lookup, records, other, join);
    }

    public DhtSettings with(JoinSettings other) {
        return new DhtSettings(table, lookup, records, pool, other);
    }
}
