package org.privatus.dht.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.routing.Admission.Reason;
import org.privatus.dht.routing.Replacements.Waiting;
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

    /// The place of no member.
    private static final int NOBODY = -1;

    private final NodeId self;
    private final TableSettings settings;
    private final RandomGenerator behaviour;
    private final Members members = new Members();

    private final Replacements replacements;

    /// When somebody in a bucket was last heard from, or the bucket was last refreshed; made with the first bucket that was touched after the table
    /// was adopted.
    private long @Nullable [] touched;

    private long lastHeardNanos = Long.MIN_VALUE;

    public RoutingTable(NodeId self, TableSettings settings, RandomGenerator behaviour) {
        this.self = self;
        this.settings = settings;
        this.behaviour = behaviour;
        this.replacements = new Replacements(settings.replacements());
    }

    /// As {@link #admit} for each, with nothing measured, but much cheaper for an empty table: most contacts go in together.
    public void adopt(List<Contact> proven, long now) {
        lastHeardNanos = now;
        List<Contact> others = members.size() == 0 ? adoptTogether(proven, now) : proven;
        others.forEach(contact -> admit(contact, 0, now));
    }

    /// Takes all of whom it is plain that no rule is against them, and returns the others.
    private List<Contact> adoptTogether(List<Contact> proven, long now) {
        var adoption = new Adoption(self, proven);
        var sizes = new byte[NodeId.BITS];
        var seen = new GroupSet(adoption.offered());
        var others = new ArrayList<Contact>(0);
        for (int i = 0; i < adoption.offered(); i++) {
            Contact contact = adoption.contact(i);
            int depth = adoption.depth(i);
            boolean room = adoption.taken() < settings.maxContacts()
                    && depth < NodeId.BITS
                    && sizes[depth] < settings.bucketSize();
            boolean alone = !limited(contact.endpoint()) || seen.add(adoption.group(i));
            if (room && alone && acceptable(contact.endpoint())) {
                adoption.take(i);
                sizes[depth]++;
            } else {
                others.add(contact);
            }
        }
        return members.adopt(adoption, now) ? others : proven;
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
        int depth = bucketOf(id, now);
        touch(depth, now);
        int place = members.find(depth, id);
        return place >= 0 ? renew(place, depth, contact, rttNanos, now) : insert(depth, contact, rttNanos, now);
    }

    private Admission renew(int place, int depth, Contact contact, long rttNanos, long now) {
        boolean moved = !members.contact(place).endpoint().hasAddressOf(contact.endpoint());
        if (moved && crowded(depth, contact.endpoint(), place)) {
            return new Admission.Refused(Reason.CROWDED);
        }
        members.move(place, contact);
        members.heard(place, rttNanos, now);
        return new Admission.Known();
    }

    private Admission insert(int depth, Contact contact, long rttNanos, long now) {
        if (crowded(depth, contact.endpoint(), NOBODY)) {
            return new Admission.Refused(Reason.CROWDED);
        }
        var standing = new Standing(now);
        standing.heard(rttNanos, now);
        if (members.size(depth) < settings.bucketSize()) {
            if (members.size() >= settings.maxContacts()) {
                return new Admission.Refused(Reason.TABLE_FULL);
            }
            replacements.remove(depth, contact.id());
            members.add(depth, contact, standing);
            return new Admission.Added();
        }
        replacements.add(depth, contact, standing);
        int doubtful = doubtful(depth, now);
        if (doubtful < 0) {
            return new Admission.Waiting();
        }
        members.standing(doubtful).challenge();
        return new Admission.Challenge(members.contact(doubtful));
    }

    /// The member to ask whether it still lives, before a newcomer is turned away: one that failed, else the one unheard for longest if that is
    /// longer than a refresh takes. None while an earlier challenge is open.
    private int doubtful(int depth, long now) {
        int worst = NOBODY;
        for (int place = members.begin(depth); place < members.end(depth); place++) {
            if (members.challenged(place)) {
                return NOBODY;
            }
            boolean inDoubt = members.demoted(place)
                    || now - members.heardNanos(place) > settings.refresh().toNanos();
            if (inDoubt && (worst < 0 || isWorse(place, worst))) {
                worst = place;
            }
        }
        return worst;
    }

    private boolean isWorse(int one, int other) {
        return members.failures(one) != members.failures(other)
                ? members.failures(one) > members.failures(other)
                : members.heardNanos(one) < members.heardNanos(other);
    }

    /// Whether a proven contact like this would get a place now: worth a round trip to prove it.
    public boolean wants(Contact contact) {
        NodeId id = contact.id();
        if (id.equals(self) || !acceptable(contact.endpoint()) || contains(id)) {
            return false;
        }
        int depth = self.commonPrefixLength(id);
        boolean room = depth >= members.buckets() || members.size(depth) < settings.bucketSize();
        return room && size() < settings.maxContacts() && !crowded(depth, contact.endpoint(), NOBODY);
    }

    /// Whether a mention with this address may be followed at all.
    public boolean acceptable(Endpoint endpoint) {
        return settings.localAddresses() || !endpoint.isPrivate();
    }

    /// A contact answered at `endpoint`. Anyone not in the table, or known elsewhere, leaves no trace.
    public void answered(NodeId id, Endpoint endpoint, long rttNanos, long now) {
        lastHeardNanos = now;
        int depth = self.commonPrefixLength(id);
        int place = members.find(depth, id);
        if (place >= 0 && members.contact(place).endpoint().equals(endpoint)) {
            members.heard(place, rttNanos, now);
            touch(depth, now);
        }
    }

    /// A contact left a request unanswered, or answered nonsense.
    ///
    /// @param definite false: it may only have been slow. That demotes; it goes only after it was asked with patience.
    public Failure failed(NodeId id, Endpoint endpoint, boolean definite, long now) {
        int depth = self.commonPrefixLength(id);
        int place = members.find(depth, id);
        if (place < 0 || !members.contact(place).endpoint().equals(endpoint)) {
            return new Failure.Unknown();
        }
        Standing standing = members.standing(place);
        if (definite || !members.demoted(place)) {
            members.failed(place, now);
        }
        int allowed = replacements.in(depth).isEmpty() ? settings.failures() : Math.max(1, settings.failures() - 1);
        boolean othersWereHeard = lastHeardNanos > standing.firstFailureNanos();
        return definite && standing.failures() >= allowed && othersWereHeard
                ? evict(depth, place)
                : new Failure.Demoted(members.contact(place), recheckNanos(standing.failures()));
    }

    private long recheckNanos(int failures) {
        return settings.recheck().toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
    }

    private Failure evict(int depth, int place) {
        Contact evicted = members.contact(place);
        members.remove(depth, place);
        Optional<Waiting> successor = successor(depth);
        successor.ifPresent(next -> {
            replacements.remove(depth, next.contact().id());
            members.add(depth, next.contact(), next.standing());
        });
        return new Failure.Evicted(evicted, successor.map(Waiting::contact));
    }

    /// Who takes a free place: address diversity first, then the least covered part of the bucket; ties go to the shorter round trip, but not in
    /// the deepest bucket and not in one case of four (else whoever is near could take the table), and then to the one proven last.
    private Optional<Waiting> successor(int depth) {
        var order = Comparator.<Waiting>comparingInt(candidate -> covered(depth, candidate.contact()));
        boolean byLatency = depth < depth() - 1 && behaviour.nextInt(4) != 0;
        if (byLatency) {
            order = order.thenComparingInt(candidate -> candidate.standing().smoothedMicros());
        }
        return replacements.in(depth).reversed().stream()
                .filter(candidate -> !crowded(depth, candidate.contact().endpoint(), NOBODY))
                .min(order);
    }

    private int covered(int depth, Contact candidate) {
        int key = Members.keyOf(candidate.id(), depth);
        int count = 0;
        for (int place = members.begin(depth); place < members.end(depth); place++) {
            if (Integer.numberOfLeadingZeros(members.key(place) ^ key) >= SPREAD_BITS) {
                count++;
            }
        }
        return count;
    }

    /// @param except the place of a member that is not counted
    private boolean crowded(int depth, Endpoint endpoint, int except) {
        if (!limited(endpoint)) {
            return false;
        }
        boolean bucket = depth < depth()
                && count(members.begin(depth), members.end(depth), endpoint, except) >= settings.perGroupInBucket();
        return bucket || count(0, size(), endpoint, except) >= settings.perGroupInTable();
    }

    private boolean limited(Endpoint endpoint) {
        return !(settings.localAddresses() && endpoint.isPrivate());
    }

    private int count(int begin, int end, Endpoint endpoint, int except) {
        long group = endpoint.group();
        int count = 0;
        for (int place = begin; place < end; place++) {
            if (members.contact(place).endpoint().group() == group && place != except) {
                count++;
            }
        }
        return count;
    }

    private int bucketOf(NodeId id, long now) {
        int depth = self.commonPrefixLength(id);
        int before = depth();
        members.reach(depth);
        for (int bucket = before; bucket < depth; bucket++) {
            touch(bucket, now);
        }
        return depth;
    }

    private int find(NodeId id) {
        return members.find(self.commonPrefixLength(id), id);
    }

    public boolean contains(NodeId id) {
        return find(id) >= 0;
    }

    /// Round trip + 4 deviations of a contact that was measured; empty for strangers.
    public OptionalLong patienceNanos(NodeId id) {
        int place = find(id);
        Standing known = place < 0 ? null : members.known(place);
        return known != null && known.measured() ? OptionalLong.of(known.patienceNanos()) : OptionalLong.empty();
    }

    /// Up to `count` contacts in good health, nearest to `target` first.
    public List<Contact> closest(NodeId target, int count) {
        return new Nearest(members, self, target, count).take(false).found();
    }

    /// As {@link #closest}, filled up with demoted contacts: where a lookup begins.
    public List<Contact> closestToAsk(NodeId target, int count) {
        return new Nearest(members, self, target, count).take(false).take(true).found();
    }

    /// How many buckets there are, empty ones between others included.
    public int depth() {
        return members.buckets();
    }

    public int sizeOfBucket(int depth) {
        return members.size(depth);
    }

    public int waitingInBucket(int depth) {
        return replacements.in(depth).size();
    }

    public int size() {
        return members.size();
    }

    public int demoted() {
        return members.demoted();
    }

    /// How many nodes there are, guessed from how near the k-th nearest to this node is: k ids in the part of the space that is nearer.
    public long estimatedNodes() {
        List<Contact> nearest = closest(self, settings.bucketSize());
        if (nearest.size() < settings.bucketSize()) {
            return nearest.size() + 1L;
        }
        long distance = (self.word(0) ^ nearest.getLast().id().word(0)) >>> 1;
        double share = (distance + 1.0) / Long.MAX_VALUE;
        return Math.max(size() + 1L, (long) (nearest.size() / share));
    }

    /// When the bucket was last heard from; a refresh counts.
    public long touchedNanos(int depth) {
        return touched == null || depth >= touched.length ? members.adoptedNanos() : touched[depth];
    }

    public void touch(int depth, long now) {
        long[] times = touched;
        int known = times == null ? 0 : times.length;
        if (times == null || depth >= known) {
            times = times == null ? new long[depth()] : Arrays.copyOf(times, depth());
            Arrays.fill(times, known, times.length, members.adoptedNanos());
            touched = times;
        }
        times[depth] = now;
    }

    /// The member of a bucket that was heard from least recently: whom a refresh asks.
    public Optional<Contact> quietest(int depth) {
        int quietest = NOBODY;
        for (int place = members.begin(depth); place < members.end(depth); place++) {
            if (quietest < 0 || members.heardNanos(place) < members.heardNanos(quietest)) {
                quietest = place;
            }
        }
        return quietest < 0 ? Optional.empty() : Optional.of(members.contact(quietest));
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
