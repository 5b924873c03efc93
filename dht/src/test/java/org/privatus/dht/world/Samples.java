package org.privatus.dht.world;

import java.util.SplittableRandom;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.PuzzleProof;

/// Contacts and ids drawn at random.
public final class Samples {
    private final SplittableRandom random;

    public Samples(long seed) {
        random = new SplittableRandom(seed);
    }

    public SplittableRandom random() {
        return random;
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    public NodeId id() {
        return NodeId.of(bytes(32));
    }

    /// Somewhere on the public internet, each in a /24 of its own as a rule.
    public Contact contact() {
        return contact("%d.%d.%d.%d"
                .formatted(20 + random.nextInt(60), random.nextInt(256), random.nextInt(256), random.nextInt(256)));
    }

    public Contact contact(String address) {
        return contactAt(Endpoint.parse(address + ":" + (1 + random.nextInt(65_535))));
    }

    public Contact contactAt(Endpoint endpoint) {
        return new Contact(NodeKey.of(bytes(32)), PuzzleProof.of(bytes(16)), Contact.RELAYS, endpoint);
    }

    /// One whose id shares exactly so many leading bits with `self`.
    public Contact contactAtDepth(NodeId self, int depth) {
        Contact contact = contact();
        while (self.commonPrefixLength(contact.id()) != depth) {
            contact = contact();
        }
        return contact;
    }

    public Contact contactAtDepth(NodeId self, int depth, String endpoint) {
        return contactAtDepth(self, depth).at(Endpoint.parse(endpoint));
    }
}
