package org.privatus.node.actor;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Job;
import org.privatus.node.host.Compute;

/// The jobs that an actor's core hands out while it takes an input. What is done at once goes back to the core when the input is over ([#next()]);
/// all else comes as a message.
final class Jobs {
    private final Compute compute;
    private final Consumer<Job> message;
    private final ArrayDeque<Job> done = new ArrayDeque<>(1);

    /// @param message tells the actor of a job that is done, from any thread
    Jobs(Compute compute, Consumer<Job> message) {
        this.compute = compute;
        this.message = message;
    }

    void submit(Job job) {
        if (compute.doneAtOnce(job, message)) {
            done.addLast(job);
        }
    }

    /// The next that is done already and has not gone back yet.
    @Nullable
    Job next() {
        return done.pollFirst();
    }
}
