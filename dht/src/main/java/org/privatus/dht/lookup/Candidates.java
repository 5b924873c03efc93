package org.privatus.dht.lookup;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.crypto.identity.NodeId;

/// The nodes that a lookup remembers, nearest to its target first. Each has a *number* that names it until it is removed; then the number is free for
/// another.
///
/// What is known of them lies in arrays, by number: an answer mentions twenty, most of them known, and in a large simulation each object that a mention
/// leads to is a cache miss. The first word of each distance lies beside the order, so that a search reads no id but those that it must tell apart.
final class Candidates {
    /// The number of no candidate.
    static final int NOBODY = -1;

    private static final int CAPACITY = 128;

    private final NodeId target;
    private final Mentioned mentioned = new Mentioned();

    private @Nullable Contact[] contacts = new @Nullable Contact[CAPACITY];
    private State[] states = new State[CAPACITY];
    private int[] depths = new int[CAPACITY];

    /// A bit for each path that knows the candidate.
    private byte[] paths = new byte[CAPACITY];

    private byte[] askedBy = new byte[CAPACITY];

    /// Null where one endpoint was mentioned, as nearly always. The array itself is made with the first entry.
    private @Nullable Alternatives @Nullable [] alternatives;

    /// In the order of distance.
    private long[] distances = new long[CAPACITY];

    /// In the order of distance, and behind them the free ones.
    private int[] numbers = new int[CAPACITY];

    private int size;

    enum State {
        HEARD_OF,
        ASKED,
        STALLED,
        ANSWERED,
        FAILED,
    }

    Candidates(NodeId target) {
        this.target = target;
        Arrays.setAll(numbers, number -> number);
    }

    int size() {
        return size;
    }

    /// The number of the candidate at a place in the order.
    int at(int place) {
        if (place >= size) {
            throw new IndexOutOfBoundsException(place);
        }
        return numbers[place];
    }

    /// Where it is reached, as far as is known.
    Contact contact(int candidate) {
        Contact contact = contacts[candidate];
        if (contact == null) {
            throw new IndexOutOfBoundsException(candidate);
        }
        return contact;
    }

    boolean is(int candidate, State state) {
        return states[candidate] == state;
    }

    boolean isOpen(int candidate) {
        return is(candidate, State.ASKED) || is(candidate, State.STALLED);
    }

    void become(int candidate, State next) {
        states[candidate] = next;
    }

    /// Requests that lead here: 1 for contacts of the table.
    int depth(int candidate) {
        return depths[candidate];
    }

    boolean isKnownTo(int candidate, int path) {
        return (paths[candidate] & 1 << path) != 0;
    }

    void asked(int candidate, int path) {
        states[candidate] = State.ASKED;
        askedBy[candidate] = (byte) path;
    }

    int askedBy(int candidate) {
        return askedBy[candidate];
    }

    /// The candidate that is this node, wherever; {@link #NOBODY} if none is.
    int find(Contact node) {
        for (int slot = mentioned.first(node.nodeHash()); slot != Mentioned.NONE; slot = mentioned.next(slot)) {
            int candidate = mentioned.number(slot);
            if (contact(candidate).isNodeOf(node)) {
                return candidate;
            }
        }
        return NOBODY;
    }

    /// The candidate that each of the mentions is; {@link #NOBODY} where none is.
    ///
    /// All slots are read before any contact, and all contacts before anything is learned: in a large simulation each is a cache miss, and these overlap
    /// as long as nothing depends on what was read.
    int[] findAll(ContactList mentions) {
        int[] found = new int[mentions.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = mentioned.first(mentions.nodeHash(i));
        }
        for (int i = 0; i < found.length; i++) {
            found[i] = find(mentions, i, found[i]);
        }
        return found;
    }

    private int find(ContactList mentions, int index, int first) {
        for (int slot = first; slot != Mentioned.NONE; slot = mentioned.next(slot)) {
            int candidate = mentioned.number(slot);
            if (mentions.isNodeOf(index, contact(candidate))) {
                return candidate;
            }
        }
        return NOBODY;
    }

    /// Adds one that is not there yet.
    void add(Contact contact, int depth, int path) {
        if (size == numbers.length) {
            grow();
        }
        int place = placeOf(contact.id());
        int candidate = numbers[size];
        System.arraycopy(distances, place, distances, place + 1, size - place);
        System.arraycopy(numbers, place, numbers, place + 1, size - place);
        distances[place] = firstWord(contact.id());
        numbers[place] = candidate;
        size++;
        contacts[candidate] = contact;
        states[candidate] = State.HEARD_OF;
        depths[candidate] = depth;
        paths[candidate] = (byte) (1 << path);
        mentioned.put(contact.nodeHash(), candidate);
    }

    private void grow() {
        int capacity = 2 * size;
        contacts = Arrays.copyOf(contacts, capacity);
        states = Arrays.copyOf(states, capacity);
        depths = Arrays.copyOf(depths, capacity);
        paths = Arrays.copyOf(paths, capacity);
        askedBy = Arrays.copyOf(askedBy, capacity);
        alternatives = alternatives == null ? null : Arrays.copyOf(alternatives, capacity);
        distances = Arrays.copyOf(distances, capacity);
        numbers = Arrays.copyOf(numbers, capacity);
        for (int number = size; number < capacity; number++) {
            numbers[number] = number;
        }
    }

    /// Where in the order an id belongs that is not there: binary search.
    private int placeOf(NodeId id) {
        long distance = firstWord(id);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(distances[middle], distance);
            if (order == 0) {
                order = target.compareDistance(contact(numbers[middle]).id(), id);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long firstWord(NodeId id) {
        return target.word(0) ^ id.word(0);
    }

    /// Forgets the candidate at a place in the order.
    void remove(int place) {
        int candidate = at(place);
        mentioned.remove(contact(candidate).nodeHash(), candidate);
        contacts[candidate] = null;
        if (alternatives != null) {
            alternatives[candidate] = null;
        }
        size--;
        System.arraycopy(distances, place + 1, distances, place, size - place);
        System.arraycopy(numbers, place + 1, numbers, place, size - place);
        numbers[size] = candidate;
    }

    /// It was mentioned again, maybe nearer to the start.
    void mentioned(int candidate, int depth, int path) {
        if (states[candidate] == State.HEARD_OF) {
            depths[candidate] = Math.min(depths[candidate], depth);
        }
        paths[candidate] |= (byte) (1 << path);
    }

    /// It was mentioned at another endpoint than that of {@link #contact}. If all others have failed, this one is tried.
    void mentionedAt(int candidate, Contact elsewhere) {
        if (alternatives(candidate).add(elsewhere) && is(candidate, State.FAILED)) {
            failed(candidate);
        }
    }

    private Alternatives alternatives(int candidate) {
        if (alternatives == null) {
            alternatives = new @Nullable Alternatives[contacts.length];
        }
        Alternatives known = alternatives[candidate];
        if (known == null) {
            known = new Alternatives(contact(candidate));
            alternatives[candidate] = known;
        }
        return known;
    }

    /// It did not answer: falls back on the next endpoint, if another was mentioned.
    void failed(int candidate) {
        Alternatives known = alternatives == null ? null : alternatives[candidate];
        Optional<Contact> next = known == null ? Optional.empty() : known.next();
        next.ifPresent(contact -> contacts[candidate] = contact);
        states[candidate] = next.isPresent() ? State.HEARD_OF : State.FAILED;
    }
}
