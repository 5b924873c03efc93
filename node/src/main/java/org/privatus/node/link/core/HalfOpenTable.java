package org.privatus.node.link.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Handshakes that others began, oldest first. Bounded in number and time: whoever floods us pushes out the oldest. Those whose time is up go together, up
/// to a sixteenth of their lifetime late, so that many cost one deadline.
final class HalfOpenTable extends Timed {
    private static final int LATE_PART = 16;

    private final LinkContext context;
    /// When somebody may be gone; of use while there is anybody.
    private long dueNanos;

    private final Map<HalfOpenKey, HalfOpen> byKey = new LinkedHashMap<>();

    HalfOpenTable(LinkContext context) {
        this.context = context;
    }

    Optional<HalfOpen> find(HalfOpenKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    void add(HalfOpen halfOpen) {
        if (byKey.size() >= context.settings.halfOpenLimit()) {
            discard(oldest());
        }
        boolean first = byKey.isEmpty();
        byKey.put(halfOpen.key, halfOpen);
        context.addressees.put(halfOpen.localId(), halfOpen);
        if (first) {
            armAnew();
        }
    }

    private HalfOpen oldest() {
        return byKey.values().iterator().next();
    }

    private void armAnew() {
        if (!byKey.isEmpty()) {
            dueNanos = oldest().expiresNanos + context.settings.halfOpenLifetimeNanos() / LATE_PART;
        }
        context.deadlines.update(this);
    }

    /// Nothing to come is addressed to it; repeats of its message 1 still find it.
    void noMoreMessages(HalfOpen halfOpen) {
        context.addressees.remove(halfOpen.localId(), halfOpen);
    }

    /// It leads nowhere.
    void remove(HalfOpen halfOpen) {
        discard(halfOpen);
        context.deadlines.update(this);
    }

    private void discard(HalfOpen halfOpen) {
        byKey.remove(halfOpen.key);
        context.addressees.remove(halfOpen.localId(), halfOpen);
        halfOpen.erase();
    }

    int size() {
        return byKey.size();
    }

    @Override
    long deadlineNanos() {
        return byKey.isEmpty() ? NEVER : dueNanos;
    }

    @Override
    void onDeadline(long now) {
        while (!byKey.isEmpty() && oldest().expiresNanos <= now) {
            discard(oldest());
        }
        armAnew();
    }
}
