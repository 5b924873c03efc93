package org.privatus.node.actor;

import java.util.List;
import java.util.Optional;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.store.MessageStore;
import org.privatus.onion.path.PathMemory;

/// Who a node is and how it is to run: all that a [NodeGuardian] needs beside its host.
///
/// @param listen where to bind; port 0 lets the system choose
/// @param bootstrap contacts to join through; empty for the first node of a network
/// @param onionKeys what circuits through this node are built with
/// @param person whose messages the node carries; a node without one relays for others
/// @param paths guards of an earlier run
public record NodeSpec(
        NetworkId network,
        NodeIdentity identity,
        OnionKeys onionKeys,
        Optional<Person> person,
        Endpoint listen,
        List<Contact> bootstrap,
        NodeSettings settings,
        PathMemory paths) {
    public NodeSpec {
        bootstrap = List.copyOf(bootstrap);
    }

    /// A node that remembers no guards.
    public NodeSpec(
            NetworkId network,
            NodeIdentity identity,
            OnionKeys onionKeys,
            Optional<Person> person,
            Endpoint listen,
            List<Contact> bootstrap,
            NodeSettings settings) {
        this(network, identity, onionKeys, person, listen, bootstrap, settings, PathMemory.EMPTY);
    }

    /// The person whose messages a node carries.
    ///
    /// @param store open, and this person's alone
    public record Person(PersonIdentity identity, MessageStore store) {}
}
