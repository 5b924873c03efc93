package org.privatus.node.link.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The receiving half of a channel: puts cells in order. Cells that came too early are kept, at most a window of them.
final class CellReceiver {
    private static final int WINDOW = Channel.WINDOW;

    /// Credit is renewed when this much of it was used.
    private static final int CREDIT_STEP = WINDOW / 4;

    private byte @Nullable [] @Nullable [] early;
    private int kept;
    private long next;

    /// Below it the owner has done with the cells.
    private long consumed;

    private long granted = Channel.INITIAL_CREDIT;
    private long end = Long.MAX_VALUE;

    /// The next sequence in order.
    long next() {
        return next;
    }

    /// Cells kept out of order.
    int kept() {
        return kept;
    }

    /// Whether the peer may send that sequence at all.
    boolean isAllowed(long sequence) {
        return sequence < granted && sequence < end;
    }

    boolean isNews(long sequence) {
        return sequence >= next && (early == null || early[slot(sequence)] == null);
    }

    /// The cell that is {@link #next()} has come: it goes to the owner.
    void advance() {
        next++;
    }

    /// Keeps a cell that came too early.
    void keep(long sequence, byte[] cell) {
        if (early == null) {
            early = new byte[WINDOW] @Nullable [];
        }
        early[slot(sequence)] = cell;
        kept++;
    }

    /// Takes the cell that is {@link #next()} if it was kept, and advances.
    byte @Nullable [] takeKept() {
        if (kept == 0 || early == null) {
            return null;
        }
        byte[] cell = early[slot(next)];
        if (cell != null) {
            early[slot(next)] = null;
            kept--;
            next++;
        }
        return cell;
    }

    /// The owner has done with so many cells more. Whether the peer should be allowed more; it is, from now on.
    boolean renewCredit(int cells) {
        consumed = Math.min(next, consumed + cells);
        if (isEnded() || consumed + WINDOW - granted < CREDIT_STEP) {
            return false;
        }
        granted = consumed + WINDOW;
        return true;
    }

    /// The first sequence that the peer may not send.
    long granted() {
        return granted;
    }

    /// The peer has sent its last cell: there are `cellsSent`.
    void endAt(long cellsSent) {
        end = Math.min(end, cellsSent);
    }

    /// Whether the peer has said how many cells there are.
    boolean isEnded() {
        return end != Long.MAX_VALUE;
    }

    /// Whether all cells that there are have come.
    boolean isComplete() {
        return next >= end;
    }

    /// Forgets what was kept and returns how much that was.
    int discard() {
        int dropped = kept;
        if (early != null) {
            Arrays.fill(early, null);
        }
        kept = 0;
        return dropped;
    }

    private static int slot(long sequence) {
        return (int) (sequence & (WINDOW - 1));
    }
}
