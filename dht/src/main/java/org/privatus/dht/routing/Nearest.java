package org.privatus.dht.routing;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;

/// Chooses the members nearest to a target, nearest first.
///
/// Buckets are visited in the order of their distance to the target: first those whose bit differs between target and self, from the highest bit
/// down, then the others from the lowest bit up. Each bucket lies wholly nearer than the next. Within one only keys are compared, so no contact is
/// read that is not chosen.
final class Nearest {
    private final Members members;
    private final NodeId self;
    private final NodeId target;
    private final int count;
    private final ArrayList<Contact> found;

    /// Of one bucket after the other, each the distance and the place.
    private long[] sorted = {};

    Nearest(Members members, NodeId self, NodeId target, int count) {
        this.members = members;
        this.self = self;
        this.target = target;
        this.count = count;
        this.found = new ArrayList<>(Math.min(count, members.size()));
    }

    List<Contact> found() {
        return found;
    }

    /// Adds those that are demoted, or those that are not, while there is room.
    Nearest take(boolean demoted) {
        int buckets = members.buckets();
        for (int depth = 0; depth < buckets && found.size() < count; depth++) {
            if (differs(depth)) {
                take(depth, demoted);
            }
        }
        for (int depth = buckets - 1; depth >= 0 && found.size() < count; depth--) {
            if (!differs(depth)) {
                take(depth, demoted);
            }
        }
        return this;
    }

    private boolean differs(int bit) {
        int word = bit / Long.SIZE;
        return ((self.word(word) ^ target.word(word)) << (bit % Long.SIZE)) < 0;
    }

    private void take(int depth, boolean demoted) {
        int begin = members.begin(depth);
        int end = members.end(depth);
        int key = Members.keyOf(target, depth);
        if (sorted.length < end - begin) {
            sorted = new long[end - begin];
        }
        int size = 0;
        for (int place = begin; place < end; place++) {
            if (members.demoted(place) == demoted) {
                insert(size++, (long) (members.key(place) ^ key) << Integer.SIZE | place);
            }
        }
        for (int i = 0; i < size && found.size() < count; i++) {
            found.add(members.contact((int) sorted[i]));
        }
    }

    private void insert(int size, long wanted) {
        int at = size;
        while (at > 0 && isNearer(wanted, sorted[at - 1])) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = wanted;
    }

    private boolean isNearer(long one, long other) {
        if ((one ^ other) >>> Integer.SIZE != 0) {
            return Long.compareUnsigned(one, other) < 0;
        }
        NodeId a = members.contact((int) one).id();
        NodeId b = members.contact((int) other).id();
        return target.compareDistance(a, b) < 0;
    }
}
