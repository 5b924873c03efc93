package org.privatus.dht.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;

/// Proven contacts that wait for a place, bucket by bucket. Nothing is held for a bucket in which nobody ever waited.
final class Replacements {
    private static final ArrayList<?>[] NONE = {};

    private final int perBucket;
    private @Nullable ArrayList<Waiting>[] lists = none();

    /// Who waits, and what was measured meanwhile.
    record Waiting(Contact contact, Standing standing) {}

    Replacements(int perBucket) {
        this.perBucket = perBucket;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable ArrayList<Waiting>[] none() {
        return (ArrayList<Waiting>[]) NONE;
    }

    /// Those who wait for a place in a bucket, whoever waits longest first.
    List<Waiting> in(int depth) {
        List<Waiting> list = depth < lists.length ? lists[depth] : null;
        return list == null ? List.of() : list;
    }

    /// The newest goes in at the end; beyond the limit the one that waited longest is dropped.
    void add(int depth, Contact contact, Standing standing) {
        if (depth >= lists.length) {
            lists = Arrays.copyOf(lists, depth + 1);
        }
        ArrayList<Waiting> list = lists[depth];
        if (list == null) {
            list = new ArrayList<>();
            lists[depth] = list;
        }
        remove(depth, contact.id());
        list.add(new Waiting(contact, standing));
        while (list.size() > perBucket) {
            list.removeFirst();
        }
    }

    void remove(int depth, NodeId id) {
        List<Waiting> list = in(depth);
        if (!list.isEmpty()) {
            list.removeIf(waiting -> waiting.contact().id().equals(id));
        }
    }
}
