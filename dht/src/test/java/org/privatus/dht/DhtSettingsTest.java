package org.privatus.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.privatus.dht.settings.LookupSettings;
import org.privatus.dht.settings.RecordSettings;

class DhtSettingsTest {
    @Test
    void a_bad_value_names_its_key_and_what_is_allowed() {
        assertThatThrownBy(() -> LookupSettings.defaults().withParallelism(50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("privatus.dht.lookup.parallelism is 50; allowed: 2 to 10");
        assertThatThrownBy(() -> LookupSettings.defaults().withFloors(Duration.ZERO, Duration.ZERO))
                .hasMessage("privatus.dht.lookup.stall-floor is 0s; allowed: 1ms to 10s");
        assertThatThrownBy(() -> RecordSettings.defaults().withCapacity(10, 11))
                .hasMessage("privatus.dht.records.per-source is 11; allowed: 1 to 10");
    }

    @Test
    void the_reference_holds_the_same_defaults() {
        Map<String, String> reference = reference();
        var table = DhtSettings.defaults().table();
        var lookup = DhtSettings.defaults().lookup();
        var records = DhtSettings.defaults().records();
        var pool = DhtSettings.defaults().pool();
        var join = DhtSettings.defaults().join();
        var expected = new TreeMap<String, String>();
        expected.put("table.bucket-size", "" + table.bucketSize());
        expected.put("table.max-contacts", "" + table.maxContacts());
        expected.put("table.replacements", "" + table.replacements());
        expected.put("table.per-group-in-bucket", "" + table.perGroupInBucket());
        expected.put("table.per-group-in-table", "" + table.perGroupInTable());
        expected.put("table.local-addresses", "" + table.localAddresses());
        expected.put("table.refresh", table.refresh().toSeconds() + "s");
        expected.put("table.failures", "" + table.failures());
        expected.put("table.recheck", table.recheck().toSeconds() + "s");
        expected.put("lookup.parallelism", "" + lookup.parallelism());
        expected.put("lookup.paths", "" + lookup.paths());
        expected.put("lookup.together", "" + lookup.together());
        expected.put("lookup.deadline", lookup.deadline().toSeconds() + "s");
        expected.put("lookup.stall-floor", lookup.stallFloor().toMillis() + "ms");
        expected.put("lookup.give-up-floor", lookup.giveUpFloor().toMillis() + "ms");
        expected.put("lookup.stranger-stall", lookup.strangerStall().toMillis() + "ms");
        expected.put("lookup.max-operations", "" + lookup.maxOperations());
        expected.put("records.capacity", "" + records.capacity());
        expected.put("records.per-source", "" + records.perSource());
        expected.put("records.expiry", records.expiry().toHours() + "h");
        expected.put("records.publish", "" + records.publish());
        expected.put("records.republish", records.republish().toMinutes() + "m");
        expected.put("records.agreement", "" + records.agreement());
        expected.put("records.verifying", "" + records.verifying());
        expected.put("pool.wanted", "" + pool.wanted());
        expected.put("pool.fetches", "" + pool.fetches());
        expected.put("pool.retry", pool.retry().toSeconds() + "s");
        expected.put("pool.retry-most", pool.retryMost().toMinutes() + "m");
        expected.put("join.patience", join.patience().toSeconds() + "s");
        expected.put("join.retry", join.retry().toSeconds() + "s");
        expected.put("join.retry-most", join.retryMost().toSeconds() + "s");
        assertThat(reference).isEqualTo(expected);
    }

    /// Enough of HOCON for this file: `section {`, `key = value`, `}`.
    private static Map<String, String> reference() {
        var found = new TreeMap<String, String>();
        String section = "";
        for (String line : read().lines().map(String::strip).toList()) {
            if (line.endsWith("{")) {
                section = line.substring(0, line.length() - 1).strip();
            } else if (line.contains(" = ") && !line.startsWith("#")) {
                String[] parts = line.split(" = ", 2);
                found.put(section + "." + parts[0], parts[1]);
            }
        }
        return found;
    }

    private static String read() {
        try (InputStream in = DhtSettings.class.getResourceAsStream("/reference.conf")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
