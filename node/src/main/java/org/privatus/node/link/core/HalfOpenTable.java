package org.privatus.node.link.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Handshakes that others began, oldest first. Bounded in number and time: whoever floods us pushes out the oldest. Those whose time is up go together, up
/// to a sixteenth of their lifetime late, so that many cost one deadline.
final class HalfOpenTable extends Timed {
    private static final int LATE_PART = 16;

    private final LinkContext context;

    /// By their keys' fingerprints; of two with the same, the younger.
    private final ById<HalfOpen> byFingerprint = new ById<>();

    /// The two ends of a list through all, in order of age.
    private @Nullable HalfOpen oldest;

    private @Nullable HalfOpen youngest;
    private int size;

    /// When somebody may be gone; of use while there is anybody.
    private long dueNanos;

    HalfOpenTable(LinkContext context) {
        this.context = context;
    }

    Optional<HalfOpen> find(HalfOpenKey key) {
        HalfOpen found = byFingerprint.get(key.fingerprint());
        return found != null && found.key.equals(key) ? Optional.of(found) : Optional.empty();
    }

    void add(HalfOpen halfOpen) {
        if (oldest != null && size >= context.settings.halfOpenLimit()) {
            discard(oldest);
        }
        byFingerprint.put(halfOpen.key.fingerprint(), halfOpen);
        size++;
        halfOpen.older = youngest;
        if (youngest != null) {
            youngest.younger = halfOpen;
        }
        youngest = halfOpen;
        if (oldest == null) {
            oldest = halfOpen;
            armAnew();
        }
    }

    private void armAnew() {
        if (oldest != null) {
            dueNanos = oldest.expiresNanos + context.settings.halfOpenLifetimeNanos() / LATE_PART;
        }
        context.deadlines.update(this);
    }

    /// Message 3 and packets behind it find the handshake from now on.
    void expectMore(HalfOpen halfOpen) {
        context.addressees.put(halfOpen.localId(), halfOpen);
    }

    /// It leads nowhere.
    void remove(HalfOpen halfOpen) {
        discard(halfOpen);
        context.deadlines.update(this);
    }

    private void discard(HalfOpen halfOpen) {
        byFingerprint.remove(halfOpen.key.fingerprint(), halfOpen);
        unlink(halfOpen);
        size--;
        if (halfOpen.expectsMore()) {
            context.addressees.remove(halfOpen.localId(), halfOpen);
        }
        halfOpen.erase();
    }

    private void unlink(HalfOpen halfOpen) {
        HalfOpen older = halfOpen.older;
        HalfOpen younger = halfOpen.younger;
        if (older == null) {
            oldest = younger;
        } else {
            older.younger = younger;
        }
        if (younger == null) {
            youngest = older;
        } else {
            younger.older = older;
        }
        halfOpen.older = null;
        halfOpen.younger = null;
    }

    int size() {
        return size;
    }

    @Override
    long deadlineNanos() {
        return oldest == null ? NEVER : dueNanos;
    }

    @Override
    void onDeadline(long now) {
        while (oldest != null && oldest.expiresNanos <= now) {
            discard(oldest);
        }
        armAnew();
    }
}
