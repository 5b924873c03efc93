package org.privatus.dht.routing;

/// Address groups that were seen, for a short while and a known number of them: open addressing, at most half full.
final class GroupSet {
    /// 2^64 divided by the golden ratio: spreads neighbours (Knuth, 6.4).
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /// Each group and one; 0 where there is none.
    private final long[] slots;

    private final int shift;

    /// @param most how many can be added
    GroupSet(int most) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * most + 1);
        this.slots = new long[1 << bits];
        this.shift = Long.SIZE - bits;
    }

    /// False if it was there already.
    boolean add(long group) {
        long wanted = group + 1;
        int slot = (int) ((wanted * SPREAD) >>> shift);
        while (slots[slot] != 0) {
            if (slots[slot] == wanted) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = wanted;
        return true;
    }
}
