package org.privatus.simulation.bench.node;

import java.util.List;
import org.privatus.simulation.bench.work.Outcome;

/// What a node in a child process answers.
public sealed interface NodeReply {
    /// The node listens.
    ///
    /// @param join by which others join
    record Started(String join) implements NodeReply {}

    /// It was done.
    ///
    /// @param nanos that it took
    record Done(long nanos) implements NodeReply {}

    /// Others can write to the person.
    ///
    /// @param address of the person that is served
    record Reachable(String address) implements NodeReply {}

    /// Streams are open.
    ///
    /// @param nanos from the request to the moment at which bytes could be sent, one for each
    record Opened(List<Long> nanos) implements NodeReply {}

    /// One of each piece of work, in their order.
    record Worked(List<Outcome> outcomes) implements NodeReply {}

    /// Circuits are ready.
    ///
    /// @param nanos until all were ready
    /// @param eachNanos what each took by itself
    record Built(long nanos, List<Long> eachNanos) implements NodeReply {}

    /// What the process holds.
    ///
    /// @param circuits of others
    record Weight(long heapBytes, int circuits) implements NodeReply {}

    /// The order was not carried out.
    ///
    /// @param why one line for the user
    record Failed(String why) implements NodeReply {}
}
