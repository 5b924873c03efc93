package org.privatus.simulation.run;

import org.privatus.node.control.StatusView;

/// A node in one line.
///
/// @param name the first digits of its id; empty when it did not answer
/// @param contacts in its routing table
/// @param operations of the DHT on their way
/// @param peers it has links with
/// @param circuits of its own, ready or not
/// @param relayed circuits of others
/// @param queued texts of its person without acknowledgement
/// @param pending events that are scheduled for it
public record NodeSketch(
        int node,
        boolean running,
        String name,
        int contacts,
        int operations,
        int peers,
        int circuitsReady,
        int circuits,
        int relayed,
        int queued,
        int pending) {
    static NodeSketch silent(int node, boolean running, int pending) {
        return new NodeSketch(node, running, "", 0, 0, 0, 0, 0, 0, 0, pending);
    }

    static NodeSketch of(int node, StatusView status, int pending) {
        long ready = status.circuits().stream()
                .filter(circuit -> circuit.state().equals("ready"))
                .count();
        return new NodeSketch(
                node,
                true,
                status.node(),
                status.dht().contacts(),
                status.dht().running(),
                status.peers().size(),
                (int) ready,
                status.circuits().size(),
                status.relaying().circuits(),
                status.messages().queued(),
                pending);
    }
}
