package org.privatus.dht.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.routing.Admission.Reason;
import org.privatus.dht.settings.TableSettings;

/// The contacts of a node, in buckets by the length of the prefix that they share with its id (Kademlia §2.4 with b = 1).
///
/// Whoever calls vouches for what is offered: {@link #admit} takes only contacts whose key, puzzle and endpoint a round trip has just proven.
/// Differences to the paper: the oldest members are kept in the order of their admission, not of their last message; a bucket spreads its members
/// over the ids below it when it chooses among replacements (arXiv 1408.3079); members of one address group are limited; a member that fails is
/// first demoted, and dropped only when somebody else was heard meanwhile: silence from everybody says nothing about one.
///
/// Nothing here takes longer than a walk over the table (≤ 1,000 contacts); {@link #closest} visits as many buckets as it needs.
public final class RoutingTable {
    /// Bits below a bucket's own that its members are spread over.
    private static final int SPREAD_BITS = 3;

    private static final int MOST_DOUBLINGS = 8;

    private final NodeId self;
    private final TableSettings settings;
    private final RandomGenerator behaviour;
    private final ArrayList<Bucket> buckets = new ArrayList<>();
    private int size;
    private long lastHeardNanos = Long.MIN_VALUE;

    public RoutingTable(NodeId self, TableSettings settings, RandomGenerator behaviour) {
        this.self = self;
        this.settings = settings;
        this.behaviour = behaviour;
    }

    /// Takes a contact that has just proven itself: inserts it, renews it, or lets it wait for a place.
    public Admission admit(Contact contact, long rttNanos, long now) {
        NodeId id = contact.id();
        if (id.equals(self)) {
            return new Admission.Refused(Reason.SELF);
        }
        if (contact.endpoint().isPrivate() && !settings.localAddresses()) {
            return new Admission.Refused(Reason.LOCAL_ADDRESS);
        }
        lastHeardNanos = now;
        Bucket bucket = bucketOf(id, now);
        bucket.touch(now);
        Optional<Neighbour> member = bucket.member(id);
        return member.isPresent()
                ? renew(bucket, member.get(), contact, rttNanos, now)
                : insert(bucket, contact, rttNanos, now);
    }

    private Admission renew(Bucket bucket, Neighbour member, Contact contact, long rttNanos, long now) {
        boolean moved = !member.contact().endpoint().hasAddressOf(contact.endpoint());
        if (moved && crowded(bucket, contact.endpoint(), Optional.of(member.id()))) {
            return new Admission.Refused(Reason.CROWDED);
        }
        member.movedTo(contact);
        member.heard(rttNanos, now);
        return new Admission.Known();
    }

    private Admission insert(Bucket bucket, Contact contact, long rttNanos, long now) {
        if (crowded(bucket, contact.endpoint(), Optional.empty())) {
            return new Admission.Refused(Reason.CROWDED);
        }
        var newcomer = new Neighbour(contact, rttNanos, now);
        if (bucket.members().size() < settings.bucketSize()) {
            if (size >= settings.maxContacts()) {
                return new Admission.Refused(Reason.TABLE_FULL);
            }
            bucket.waiting().removeIf(other -> other.id().equals(contact.id()));
            bucket.members().add(newcomer);
            size++;
            return new Admission.Added();
        }
        bucket.await(newcomer, settings.replacements());
        Optional<Neighbour> doubtful = bucket.doubtful(settings.refresh().toNanos(), now);
        doubtful.ifPresent(Neighbour::challenge);
        return doubtful.<Admission>map(member -> new Admission.Challenge(member.contact()))
                .orElseGet(Admission.Waiting::new);
    }

    /// Whether a proven contact like this would get a place now: worth a round trip to prove it.
    public boolean wants(Contact contact) {
        NodeId id = contact.id();
        if (id.equals(self) || !acceptable(contact.endpoint()) || contains(id)) {
            return false;
        }
        int depth = self.commonPrefixLength(id);
        if (depth >= buckets.size()) {
            return size < settings.maxContacts() && !crowdedTable(contact.endpoint(), Optional.empty());
        }
        Bucket bucket = buckets.get(depth);
        return size < settings.maxContacts()
                && bucket.members().size() < settings.bucketSize()
                && !crowded(bucket, contact.endpoint(), Optional.empty());
    }

    /// Whether a mention with this address may be followed at all.
    public boolean acceptable(Endpoint endpoint) {
        return settings.localAddresses() || !endpoint.isPrivate();
    }

    /// A contact answered at `endpoint`. Anyone not in the table, or known elsewhere, leaves no trace.
    public void answered(NodeId id, Endpoint endpoint, long rttNanos, long now) {
        lastHeardNanos = now;
        find(id).filter(member -> member.contact().endpoint().equals(endpoint)).ifPresent(member -> {
            member.heard(rttNanos, now);
            bucketOf(id, now).touch(now);
        });
    }

    /// A contact left a request unanswered, or answered nonsense.
    ///
    /// @param definite false: it may only have been slow. That demotes; it goes only after it was asked with patience.
    public Failure failed(NodeId id, Endpoint endpoint, boolean definite, long now) {
        Optional<Neighbour> found = find(id);
        if (found.isEmpty() || !found.get().contact().endpoint().equals(endpoint)) {
            return new Failure.Unknown();
        }
        Neighbour member = found.get();
        if (definite || !member.demoted()) {
            member.failed(now);
        }
        Bucket bucket = bucketOf(id, now);
        int allowed = bucket.waiting().isEmpty() ? settings.failures() : Math.max(1, settings.failures() - 1);
        boolean othersWereHeard = lastHeardNanos > member.firstFailureNanos();
        return definite && member.failures() >= allowed && othersWereHeard
                ? evict(bucket, member)
                : new Failure.Demoted(member.contact(), recheckNanos(member.failures()));
    }

    private long recheckNanos(int failures) {
        return settings.recheck().toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
    }

    private Failure evict(Bucket bucket, Neighbour member) {
        bucket.members().remove(member);
        size--;
        Optional<Neighbour> successor = successor(bucket);
        successor.ifPresent(neighbour -> {
            bucket.waiting().remove(neighbour);
            bucket.members().add(neighbour);
            size++;
        });
        return new Failure.Evicted(member.contact(), successor.map(Neighbour::contact));
    }

    /// Who takes a free place: address diversity first, then the least covered part of the bucket; ties go to the shorter round trip, but not in
    /// the deepest bucket and not in one case of four (else whoever is near could take the table), and then to the one proven last.
    private Optional<Neighbour> successor(Bucket bucket) {
        var order = Comparator.<Neighbour>comparingInt(candidate -> covered(bucket, candidate));
        boolean byLatency = bucket.depth() < buckets.size() - 1 && behaviour.nextInt(4) != 0;
        if (byLatency) {
            order = order.thenComparingInt(Neighbour::smoothedMicros);
        }
        return bucket.waiting().reversed().stream()
                .filter(candidate -> !crowded(bucket, candidate.contact().endpoint(), Optional.empty()))
                .min(order);
    }

    private int covered(Bucket bucket, Neighbour candidate) {
        int prefix = bucket.depth() + 1 + SPREAD_BITS;
        int count = 0;
        for (Neighbour member : bucket.members()) {
            if (member.id().commonPrefixLength(candidate.id()) >= prefix) {
                count++;
            }
        }
        return count;
    }

    private boolean crowded(Bucket bucket, Endpoint endpoint, Optional<NodeId> except) {
        return limited(endpoint)
                && (count(bucket, endpoint, except) >= settings.perGroupInBucket() || crowdedTable(endpoint, except));
    }

    private boolean crowdedTable(Endpoint endpoint, Optional<NodeId> except) {
        if (!limited(endpoint)) {
            return false;
        }
        int count = 0;
        for (Bucket bucket : buckets) {
            count += count(bucket, endpoint, except);
        }
        return count >= settings.perGroupInTable();
    }

    private boolean limited(Endpoint endpoint) {
        return !(settings.localAddresses() && endpoint.isPrivate());
    }

    private static int count(Bucket bucket, Endpoint endpoint, Optional<NodeId> except) {
        long group = endpoint.group();
        int count = 0;
        for (Neighbour member : bucket.members()) {
            boolean sameGroup = member.contact().endpoint().group() == group;
            if (sameGroup && !(except.isPresent() && except.get().equals(member.id()))) {
                count++;
            }
        }
        return count;
    }

    private Bucket bucketOf(NodeId id, long now) {
        int depth = self.commonPrefixLength(id);
        while (buckets.size() <= depth) {
            buckets.add(new Bucket(buckets.size(), now));
        }
        return buckets.get(depth);
    }

    private Optional<Neighbour> find(NodeId id) {
        int depth = self.commonPrefixLength(id);
        return depth < buckets.size() ? buckets.get(depth).member(id) : Optional.empty();
    }

    public boolean contains(NodeId id) {
        return find(id).isPresent();
    }

    /// Round trip + 4 deviations of a contact that was measured; empty for strangers.
    public OptionalLong patienceNanos(NodeId id) {
        Optional<Neighbour> known = find(id).filter(Neighbour::measured);
        return known.isPresent() ? OptionalLong.of(known.get().patienceNanos()) : OptionalLong.empty();
    }

    /// Up to `count` contacts in good health, nearest to `target` first.
    public List<Contact> closest(NodeId target, int count) {
        return closest(target, count, false);
    }

    /// As {@link #closest}, filled up with demoted contacts: where a lookup begins.
    public List<Contact> closestToAsk(NodeId target, int count) {
        List<Contact> found = closest(target, count, false);
        if (found.size() < count) {
            List<Contact> demoted = closest(target, count - found.size(), true);
            found.addAll(demoted);
        }
        return found;
    }

    /// Buckets are visited in the order of their distance to the target: first those whose bit differs between target and self, from the highest
    /// bit down, then the others from the lowest bit up. Each bucket lies wholly nearer than the next.
    private List<Contact> closest(NodeId target, int count, boolean demoted) {
        var found = new ArrayList<Contact>(Math.min(count, size));
        for (int depth = 0; depth < buckets.size() && found.size() < count; depth++) {
            if (differs(target, depth)) {
                take(buckets.get(depth), target, count, demoted, found);
            }
        }
        for (int depth = buckets.size() - 1; depth >= 0 && found.size() < count; depth--) {
            if (!differs(target, depth)) {
                take(buckets.get(depth), target, count, demoted, found);
            }
        }
        return found;
    }

    private boolean differs(NodeId target, int bit) {
        int word = bit / Long.SIZE;
        return ((self.word(word) ^ target.word(word)) << (bit % Long.SIZE)) < 0;
    }

    private static void take(Bucket bucket, NodeId target, int count, boolean demoted, List<Contact> found) {
        int from = found.size();
        for (Neighbour member : bucket.members()) {
            if (member.demoted() == demoted) {
                insertSorted(found, from, target, member.contact());
            }
        }
        while (found.size() > count) {
            found.removeLast();
        }
    }

    private static void insertSorted(List<Contact> sorted, int from, NodeId target, Contact contact) {
        int at = sorted.size();
        while (at > from && target.compareDistance(sorted.get(at - 1).id(), contact.id()) > 0) {
            at--;
        }
        sorted.add(at, contact);
    }

    /// How many buckets there are, empty ones between others included.
    public int depth() {
        return buckets.size();
    }

    public int sizeOfBucket(int depth) {
        return buckets.get(depth).members().size();
    }

    public int waitingInBucket(int depth) {
        return buckets.get(depth).waiting().size();
    }

    public int size() {
        return size;
    }

    public int demoted() {
        int count = 0;
        for (Bucket bucket : buckets) {
            for (Neighbour member : bucket.members()) {
                count += member.demoted() ? 1 : 0;
            }
        }
        return count;
    }

    /// How many nodes there are, guessed from how near the k-th nearest to this node is: k ids in the part of the space that is nearer.
    public long estimatedNodes() {
        List<Contact> nearest = closest(self, settings.bucketSize());
        if (nearest.size() < settings.bucketSize()) {
            return nearest.size() + 1L;
        }
        long distance = (self.word(0) ^ nearest.getLast().id().word(0)) >>> 1;
        double share = (distance + 1.0) / Long.MAX_VALUE;
        return Math.max(size + 1L, (long) (nearest.size() / share));
    }

    /// When the bucket was last heard from; a refresh counts.
    public long touchedNanos(int depth) {
        return buckets.get(depth).touchedNanos();
    }

    public void touch(int depth, long now) {
        buckets.get(depth).touch(now);
    }

    /// The member of a bucket that was heard from least recently: whom a refresh asks.
    public Optional<Contact> quietest(int depth) {
        return buckets.get(depth).members().stream()
                .min(Comparator.comparingLong(Neighbour::heardNanos))
                .map(Neighbour::contact);
    }

    /// An id that belongs in the bucket, otherwise random.
    public NodeId randomIdIn(int depth) {
        long[] words = new long[NodeId.BITS / Long.SIZE];
        for (int i = 0; i < words.length; i++) {
            int sharedBits = Math.clamp(depth - (long) i * Long.SIZE, 0, Long.SIZE);
            long shared = sharedBits == 0 ? 0 : -1L << (Long.SIZE - sharedBits);
            words[i] = (self.word(i) & shared) | (behaviour.nextLong() & ~shared);
        }
        int word = depth / Long.SIZE;
        long bit = Long.MIN_VALUE >>> (depth % Long.SIZE);
        words[word] = (words[word] & ~bit) | (~self.word(word) & bit);
        return NodeId.ofWords(words[0], words[1], words[2], words[3]);
    }
}
