package org.privatus.simulation.bench.node;

import java.util.List;
import org.privatus.simulation.bench.work.Work;

/// What a node in a child process is told to do. Each order is answered by one [NodeReply].
public sealed interface NodeOrder {
    /// The first order. Answered once the node listens.
    ///
    /// @param join nodes to join through; empty for the first of a network
    /// @param settings `KEY=VALUE`, beside those of the profile `dev`
    /// @param directory on the disk that the node watches
    record Start(List<String> join, List<String> settings, String directory) implements NodeOrder {}

    /// Answered once the node has joined.
    record AwaitJoined() implements NodeOrder {}

    /// Makes a person reachable; whoever opens a splice finds an answering desk. Answered once the person can be reached.
    record Serve() implements NodeOrder {}

    /// Opens so many splices, one after the other, beside those that are open.
    record OpenSplices(String person, int count) implements NodeOrder {}

    /// Opens so many circuits, one after the other, beside those that are open; work is done with their last hops.
    record OpenCircuits(int hops, int count) implements NodeOrder {}

    /// Closes all splices.
    record CloseSplices() implements NodeOrder {}

    /// Lets peers open direct streams, which find an answering desk.
    record AcceptDirect() implements NodeOrder {}

    /// Opens a direct stream, beside those that are open.
    ///
    /// @param node by which others join
    record OpenDirect(String node) implements NodeOrder {}

    /// Works on the streams that are open, each piece on a stream of its own, all at once.
    record Run(List<Work> works) implements NodeOrder {}

    /// Builds circuits until so many are ready, all at once.
    record BuildCircuits(int ready) implements NodeOrder {}

    /// What is on the heap after a collection, and how many circuits of others pass.
    record Weigh() implements NodeOrder {}

    /// Begins to sample what the process does.
    record BeginProfile() implements NodeOrder {}

    /// Ends that, and leaves a recording in a file.
    record EndProfile(String file) implements NodeOrder {}
}
