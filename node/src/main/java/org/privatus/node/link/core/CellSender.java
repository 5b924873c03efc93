package org.privatus.node.link.core;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.WireWriter;

/// The sending half of a channel: keeps cells until they are acknowledged, says which go next, and how many more the owner may hand in.
///
/// Cells stay in the arrays in which they came, which are not copied. Whatever the peer allows, no more are kept than {@link Channels} has room for.
final class CellSender {
    private static final int INITIAL_SLOTS = 8;

    /// Owners are told of more credit when it is this part of what they may have, or when they have none left.
    private static final int CREDIT_PARTS = 8;

    /// By slot: the run that the cell came in, and its place there, in cells.
    private byte[] @Nullable [] runs = new byte[INITIAL_SLOTS] @Nullable [];

    private int[] places = new int[INITIAL_SLOTS];
    private @Nullable BitSet lost;
    private int lostCount;

    /// The lowest sequence that is not acknowledged.
    private long base;
    /// The lowest that was never sent.
    private long unsent;
    /// What the owner's next cell gets.
    private long next;
    /// The first that the peer does not allow.
    private long limit = Channel.INITIAL_CREDIT;
    /// The first that the owner was not yet told it may send.
    private long announced = Channel.INITIAL_CREDIT;

    /// Takes cells of the owner; sending more than it was allowed to is a bug of its own.
    void accept(byte[] run) {
        int count = run.length / Channel.CELL_LENGTH;
        if (next + count > announced) {
            throw new IllegalStateException("cell " + (next + count - 1) + " beyond credit");
        }
        while (next + count - base > runs.length) {
            widen();
        }
        for (int i = 0; i < count; i++) {
            int slot = slot(next++);
            runs[slot] = run;
            places[slot] = i;
        }
    }

    /// Cells that the owner may hand in now.
    int credit() {
        return (int) (announced - next);
    }

    /// The peer allows all below `newLimit`.
    void onCredit(long newLimit) {
        limit = Math.max(limit, newLimit);
    }

    /// Cells for which there must be room: kept until they are acknowledged, or announced to the owner.
    int promised() {
        return (int) (announced - base);
    }

    /// How many cells the owner is to be told of, which makes them its own; 0 if it is not worth a message.
    ///
    /// @param most that may be promised
    int takeNewCredit(int most) {
        long allowed = Math.min(limit, base + most);
        long more = allowed - announced;
        if (more <= 0 || (more < (allowed - base) / CREDIT_PARTS && next < announced)) {
            return 0;
        }
        announced = allowed;
        return (int) more;
    }

    boolean hasSomethingToSend() {
        return lostCount > 0 || unsent < next;
    }

    /// Whether what goes next went before.
    boolean isNextRepeated() {
        return lostCount > 0;
    }

    /// The first sequence to send next, repeats first. Only when there {@link #hasSomethingToSend()}.
    long first() {
        return lostCount > 0 ? lowestLost() : unsent;
    }

    /// How many cells from `first` on, which {@link #first()} returned just now, go together: at most `most`. They count as sent.
    int take(long first, int most) {
        if (lostCount == 0) {
            int count = (int) Math.min(most, next - unsent);
            unsent += count;
            return count;
        }
        int count = 0;
        while (count < most && isLost(first + count)) {
            forgetLoss(first + count);
            count++;
        }
        return count;
    }

    /// Writes cells that were {@link #take}n just now.
    void write(long first, int count, WireWriter out) {
        for (long sequence = first; sequence < first + count; sequence++) {
            byte[] run = runs[slot(sequence)];
            if (run == null) {
                throw new IllegalStateException("cell " + sequence + " is not kept");
            }
            out.bytes(run, places[slot(sequence)] * Channel.CELL_LENGTH, Channel.CELL_LENGTH);
        }
    }

    void onAcked(long first, int count) {
        for (long sequence = first; sequence < first + count; sequence++) {
            if (isKept(sequence)) {
                runs[slot(sequence)] = null;
                forgetLoss(sequence);
            }
        }
        while (base < unsent && runs[slot(base)] == null) {
            base++;
        }
    }

    void onLost(long first, int count) {
        for (long sequence = first; sequence < first + count; sequence++) {
            if (isKept(sequence) && !isLost(sequence)) {
                losses().set(slot(sequence));
                lostCount++;
            }
        }
    }

    /// The cell that the receiver needs before all others is worth sending again, if it is on its way.
    void repeatFirst() {
        onLost(base, 1);
    }

    /// Cells taken from the owner since the beginning.
    long taken() {
        return next;
    }

    boolean isAllAcked() {
        return base == next;
    }

    /// Begins again from the first cell, on another link. Only as long as nothing was acknowledged.
    void restart() {
        if (base != 0) {
            throw new IllegalStateException("cells below " + base + " were acknowledged");
        }
        forgetLosses();
        unsent = 0;
    }

    /// Nobody wants the cells any more.
    void discard() {
        Arrays.fill(runs, null);
        forgetLosses();
        base = next;
        unsent = next;
    }

    private boolean isKept(long sequence) {
        return sequence >= base && sequence < unsent && runs[slot(sequence)] != null;
    }

    private boolean isLost(long sequence) {
        return lostCount > 0 && sequence < unsent && losses().get(slot(sequence));
    }

    private void forgetLoss(long sequence) {
        if (isLost(sequence)) {
            losses().clear(slot(sequence));
            lostCount--;
        }
    }

    private void forgetLosses() {
        lost = null;
        lostCount = 0;
    }

    /// By slot; nothing is ever lost on most channels.
    private BitSet losses() {
        BitSet known = lost;
        if (known == null) {
            known = new BitSet(runs.length);
            lost = known;
        }
        return known;
    }

    private long lowestLost() {
        int from = slot(base);
        int slot = losses().nextSetBit(from);
        if (slot < 0) {
            slot = losses().nextSetBit(0);
        }
        return base + ((slot - from) & (runs.length - 1));
    }

    private void widen() {
        byte[] @Nullable [] wider = new byte[runs.length * 2] @Nullable [];
        int[] widerPlaces = new int[wider.length];
        var lostThere = new BitSet(wider.length);
        for (long sequence = base; sequence < next; sequence++) {
            int there = (int) (sequence & (wider.length - 1));
            wider[there] = runs[slot(sequence)];
            widerPlaces[there] = places[slot(sequence)];
            lostThere.set(there, isLost(sequence));
        }
        runs = wider;
        places = widerPlaces;
        lost = lostCount > 0 ? lostThere : null;
    }

    private int slot(long sequence) {
        return (int) (sequence & (runs.length - 1));
    }
}
