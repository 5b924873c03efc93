package org.privatus.node.host;

import java.util.function.Consumer;
import org.privatus.crypto.compute.Job;

/// Where work over some 10 µs is done: the crypto pool of a real process, a configured delay in the simulator.
public interface Compute {
    /// Runs `job` once and then calls `done` with it. Never blocks. The job owns its state meanwhile.
    ///
    /// @param done called on any thread: hand the job to an actor, `job -> self.tell(new Computed(job))`. Whoever
    /// finds the
    ///     owner of the state gone calls [Job#erase()]
    void submit(Job job, Consumer<Job> done);

    /// As [#submit], but what takes no time may be done at once: then true, and `done` is not called.
    default boolean doneAtOnce(Job job, Consumer<Job> done) {
        submit(job, done);
        return false;
    }
}
