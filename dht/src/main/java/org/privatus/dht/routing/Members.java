package org.privatus.dht.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;

/// The members of all buckets in one piece: bucket after bucket from the farthest, in each the oldest first. A member is named by its place, which is
/// good until the next change.
///
/// Beside each contact stands its *key*: the 32 bits of its id after the one that tells the bucket. All members of a bucket share the bits before, so
/// keys alone order them by their distance to anything (but for ties, once in 2³²), and whoever looks for one reads no contact but the right one.
/// Memory: 8 bytes per member; what was measured comes on top for those of whom something was.
final class Members {
    private static final int KEY_BITS = Integer.SIZE;
    private static final int SPARE = 8;
    private static final short[] NO_ENDS = {};
    private static final int[] NO_KEYS = {};
    private static final Contact[] NO_CONTACTS = {};

    /// Where each bucket ends, and the next begins.
    private short[] ends = NO_ENDS;

    private int[] keys = NO_KEYS;
    private @Nullable Contact[] contacts = NO_CONTACTS;

    /// By place; null where nothing is known but the time of {@link #adoptedNanos}. The array itself is made with the first entry.
    private @Nullable Standing @Nullable [] standings;

    /// By place, whether a member is demoted: every answer asks for it, of many. Made when the first member fails.
    private boolean @Nullable [] demoted;

    private long adoptedNanos;

    int buckets() {
        return ends.length;
    }

    int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /// The first place of a bucket.
    int begin(int depth) {
        return depth == 0 ? 0 : ends[depth - 1];
    }

    /// The place behind a bucket's last.
    int end(int depth) {
        return ends[depth];
    }

    int size(int depth) {
        return end(depth) - begin(depth);
    }

    /// Makes empty buckets up to this one.
    void reach(int depth) {
        if (depth >= ends.length) {
            short size = (short) size();
            int before = ends.length;
            ends = Arrays.copyOf(ends, depth + 1);
            Arrays.fill(ends, before, ends.length, size);
        }
    }

    Contact contact(int place) {
        Contact contact = contacts[place];
        if (contact == null) {
            throw new IndexOutOfBoundsException(place);
        }
        return contact;
    }

    /// The same node elsewhere.
    void move(int place, Contact elsewhere) {
        contacts[place] = elsewhere;
    }

    int key(int place) {
        return keys[place];
    }

    /// The key that an id has, or would have, in a bucket.
    static int keyOf(NodeId id, int depth) {
        int first = depth + 1;
        int word = first / Long.SIZE;
        int shift = first % Long.SIZE;
        int last = NodeId.BITS / Long.SIZE - 1;
        long high = word > last ? 0 : id.word(word) << shift;
        long low = word >= last || shift <= Long.SIZE - KEY_BITS ? 0 : id.word(word + 1) >>> (Long.SIZE - shift);
        return (int) ((high | low) >>> KEY_BITS);
    }

    /// The place of a node in its bucket, -1 if it is not there.
    int find(int depth, NodeId id) {
        if (depth >= ends.length) {
            return -1;
        }
        int key = keyOf(id, depth);
        for (int place = begin(depth), end = end(depth); place < end; place++) {
            if (keys[place] == key && contact(place).id().equals(id)) {
                return place;
            }
        }
        return -1;
    }

    /// What is known about a member. Whoever has none was heard at {@link #adoptedNanos}, and that is all.
    @Nullable
    Standing known(int place) {
        return standings == null ? null : standings[place];
    }

    Standing standing(int place) {
        if (standings == null) {
            standings = new Standing[keys.length];
        }
        Standing standing = standings[place];
        if (standing == null) {
            standing = new Standing(adoptedNanos);
            standings[place] = standing;
        }
        return standing;
    }

    /// A round trip to a member succeeded; `rttNanos` 0 = not measured.
    void heard(int place, long rttNanos, long now) {
        standing(place).heard(rttNanos, now);
        if (demoted != null) {
            demoted[place] = false;
        }
    }

    /// A member left a request unanswered, which demotes it.
    void failed(int place, long now) {
        standing(place).failed(now);
        if (demoted == null) {
            demoted = new boolean[keys.length];
        }
        demoted[place] = true;
    }

    /// Last to be asked, and never mentioned to others.
    boolean demoted(int place) {
        return demoted != null && demoted[place];
    }

    boolean challenged(int place) {
        Standing known = known(place);
        return known != null && known.challenged();
    }

    long adoptedNanos() {
        return adoptedNanos;
    }

    long heardNanos(int place) {
        Standing known = known(place);
        return known == null ? adoptedNanos : known.heardNanos();
    }

    int failures(int place) {
        Standing known = known(place);
        return known == null ? 0 : known.failures();
    }

    int demoted() {
        int count = 0;
        for (int place = 0; demoted != null && place < size(); place++) {
            count += demoted(place) ? 1 : 0;
        }
        return count;
    }

    /// Adds the youngest member of a bucket, not demoted. Takes time with the size of the table.
    void add(int depth, Contact contact, Standing standing) {
        insert(depth, contact);
        if (standings == null) {
            standings = new Standing[keys.length];
        }
        standings[end(depth) - 1] = standing;
    }

    private void insert(int depth, Contact contact) {
        int size = size();
        int place = end(depth);
        if (size == keys.length) {
            resize(size + SPARE);
        }
        System.arraycopy(keys, place, keys, place + 1, size - place);
        System.arraycopy(contacts, place, contacts, place + 1, size - place);
        if (standings != null) {
            System.arraycopy(standings, place, standings, place + 1, size - place);
            standings[place] = null;
        }
        if (demoted != null) {
            System.arraycopy(demoted, place, demoted, place + 1, size - place);
            demoted[place] = false;
        }
        keys[place] = keyOf(contact.id(), depth);
        contacts[place] = contact;
        moveEnds(depth, 1);
    }

    private void resize(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
        contacts = Arrays.copyOf(contacts, capacity);
        if (standings != null) {
            standings = Arrays.copyOf(standings, capacity);
        }
        if (demoted != null) {
            demoted = Arrays.copyOf(demoted, capacity);
        }
    }

    private void moveEnds(int depth, int by) {
        for (int bucket = depth; bucket < ends.length; bucket++) {
            ends[bucket] = (short) (ends[bucket] + by);
        }
    }

    /// Takes out a member of a bucket.
    void remove(int depth, int place) {
        int size = size();
        int behind = size - place - 1;
        System.arraycopy(keys, place + 1, keys, place, behind);
        System.arraycopy(contacts, place + 1, contacts, place, behind);
        contacts[size - 1] = null;
        if (standings != null) {
            System.arraycopy(standings, place + 1, standings, place, behind);
            standings[size - 1] = null;
        }
        if (demoted != null) {
            System.arraycopy(demoted, place + 1, demoted, place, behind);
        }
        moveEnds(depth, -1);
    }

    /// Fills the empty table at once with those taken: nothing is known of them but that they were heard at `now`. Takes nothing, and says so, if two of
    /// them have one key: they may be one node.
    boolean adopt(Adoption adoption, long now) {
        int count = adoption.taken();
        short[] next = placesOf(adoption);
        keys = new int[count];
        contacts = new Contact[count];
        standings = null;
        demoted = null;
        adoptedNanos = now;
        for (int i = 0; i < count; i++) {
            int depth = adoption.depth(i);
            int place = next[depth]++;
            if (holds(begin(depth), place, adoption.key(i))) {
                ends = NO_ENDS;
                keys = NO_KEYS;
                contacts = NO_CONTACTS;
                return false;
            }
            keys[place] = adoption.key(i);
            contacts[place] = adoption.contact(i);
        }
        return true;
    }

    private boolean holds(int begin, int end, int key) {
        for (int place = begin; place < end; place++) {
            if (keys[place] == key) {
                return true;
            }
        }
        return false;
    }

    /// Makes the buckets as large as they will be, and says where each begins.
    private short[] placesOf(Adoption adoption) {
        var places = new short[NodeId.BITS];
        int deepest = -1;
        for (int i = 0; i < adoption.taken(); i++) {
            places[adoption.depth(i)]++;
            deepest = Math.max(deepest, adoption.depth(i));
        }
        reach(deepest);
        int begin = 0;
        for (int depth = 0; depth <= deepest; depth++) {
            int size = places[depth];
            places[depth] = (short) begin;
            begin += size;
            ends[depth] = (short) begin;
        }
        return places;
    }
}
