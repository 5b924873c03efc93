package org.privatus.onion.circuit;

import org.privatus.crypto.compute.Job;
import org.privatus.onion.flow.Moment;

/// Work of this core, which knows where its result belongs.
abstract class CircuitJob extends Job {
    /// Hands the result over, or erases it where it belongs nowhere any more. Called by the core only.
    abstract void deliver(Moment now);
}
