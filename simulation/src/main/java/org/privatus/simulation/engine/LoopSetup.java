package org.privatus.simulation.engine;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/// Carries the loop into an actor system that is being made, where [LoopExecutor] and [LoopMailbox] find it.
final class LoopSetup extends Setup {
    private final EventLoop loop;

    LoopSetup(EventLoop loop) {
        this.loop = loop;
    }

    static EventLoop in(ActorSystem.Settings settings) {
        return settings.setup()
                .get(LoopSetup.class)
                .orElseThrow(() -> new IllegalStateException("only LoopSystem starts actor systems on a loop"))
                .loop;
    }
}
