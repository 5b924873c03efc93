package org.privatus.node.link.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The receiving half of a channel: puts cells in order, gathers them for the owner, and says how many more may come.
///
/// Cells that came too early are kept, at most a window of them. The window counts from what the owner has done with. It begins with
/// {@link Channel#INITIAL_CREDIT} cells and doubles while the peer uses it up within two round trips, since then it is what holds the peer up.
final class CellReceiver {
    private static final int FIRST_ROOM = 16;

    /// Credit is renewed when this part of a window was used.
    private static final int CREDIT_PARTS = 4;

    /// Cells that a channel may carry: frames count them in 32 bits.
    private static final long MAX_CELLS = 0xffff_ffffL;

    /// By slot: what came too early.
    private byte @Nullable [] @Nullable [] early;

    private int kept;
    private long next;

    /// Below it the owner has done with the cells.
    private long consumed;

    private int window = Channel.INITIAL_CREDIT;
    private long granted = Channel.INITIAL_CREDIT;
    private long end = Long.MAX_VALUE;

    /// Since when, and from where on, the use of the window is watched.
    private long watchedSince;

    private long watchedFrom;

    /// In order, and not handed over yet.
    private byte @Nullable [] gathered;

    private int gatheredBytes;

    /// The next sequence in order.
    long next() {
        return next;
    }

    /// Whether cells have come too early.
    boolean keepsAny() {
        return kept > 0;
    }

    /// Whether the peer may send that sequence at all.
    boolean isAllowed(long sequence) {
        return sequence < granted && sequence < end;
    }

    boolean isNews(long sequence) {
        return sequence >= next && (early == null || early[slot(sequence)] == null || sequence - next >= early.length);
    }

    /// Cells that are {@link #next()} have come.
    void advance(byte[] buffer, int offset, int cells) {
        int bytes = cells * Channel.CELL_LENGTH;
        byte[] known = gathered;
        if (known == null) {
            known = Arrays.copyOfRange(buffer, offset, offset + bytes);
        } else {
            if (gatheredBytes + bytes > known.length) {
                known = Arrays.copyOf(known, Math.max(2 * known.length, gatheredBytes + bytes));
            }
            System.arraycopy(buffer, offset, known, gatheredBytes, bytes);
        }
        gathered = known;
        gatheredBytes += bytes;
        next += cells;
    }

    /// Takes what was gathered: cells one after the other, or nothing.
    byte @Nullable [] takeGathered() {
        byte[] known = gathered;
        if (known == null) {
            return null;
        }
        byte[] run = gatheredBytes == known.length ? known : Arrays.copyOf(known, gatheredBytes);
        gathered = null;
        gatheredBytes = 0;
        return run;
    }

    /// Keeps a cell that came too early.
    void keep(long sequence, byte[] buffer, int offset) {
        byte[] @Nullable [] room = roomUpTo(sequence);
        room[slot(sequence)] = Arrays.copyOfRange(buffer, offset, offset + Channel.CELL_LENGTH);
        kept++;
    }

    private byte[] @Nullable [] roomUpTo(long sequence) {
        byte[] @Nullable [] room = early == null ? new byte[FIRST_ROOM] @Nullable [] : early;
        early = room;
        if (sequence - next < room.length) {
            return room;
        }
        int wanted = (int) Long.highestOneBit(sequence - next) * 2;
        byte[] @Nullable [] wider = new byte[wanted] @Nullable [];
        for (long known = next; known < next + room.length; known++) {
            wider[(int) (known & (wanted - 1))] = room[slot(known)];
        }
        early = wider;
        return wider;
    }

    /// Moves on over cells that were kept and are in order by now; returns how many.
    int advanceOverKept() {
        int moved = 0;
        while (kept > 0 && early != null && early[slot(next)] != null) {
            byte[] cell = early[slot(next)];
            early[slot(next)] = null;
            kept--;
            moved++;
            if (cell != null) {
                advance(cell, 0, 1);
            }
        }
        return moved;
    }

    /// The owner has done with so many cells more. Whether the peer should be allowed more; it is, from now on.
    ///
    /// @param widest to which the window may grow
    boolean renewCredit(int cells, int widest, long rttNanos, long now) {
        consumed = Math.min(next, consumed + cells);
        if (isEnded() || consumed + window - granted < window / CREDIT_PARTS) {
            return false;
        }
        if (2 * window <= widest && isUsedUpWithin(2 * rttNanos, now)) {
            window *= 2;
        }
        watchedSince = now;
        watchedFrom = consumed;
        granted = Math.min(consumed + window, MAX_CELLS);
        return true;
    }

    /// Whether a whole window would be used up in that time, as it was lately.
    private boolean isUsedUpWithin(long nanos, long now) {
        return watchedFrom > 0 && (now - watchedSince) * window < nanos * (consumed - watchedFrom);
    }

    /// Cells that the peer may have on the way, or we in our hands.
    int window() {
        return window;
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

    /// Forgets what was kept out of order and returns how much that was.
    int discard() {
        int dropped = kept;
        early = null;
        kept = 0;
        return dropped;
    }

    private int slot(long sequence) {
        return early == null ? 0 : (int) (sequence & (early.length - 1));
    }
}
