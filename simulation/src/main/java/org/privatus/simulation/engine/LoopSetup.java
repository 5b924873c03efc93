package org.privatus.simulation.engine;

import org.apache.pekko.actor.setup.Setup;

/// Carries the loop into an actor system that is being made, where [LoopExecutor] finds it.
final class LoopSetup extends Setup {
    private final EventLoop loop;

    LoopSetup(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }
}
