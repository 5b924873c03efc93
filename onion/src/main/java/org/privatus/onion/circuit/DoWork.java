package org.privatus.onion.circuit;

import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.privatus.crypto.compute.Cost;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.work.Work;
import org.privatus.onion.work.WorkAsked;
import org.privatus.onion.work.WorkDone;

/// Does what a gateway asked for, in parts, as long as somebody wants it.
final class DoWork extends CircuitJob {
    /// About as long as Argon2id takes for the memory it is charged as.
    private static final int PART = 32_768;

    private static final Cost PART_COST = Cost.argonKib(12 << 10);

    private final Surroundings around;
    private final WorkAsked asked;
    private final BooleanSupplier wanted;
    private final BiConsumer<WorkDone, Moment> then;
    private long nonce;
    private OptionalLong found = OptionalLong.empty();

    DoWork(Surroundings around, WorkAsked asked, BooleanSupplier wanted, BiConsumer<WorkDone, Moment> then) {
        this.around = around;
        this.asked = asked;
        this.wanted = wanted;
        this.then = then;
    }

    @Override
    public void run() {
        found = new Work(around.suite(), asked.challenge(), asked.effort()).search(nonce, PART);
        nonce += PART;
    }

    @Override
    public Cost cost() {
        return PART_COST;
    }

    @Override
    void deliver(Moment now) {
        if (!wanted.getAsBoolean()) {
            return;
        }
        if (found.isPresent()) {
            then.accept(new WorkDone(asked.effort(), found.getAsLong()), now);
        } else {
            around.effects().compute(this);
        }
    }
}
