package org.privatus.onion.path;

import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.OnionKey;

/// What must be known about a relay to extend a circuit to it.
public record PathHop(Contact contact, OnionKey onionKey) {
    public NodeId id() {
        return contact.id();
    }
}
