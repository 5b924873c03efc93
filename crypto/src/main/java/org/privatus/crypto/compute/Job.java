package org.privatus.crypto.compute;

import org.jspecify.annotations.Nullable;

/// A piece of work that is too long for the thread that found it (above about 10 µs), with its inputs and, after
/// [#run()], its result.
///
/// A core makes a job, hands it out as an effect and gets the same object back as an input; sub-classes stay private
/// to the core, which tells them apart by pattern. Between the two the job alone owns the state that it holds. It
/// runs once, on any thread, and neither reads a clock nor blocks.
public abstract class Job {
    private @Nullable RuntimeException failure;

    /// Does the work. Bad input from a peer is a result, kept in the job, never an exception; what is thrown here is
    /// a bug of ours.
    public abstract void run();

    /// What the work consists of. The simulator turns it into virtual time; it is known before the job has run.
    public abstract Cost cost();

    /// What {@link #run()} threw, or why it never ran: whoever runs jobs says so before handing this one back.
    public final void fail(RuntimeException cause) {
        failure = cause;
        erase();
    }

    /// This job if it was done. Otherwise the failure is thrown where the job came from: an owner that waited for ever
    /// would be worse than one that is started again.
    public final Job orThrow() {
        if (failure != null) {
            throw new IllegalStateException("a job was not done", failure);
        }
        return this;
    }

    /// Forgets secrets, inputs and results alike. Called when the result arrives for state that is no more.
    public void erase() {}
}
