package org.privatus.node.actor;

import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.onion.path.PathMemory;

/// What a node tells whoever runs it: the process, `localnet`, or a simulation.
public sealed interface NodeEvent {
    /// The socket is bound; others can join through this contact once the node is reachable there.
    record Listening(Contact self) implements NodeEvent {}

    /// The socket could not be bound; the node has stopped.
    record ListenFailed(String reason) implements NodeEvent {}

    /// The node is part of the network.
    ///
    /// @param contacts in the routing table
    record Joined(int contacts) implements NodeEvent {}

    /// Nobody of the bootstrap contacts answered; the node keeps trying.
    record Unreachable(int tried) implements NodeEvent {}

    /// Contacts worth keeping for the next start.
    record ContactsKnown(List<Contact> contacts) implements NodeEvent {
        public ContactsKnown {
            contacts = List.copyOf(contacts);
        }
    }

    /// The onion keys were rotated and have to be kept.
    record OnionKeysRotated(OnionKeys keys) implements NodeEvent {}

    /// Guards have to be kept for [NodeSpec#paths] of the next start.
    record PathsChanged(PathMemory memory) implements NodeEvent {}

    /// Circuits are up and the person can be reached.
    record Ready() implements NodeEvent {}

    /// Something of the node took this long.
    ///
    /// @param name of the work, such as [#CIRCUIT]
    record Took(String name, long nanos) implements NodeEvent {
        /// A circuit, from its first cell to the last hop's answer.
        public static final String CIRCUIT = "circuit.built";

        /// A lookup or another operation on the DHT.
        public static final String DHT_OPERATION = "dht.operation";
    }

    /// A child crashed and will be started again.
    record Crashed(String child) implements NodeEvent {}
}
