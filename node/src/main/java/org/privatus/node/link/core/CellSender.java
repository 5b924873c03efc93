package org.privatus.node.link.core;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The sending half of a channel: keeps cells until they are acknowledged, says which goes next, and how many more the owner may hand in.
///
/// At most {@link Channel#WINDOW} cells are kept, whatever the peer allows.
final class CellSender {
    private static final int INITIAL_SLOTS = 8;
    private static final int WINDOW = Channel.WINDOW;

    /// Owners are told of more credit in steps of this many cells, or when they have none left.
    private static final int CREDIT_STEP = WINDOW / 8;

    private byte[] @Nullable [] cells = new byte[INITIAL_SLOTS] @Nullable [];
    private final BitSet lost = new BitSet();

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
        for (int at = 0; at < run.length; at += Channel.CELL_LENGTH) {
            acceptCell(Arrays.copyOfRange(run, at, at + Channel.CELL_LENGTH));
        }
    }

    private void acceptCell(byte[] cell) {
        if (next >= announced) {
            throw new IllegalStateException("cell " + next + " beyond credit");
        }
        if (next - base == cells.length) {
            widen();
        }
        cells[slot(next)] = cell;
        next++;
    }

    /// Cells that the owner may hand in now.
    int credit() {
        return (int) (announced - next);
    }

    /// The peer allows all below `newLimit`.
    void onCredit(long newLimit) {
        limit = Math.max(limit, newLimit);
    }

    /// How many cells the owner is to be told of, which makes them its own; 0 if it is not worth a message.
    int takeNewCredit() {
        long allowed = Math.min(limit, base + WINDOW);
        long more = allowed - announced;
        if (more <= 0 || (more < CREDIT_STEP && next < announced)) {
            return 0;
        }
        announced = allowed;
        return (int) more;
    }

    boolean hasSomethingToSend() {
        return !lost.isEmpty() || unsent < next;
    }

    /// Whether what goes next went before.
    boolean isNextRepeated() {
        return !lost.isEmpty();
    }

    /// The sequence to send next, repeats first; counts as sent. Only when there {@link #hasSomethingToSend()}.
    long takeNext() {
        if (lost.isEmpty()) {
            return unsent++;
        }
        long sequence = lowestLost();
        lost.clear(slot(sequence));
        return sequence;
    }

    /// The cell of a sequence that {@link #takeNext()} returned just now.
    byte[] cell(long sequence) {
        byte[] cell = cells[slot(sequence)];
        if (cell == null) {
            throw new IllegalStateException("cell " + sequence + " is not kept");
        }
        return cell;
    }

    void onAcked(long sequence) {
        if (!isKept(sequence)) {
            return;
        }
        cells[slot(sequence)] = null;
        lost.clear(slot(sequence));
        while (base < unsent && cells[slot(base)] == null) {
            base++;
        }
    }

    void onLost(long sequence) {
        if (isKept(sequence)) {
            lost.set(slot(sequence));
        }
    }

    /// The cell that the receiver needs before all others is worth sending again, if it is on its way.
    void repeatFirst() {
        onLost(base);
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
        lost.clear();
        unsent = 0;
    }

    /// Nobody wants the cells any more.
    void discard() {
        Arrays.fill(cells, null);
        lost.clear();
        base = next;
        unsent = next;
    }

    private boolean isKept(long sequence) {
        return sequence >= base && sequence < unsent && cells[slot(sequence)] != null;
    }

    private long lowestLost() {
        int from = slot(base);
        int slot = lost.nextSetBit(from);
        if (slot < 0) {
            slot = lost.nextSetBit(0);
        }
        return base + ((slot - from) & (cells.length - 1));
    }

    private void widen() {
        byte[] @Nullable [] wider = new byte[cells.length * 2] @Nullable [];
        var lostThere = new BitSet(wider.length);
        for (long sequence = base; sequence < next; sequence++) {
            wider[(int) (sequence & (wider.length - 1))] = cells[slot(sequence)];
            lostThere.set((int) (sequence & (wider.length - 1)), lost.get(slot(sequence)));
        }
        cells = wider;
        lost.clear();
        lost.or(lostThere);
    }

    private int slot(long sequence) {
        return (int) (sequence & (cells.length - 1));
    }
}
