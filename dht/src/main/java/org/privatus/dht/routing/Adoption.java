package org.privatus.dht.routing;

import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;

/// Contacts that are to enter an empty table together, with what the rules and the buckets need to know of them.
///
/// All contacts are read before any rule is applied: in a large simulation each is a cache miss, and these overlap as long as nothing depends on what
/// was read.
final class Adoption {
    private final Contact[] contacts;
    private final short[] depths;
    private final int[] keys;
    private final long[] groups;
    private int taken;

    Adoption(NodeId self, List<Contact> proven) {
        int size = proven.size();
        contacts = proven.toArray(new Contact[size]);
        depths = new short[size];
        keys = new int[size];
        groups = new long[size];
        for (int i = 0; i < size; i++) {
            Contact contact = contacts[i];
            NodeId id = contact.id();
            int depth = self.commonPrefixLength(id);
            depths[i] = (short) depth;
            keys[i] = Members.keyOf(id, depth);
            groups[i] = contact.endpoint().group();
        }
    }

    int offered() {
        return contacts.length;
    }

    Contact contact(int index) {
        return contacts[index];
    }

    /// The bucket; {@link NodeId#BITS} for the node itself.
    int depth(int index) {
        return depths[index];
    }

    int key(int index) {
        return keys[index];
    }

    /// The address group.
    long group(int index) {
        return groups[index];
    }

    /// Those taken move to the front, in their order: none may be taken after one behind it.
    void take(int index) {
        contacts[taken] = contacts[index];
        depths[taken] = depths[index];
        keys[taken] = keys[index];
        taken++;
    }

    int taken() {
        return taken;
    }
}
