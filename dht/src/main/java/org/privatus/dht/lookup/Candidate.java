package org.privatus.dht.lookup;

import java.util.ArrayDeque;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;

/// A node that a lookup has heard of.
final class Candidate {
    /// Other endpoints kept for a node: a wrong mention must not hide the right one, nor many fill memory.
    private static final int ALTERNATIVES = 2;

    private final int depth;
    private final ArrayDeque<Contact> alternatives = new ArrayDeque<>(0);
    private Contact contact;
    private State state = State.HEARD_OF;
    private int paths;
    private int askedBy;

    enum State {
        HEARD_OF,
        ASKED,
        STALLED,
        ANSWERED,
        FAILED,
    }

    Candidate(Contact contact, int depth) {
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

    /// The same node was mentioned at another endpoint.
    void alsoAt(Contact mention) {
        if (alternatives.size() < ALTERNATIVES && !isKnownAt(mention.endpoint())) {
            alternatives.add(mention);
            if (state == State.FAILED) {
                failed();
            }
        }
    }

    private boolean isKnownAt(Endpoint endpoint) {
        for (Contact other : alternatives) {
            if (other.endpoint().equals(endpoint)) {
                return true;
            }
        }
        return contact.endpoint().equals(endpoint);
    }

    /// Falls back on the next endpoint, if another was mentioned.
    void failed() {
        Contact next = alternatives.poll();
        if (next == null) {
            state = State.FAILED;
        } else {
            contact = next;
            state = State.HEARD_OF;
        }
    }
}
