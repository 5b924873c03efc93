package org.privatus.crypto.identity;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// How to reach a node, as nodes tell each other: an entry of a routing table, never a person.
///
/// ```
///  0        32       48      49
///  | key 32 | P 16   | flags | endpoint 6 or 18 |
/// ```
/// Flag bit 0: the endpoint is IPv6 (set here, whatever was asked for); bit 1: the node relays; others are kept as
/// they came. A contact is a claim until a round trip has proved it.
public final class Contact {
    public static final int IPV6 = 1;
    public static final int RELAYS = 1 << 1;

    public static final int IPV4_LENGTH = Bytes32.LENGTH + Bytes16.LENGTH + 1 + Endpoint.IPV4_LENGTH;
    public static final int IPV6_LENGTH = Bytes32.LENGTH + Bytes16.LENGTH + 1 + Endpoint.IPV6_LENGTH;

    private static final int ALL_FLAGS = 0xff;

    private final NodeKey key;
    private final PuzzleProof proof;
    private final int flags;
    private final Endpoint endpoint;

    /// Computed when first asked for. Threads may race: all find the same.
    private @Nullable NodeId id;

    public Contact(NodeKey key, PuzzleProof proof, int flags, Endpoint endpoint) {
        if ((flags & ~ALL_FLAGS) != 0) {
            throw new IllegalArgumentException("flags " + flags);
        }
        this.key = key;
        this.proof = proof;
        this.flags = endpoint.isIpv4() ? flags & ~IPV6 : flags | IPV6;
        this.endpoint = endpoint;
    }

    public static Contact read(WireReader in) throws MalformedPacketException {
        NodeKey key = NodeKey.read(in);
        PuzzleProof proof = PuzzleProof.read(in);
        int flags = in.u8();
        return new Contact(key, proof, flags, Endpoint.read(in, (flags & IPV6) != 0));
    }

    public void write(WireWriter out) {
        key.write(out);
        proof.write(out);
        out.u8(flags);
        endpoint.write(out);
    }

    /// Bytes that [#write] writes: 55 or 67.
    public int length() {
        return endpoint.isIpv4() ? IPV4_LENGTH : IPV6_LENGTH;
    }

    public NodeKey key() {
        return key;
    }

    public PuzzleProof proof() {
        return proof;
    }

    public int flags() {
        return flags;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public boolean relays() {
        return (flags & RELAYS) != 0;
    }

    public NodeId id() {
        NodeId known = id;
        if (known == null) {
            known = NodeId.of(proof, key);
            id = known;
        }
        return known;
    }

    /// The same node elsewhere.
    public Contact at(Endpoint other) {
        return endpoint.equals(other) ? this : new Contact(key, proof, flags, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Contact that
                && flags == that.flags
                && key.equals(that.key)
                && proof.equals(that.proof)
                && endpoint.equals(that.endpoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, endpoint);
    }

    @Override
    public String toString() {
        return key + "@" + endpoint;
    }
}
