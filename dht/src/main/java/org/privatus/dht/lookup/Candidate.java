package org.privatus.dht.lookup;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;

/// A node that a lookup has heard of.
final class Candidate {
    /// Other endpoints kept for a node: a wrong mention must not hide the right one, nor many fill memory.
    private static final int ELSEWHERE = 2;

    private int depth;
    private final Contact first;
    private List<Contact> elsewhere = List.of();
    private Contact contact;
    private int tried;
    private State state = State.HEARD_OF;
    private int paths;
    private int askedBy;
    private boolean forgotten;

    enum State {
        HEARD_OF,
        ASKED,
        STALLED,
        ANSWERED,
        FAILED,
    }

    Candidate(Contact contact, int depth) {
        this.first = contact;
        this.contact = contact;
        this.depth = depth;
    }

    Contact contact() {
        return contact;
    }

    NodeId id() {
        return contact.id();
    }

    /// Requests that lead here: 1 for contacts of the table.
    int depth() {
        return depth;
    }

    State state() {
        return state;
    }

    boolean is(State other) {
        return state == other;
    }

    boolean isOpen() {
        return state == State.ASKED || state == State.STALLED;
    }

    void become(State next) {
        state = next;
    }

    void askedBy(int path) {
        state = State.ASKED;
        askedBy = path;
    }

    int askedBy() {
        return askedBy;
    }

    void knownTo(int path) {
        paths |= 1 << path;
    }

    boolean isKnownTo(int path) {
        return (paths & 1 << path) != 0;
    }

    /// The same node was mentioned again, maybe nearer to the start, maybe at another endpoint.
    void mentioned(Contact mention, int mentionDepth) {
        if (state == State.HEARD_OF) {
            depth = Math.min(depth, mentionDepth);
        }
        if (!isKnownAt(mention) && elsewhere.size() < ELSEWHERE) {
            elsewhere = elsewhere.isEmpty() ? new ArrayList<>(ELSEWHERE) : elsewhere;
            elsewhere.add(mention);
            if (state == State.FAILED) {
                failed();
            }
        }
    }

    /// Tried endpoints count: nobody makes the lookup try one twice.
    private boolean isKnownAt(Contact mention) {
        if (first.isAtEndpointOf(mention)) {
            return true;
        }
        for (Contact other : elsewhere) {
            if (other.isAtEndpointOf(mention)) {
                return true;
            }
        }
        return false;
    }

    boolean isNodeOf(Contact mention) {
        return first.isNodeOf(mention);
    }

    boolean isForgotten() {
        return forgotten;
    }

    void forget() {
        forgotten = true;
    }

    /// Falls back on the next endpoint, if another was mentioned.
    void failed() {
        if (tried < elsewhere.size()) {
            contact = elsewhere.get(tried++);
            state = State.HEARD_OF;
        } else {
            state = State.FAILED;
        }
    }
}
