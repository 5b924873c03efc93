package org.privatus.onion.relay;

import org.privatus.crypto.compute.Job;

/// Work of the relay, which knows where its result belongs.
abstract class RelayJob extends Job {
    /// Hands the result over. Called by the core only.
    abstract void deliver(long nowNanos);
}
