package org.privatus.simulation.engine;

/// A thread other than the loop's touched a simulation: something in the code under test has a thread, a pool or a clock of its
/// own, and no run of it can be repeated.
public final class ForeignThreadException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ForeignThreadException(Thread thread) {
        super("thread \"" + thread.getName() + "\" touched the simulation's loop");
    }
}
