package org.privatus.simulation.shard;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Where threads wait for each other, again and again. What one wrote before it came can be read by all after they have passed.
///
/// Who waits looks for a moment (windows are often equally long) and then parks: other work may need the processor. With more
/// threads than processors it parks at once.
final class WindowBarrier {
    private static final int LOOKS = 1_000;

    private final int parties;
    private final int looks;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable Thread> parked;
    private volatile int passages;
    private volatile @Nullable String broken;

    WindowBarrier(int parties) {
        this.parties = parties;
        this.looks = parties <= Runtime.getRuntime().availableProcessors() ? LOOKS : 0;
        this.parked = new AtomicReferenceArray<>(parties);
    }

    /// Waits for all others.
    ///
    /// @param party the caller's number, 0 to parties - 1
    /// @throws MemberLostException if the barrier is or gets broken
    void pass(int party) throws MemberLostException {
        int before = passages;
        if (arrived.incrementAndGet() == parties) {
            arrived.set(0);
            passages = before + 1;
            wakeAll();
        } else {
            look(before);
            park(party, before);
        }
        String reason = broken;
        if (reason != null) {
            throw new MemberLostException(reason);
        }
    }

    /// Lets all who wait and all who come go with an exception. Only the first reason counts.
    synchronized void breakUp(String reason) {
        if (broken == null) {
            broken = reason;
        }
        wakeAll();
    }

    private void look(int before) {
        for (int i = 0; i < looks && isClosed(before); i++) {
            Thread.onSpinWait();
        }
    }

    private void park(int party, int before) {
        if (isClosed(before)) {
            parked.set(party, Thread.currentThread());
            while (isClosed(before)) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    breakUp("shard " + party + " was interrupted");
                }
            }
            parked.set(party, null);
        }
    }

    private boolean isClosed(int before) {
        return passages == before && broken == null;
    }

    private void wakeAll() {
        for (int party = 0; party < parties; party++) {
            Thread waiting = parked.get(party);
            if (waiting != null) {
                LockSupport.unpark(waiting);
            }
        }
    }
}
