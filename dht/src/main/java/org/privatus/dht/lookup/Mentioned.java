package org.privatus.dht.lookup;

import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;

/// Everybody a lookup has heard of, by key and proof: four mentions of five are repetitions, and are known here without hashing their ids again. Open
/// addressing; whoever chooses keys so that they collide slows the one lookup that asks for them, which remembers a bounded number.
final class Mentioned {
    private static final int CAPACITY = 128;

    private @Nullable Candidate[] slots = new @Nullable Candidate[CAPACITY];
    private int size;

    @Nullable
    Candidate find(Contact mention) {
        int mask = slots.length - 1;
        for (int at = spread(mention) & mask; ; at = (at + 1) & mask) {
            Candidate candidate = slots[at];
            if (candidate == null || candidate.isNodeOf(mention)) {
                return candidate;
            }
        }
    }

    /// Takes the place of one that is the same node.
    void put(Candidate candidate) {
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        place(candidate);
    }

    private void place(Candidate candidate) {
        int mask = slots.length - 1;
        int at = spread(candidate.contact()) & mask;
        Candidate there = slots[at];
        while (there != null && !there.isNodeOf(candidate.contact())) {
            at = (at + 1) & mask;
            there = slots[at];
        }
        size += there == null ? 1 : 0;
        slots[at] = candidate;
    }

    private void grow() {
        @Nullable Candidate[] old = slots;
        slots = new @Nullable Candidate[2 * old.length];
        size = 0;
        for (Candidate candidate : old) {
            if (candidate != null) {
                place(candidate);
            }
        }
    }

    private static int spread(Contact contact) {
        int hash = contact.nodeHash() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
