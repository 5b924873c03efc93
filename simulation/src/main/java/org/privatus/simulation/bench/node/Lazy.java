package org.privatus.simulation.bench.node;

import java.util.Optional;
import java.util.function.Supplier;

/// Something that is made when it is first asked for. For one thread.
final class Lazy<T> {
    private final Supplier<T> maker;
    private Optional<T> made = Optional.empty();

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T it = made.orElseGet(maker);
        made = Optional.of(it);
        return it;
    }
}
