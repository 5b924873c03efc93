package org.privatus.simulation.kad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.simulation.random.CounterRandom;

/// Routing tables as they are when a network has settled: every bucket of a node holds min(k, subtree) members, chosen
/// uniformly. Tables share the contacts.
public final class ConvergedTables {
    private final long seed;
    private final int bucketSize;
    private final Contact[] byNode;
    private final Contact[] byId;

    /// The first 64 bits of each id of `byId`: searches touch nothing else.
    private final long[] heads;

    /// @param byNode the contact of each node
    public ConvergedTables(long seed, int bucketSize, Contact[] byNode) {
        this.seed = seed;
        this.bucketSize = bucketSize;
        this.byNode = byNode;
        this.byId = byNode.clone();
        Arrays.sort(byId, Comparator.comparing(Contact::id));
        this.heads = new long[byId.length];
        Arrays.setAll(heads, i -> byId[i].id().word(0));
    }

    /// The contacts of a node, bucket by bucket from the farthest.
    public List<Contact> of(int node) {
        NodeId self = byNode[node].id();
        var random = CounterRandom.of(seed, node, "table", 0);
        var table = new ArrayList<Contact>(bucketSize * (Integer.SIZE - Integer.numberOfLeadingZeros(byId.length)));
        int low = 0;
        int high = byId.length;
        for (int depth = 0; high - low > 1; depth++) {
            int middle = firstWithBit(low, high, depth);
            boolean one = bit(self, depth);
            choose(one ? low : middle, one ? middle : high, random, table);
            low = one ? middle : low;
            high = one ? high : middle;
        }
        return table;
    }

    /// Where the ids whose bit `depth` is set begin, among those that agree in all bits before.
    private int firstWithBit(int low, int high, int depth) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (bit(middle, depth)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private boolean bit(int index, int depth) {
        return depth < Long.SIZE ? heads[index] << depth < 0 : bit(byId[index].id(), depth);
    }

    private static boolean bit(NodeId id, int depth) {
        return (id.word(depth / Long.SIZE) << (depth % Long.SIZE)) < 0;
    }

    /// Floyd's sampling without replacement; all of a subtree that is no larger than a bucket.
    private void choose(int low, int high, CounterRandom random, List<Contact> into) {
        int size = high - low;
        if (size <= bucketSize) {
            into.addAll(Arrays.asList(byId).subList(low, high));
            return;
        }
        var chosen = new int[bucketSize];
        for (int i = 0; i < bucketSize; i++) {
            int last = size - bucketSize + i;
            int drawn = random.nextInt(last + 1);
            chosen[i] = contains(chosen, i, drawn) ? last : drawn;
            into.add(byId[low + chosen[i]]);
        }
    }

    private static boolean contains(int[] values, int count, int wanted) {
        for (int i = 0; i < count; i++) {
            if (values[i] == wanted) {
                return true;
            }
        }
        return false;
    }
}
