package org.privatus.node.link.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Handshakes that others began, oldest first. Bounded in number and time: whoever floods us pushes out the oldest.
final class HalfOpenTable extends Timed {
    private final LinkContext context;
    private final Map<HalfOpenKey, HalfOpen> byKey = new LinkedHashMap<>();

    HalfOpenTable(LinkContext context) {
        this.context = context;
    }

    Optional<HalfOpen> find(HalfOpenKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    void add(HalfOpen halfOpen) {
        if (byKey.size() >= context.settings.halfOpenLimit()) {
            remove(byKey.values().iterator().next());
        }
        byKey.put(halfOpen.key, halfOpen);
        context.addressees.put(halfOpen.localId(), halfOpen);
        context.deadlines.update(this);
    }

    /// Nothing to come is addressed to it; repeats of its message 1 still find it.
    void noMoreMessages(HalfOpen halfOpen) {
        context.addressees.remove(halfOpen.localId(), halfOpen);
    }

    /// It leads nowhere.
    void remove(HalfOpen halfOpen) {
        byKey.remove(halfOpen.key);
        context.addressees.remove(halfOpen.localId(), halfOpen);
        halfOpen.erase();
        context.deadlines.update(this);
    }

    int size() {
        return byKey.size();
    }

    @Override
    long deadlineNanos() {
        return byKey.isEmpty() ? NEVER : byKey.values().iterator().next().expiresNanos;
    }

    @Override
    void onDeadline(long now) {
        while (deadlineNanos() <= now) {
            remove(byKey.values().iterator().next());
        }
        context.deadlines.update(this);
    }
}
