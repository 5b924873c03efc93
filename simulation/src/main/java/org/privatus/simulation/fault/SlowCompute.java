package org.privatus.simulation.fault;

import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.privatus.crypto.compute.Job;
import org.privatus.node.host.Compute;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

/// Heavy work that takes a multiple of the usual time, waiting included.
///
/// @param factor is asked for each job when its result is there; 1 is the usual
public record SlowCompute(Compute inner, EventLoop loop, DoubleSupplier factor) implements Compute {
    @Override
    public void submit(Job job, Consumer<Job> done) {
        long begun = loop.nowNanos();
        inner.submit(job, finished -> {
            long more = (long) ((loop.nowNanos() - begun) * (factor.getAsDouble() - 1));
            if (more <= 0) {
                done.accept(finished);
            } else {
                loop.after(more, EventKind.COMPUTED, () -> done.accept(finished));
            }
        });
    }
}
