package org.privatus.dht;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.identity.Contact;

/// Enters the network: a lookup of the own id, beginning with the contacts given, then a lookup in each bucket that has room (Kademlia §2.3), all
/// with finished handshakes, so that those asked come to know this node and it them.
///
/// When nobody answers it says so and tries again, after a time that doubles. A node that found fewer others than fit a bucket came early, and
/// looks again twice; later it learns of newcomers because they ask it.
final class Joining {
    private static final int BUCKETS_AT_ONCE = 2;
    private static final int MOST_DOUBLINGS = 16;

    /// What the handshakes of the lookup need to end, before the buckets are counted.
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long[] LOOK_AGAIN_NANOS = {TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(60)};

    private final Parts parts;
    private final Listener listener;
    private final ArrayDeque<Integer> buckets = new ArrayDeque<>();
    private List<Contact> bootstrap = List.of();
    private boolean looking;
    private boolean retryArmed;
    private boolean joined;
    private int attempts;
    private int looks;
    private int refreshing;

    /// Told how each attempt ended.
    @FunctionalInterface
    interface Listener {
        void joined(int contacts, long now);
    }

    Joining(Parts parts, Listener listener) {
        this.parts = parts;
        this.listener = listener;
    }

    /// Begins, or begins anew with other contacts. Without any, and with an empty table, there is nobody to join: the first node of a network.
    void join(List<Contact> contacts, long now) {
        bootstrap = List.copyOf(contacts);
        attempts = 0;
        looks = 0;
        look(now);
    }

    boolean joined() {
        return joined;
    }

    private void look(long now) {
        if (looking) {
            return;
        }
        looking = true;
        var seeds = new ArrayList<>(bootstrap);
        seeds.addAll(parts.table.closestToAsk(parts.self, parts.settings.table().bucketSize()));
        parts.lookups().nodes(parts.self, seeds, patient(), this::looked, now).start(now);
    }

    private Request.Manner patient() {
        return Request.Manner.patient(parts.settings.join().patience().toNanos());
    }

    private void looked(LookupRun run, boolean timedOut, long now) {
        looking = false;
        int answered = run.lookup().closest().size();
        if (answered > 0) {
            joined = true;
            attempts = 0;
            lookAgain(answered, now);
            parts.timers.at(now + SETTLE_NANOS, t -> refreshAll(answered, t));
        } else {
            retry(now);
        }
        listener.joined(answered, now);
    }

    private void lookAgain(int answered, long now) {
        if (answered < parts.settings.table().bucketSize() && looks < LOOK_AGAIN_NANOS.length) {
            parts.timers.at(now + jittered(LOOK_AGAIN_NANOS[looks++]), this::look);
        }
    }

    private void retry(long now) {
        joined = false;
        if (retryArmed || (bootstrap.isEmpty() && parts.table.size() == 0)) {
            return;
        }
        retryArmed = true;
        int doublings = Math.min(attempts++, MOST_DOUBLINGS);
        long delay = Math.min(
                parts.settings.join().retry().toNanos() << doublings,
                parts.settings.join().retryMost().toNanos());
        parts.timers.at(now + jittered(delay), t -> {
            retryArmed = false;
            look(t);
        });
    }

    /// Give or take a quarter.
    private long jittered(long nanos) {
        return nanos - nanos / 4 + parts.behaviour.nextLong(1 + nanos / 2);
    }

    /// The last contact is gone: back to the beginning.
    void isolated(long now) {
        if (joined) {
            retry(now);
        }
    }

    /// With fewer nodes than fit a bucket, all are known already.
    private void refreshAll(int answered, long now) {
        if (answered < parts.settings.table().bucketSize()) {
            return;
        }
        buckets.clear();
        for (int depth = parts.table.depth() - 1; depth >= 0; depth--) {
            if (parts.table.sizeOfBucket(depth) < parts.settings.table().bucketSize()) {
                buckets.add(depth);
            }
        }
        refreshNext(now);
    }

    private void refreshNext(long now) {
        while (refreshing < BUCKETS_AT_ONCE && !buckets.isEmpty()) {
            int depth = buckets.remove();
            refreshing++;
            parts.table.touch(depth, now);
            parts.lookups()
                    .nodes(parts.table.randomIdIn(depth), patient(), this::refreshed, now)
                    .start(now);
        }
    }

    private void refreshed(LookupRun run, boolean timedOut, long now) {
        refreshing--;
        refreshNext(now);
    }
}
