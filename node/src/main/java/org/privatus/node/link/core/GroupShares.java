package org.privatus.node.link.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How much of a rate each group of addresses has used in the current second. A group's share is the rate divided by the groups that used some in this
/// second or the one before, whichever were more, and at least one.
///
/// Counts in {@link #SLOTS} slots that are chosen by a salted hash: memory does not grow with the groups, and nobody can choose with whom to share a slot.
/// The slots are made with the first use: most nodes are never flooded.
final class GroupShares {
    /// A power of two.
    static final int SLOTS = 1_024;

    private static final long SECOND = 1_000_000_000;
    private static final int HASH_BITS = Long.SIZE - Integer.numberOfTrailingZeros(SLOTS);

    private final int perSecond;
    private final long salt;
    private int @Nullable [] used;
    private int active;
    private int activeBefore;
    private long secondBegan;

    GroupShares(int perSecond, long salt) {
        this.perSecond = perSecond;
        this.salt = salt;
    }

    /// Whether the group has not used up its share.
    boolean isWithin(long group, long now) {
        return slots(now)[slot(group)] < share();
    }

    private int share() {
        return Math.max(1, perSecond / Math.max(1, Math.max(active, activeBefore)));
    }

    void used(long group, long now) {
        int[] slots = slots(now);
        int slot = slot(group);
        if (slots[slot]++ == 0) {
            active++;
        }
    }

    private int[] slots(long now) {
        int[] slots = used;
        if (slots == null) {
            slots = new int[SLOTS];
            used = slots;
            secondBegan = now;
        } else if (now - secondBegan >= SECOND) {
            activeBefore = now - secondBegan < 2 * SECOND ? active : 0;
            active = 0;
            secondBegan = now;
            Arrays.fill(slots, 0);
        }
        return slots;
    }

    /// Multiplication by a secret odd number would not hide low bits: the salt goes in before two rounds of mixing (SplitMix64's).
    private int slot(long group) {
        long mixed = (group ^ salt) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27) ^ Long.rotateLeft(salt, 32)) * 0x94D049BB133111EBL;
        return (int) ((mixed ^ (mixed >>> 31)) >>> HASH_BITS);
    }
}
