package org.privatus.crypto.identity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
///
/// Kept as words, in one object of 80 bytes: a node reads and writes twenty contacts per answer, and a table holds hundreds. The id is
/// computed, and kept, when first asked for.
public final class Contact {
    public static final int IPV6 = 1;
    public static final int RELAYS = 1 << 1;

    public static final int IPV4_LENGTH = Bytes32.LENGTH + Bytes16.LENGTH + 1 + Endpoint.IPV4_LENGTH;
    public static final int IPV6_LENGTH = Bytes32.LENGTH + Bytes16.LENGTH + 1 + Endpoint.IPV6_LENGTH;

    private static final int ALL_FLAGS = 0xff;

    private static final int PROOF_AT = Bytes32.LENGTH;
    private static final int FLAGS_AT = PROOF_AT + Bytes16.LENGTH;
    private static final int ENDPOINT_AT = FLAGS_AT + 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle CHAR = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.BIG_ENDIAN);

    private final long key0;
    private final long key1;
    private final long key2;
    private final long key3;
    private final long proofHigh;
    private final long proofLow;
    private final long addressHigh;
    private final long addressLow;
    private final char port;
    private final byte flags;

    /// Threads may race: all find the same.
    private @Nullable NodeId id;

    public Contact(NodeKey key, PuzzleProof proof, int flags, Endpoint endpoint) {
        this(
                key.word(0),
                key.word(1),
                key.word(2),
                key.word(3),
                proof.high(),
                proof.low(),
                endpoint.isIpv4() ? flags & ~IPV6 : flags | IPV6,
                endpoint.addressHigh(),
                endpoint.addressLow(),
                endpoint.port());
    }

    private Contact(
            long key0,
            long key1,
            long key2,
            long key3,
            long proofHigh,
            long proofLow,
            int flags,
            long addressHigh,
            long addressLow,
            int port) {
        if ((flags & ~ALL_FLAGS) != 0) {
            throw new IllegalArgumentException("flags " + flags);
        }
        this.key0 = key0;
        this.key1 = key1;
        this.key2 = key2;
        this.key3 = key3;
        this.proofHigh = proofHigh;
        this.proofLow = proofLow;
        this.flags = (byte) flags;
        this.addressHigh = addressHigh;
        this.addressLow = addressLow;
        this.port = (char) port;
    }

    public static Contact read(WireReader in) throws MalformedPacketException {
        long key0 = in.u64();
        long key1 = in.u64();
        long key2 = in.u64();
        long key3 = in.u64();
        long proofHigh = in.u64();
        long proofLow = in.u64();
        int flags = in.u8();
        boolean ipv6 = (flags & IPV6) != 0;
        long addressHigh = ipv6 ? in.u64() : 0;
        long addressLow = ipv6 ? in.u64() : in.u32();
        int port = in.u16();
        Endpoint.expectUsable(!ipv6, addressHigh, addressLow, port);
        return new Contact(key0, key1, key2, key3, proofHigh, proofLow, flags, addressHigh, addressLow, port);
    }

    /// Moves behind a contact that [#read] would accept.
    static void skip(WireReader in) throws MalformedPacketException {
        in.skip(FLAGS_AT);
        boolean ipv6 = (in.u8() & IPV6) != 0;
        long addressHigh = ipv6 ? in.u64() : 0;
        long addressLow = ipv6 ? in.u64() : in.u32();
        Endpoint.expectUsable(!ipv6, addressHigh, addressLow, in.u16());
    }

    public void write(WireWriter out) {
        out.u64(key0).u64(key1).u64(key2).u64(key3).u64(proofHigh).u64(proofLow).u8(flags());
        if (isIpv4()) {
            out.u32(addressLow);
        } else {
            out.u64(addressHigh).u64(addressLow);
        }
        out.u16(port);
    }

    /// Bytes that [#write] writes: 55 or 67.
    public int length() {
        return isIpv4() ? IPV4_LENGTH : IPV6_LENGTH;
    }

    private boolean isIpv4() {
        return (flags & IPV6) == 0;
    }

    /// A new object each time, as [#proof()] and [#endpoint()].
    public NodeKey key() {
        return NodeKey.ofWords(key0, key1, key2, key3);
    }

    public PuzzleProof proof() {
        return PuzzleProof.ofWords(proofHigh, proofLow);
    }

    public int flags() {
        return flags & ALL_FLAGS;
    }

    public Endpoint endpoint() {
        return new Endpoint(isIpv4(), addressHigh, addressLow, port);
    }

    public boolean relays() {
        return (flags & RELAYS) != 0;
    }

    /// Whether both are one node, wherever: without computing ids.
    public boolean isNodeOf(Contact other) {
        return key0 == other.key0
                && key1 == other.key1
                && key2 == other.key2
                && key3 == other.key3
                && proofHigh == other.proofHigh
                && proofLow == other.proofLow;
    }

    /// As [#isNodeOf], of one that is written at `offset`.
    boolean isNodeAt(byte[] bytes, int offset) {
        return key0 == word(bytes, offset)
                && key1 == word(bytes, offset + Long.BYTES)
                && key2 == word(bytes, offset + 2 * Long.BYTES)
                && key3 == word(bytes, offset + 3 * Long.BYTES)
                && proofHigh == word(bytes, offset + PROOF_AT)
                && proofLow == word(bytes, offset + PROOF_AT + Long.BYTES);
    }

    private static long word(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /// Whether both are reached at one endpoint.
    public boolean isAtEndpointOf(Contact other) {
        return addressLow == other.addressLow
                && addressHigh == other.addressHigh
                && port == other.port
                && isIpv4() == other.isIpv4();
    }

    /// As [#isAtEndpointOf], of one that is written at `offset`.
    boolean isAtEndpointAt(byte[] bytes, int offset) {
        return endpointAt(bytes, offset).isAt(isIpv4(), addressHigh, addressLow, port);
    }

    /// As [#endpoint()], of one that is written at `offset`.
    static Endpoint endpointAt(byte[] bytes, int offset) {
        int at = offset + ENDPOINT_AT;
        return (bytes[offset + FLAGS_AT] & IPV6) == 0
                ? new Endpoint(true, 0, (int) INT.get(bytes, at) & 0xffff_ffffL, portAt(bytes, at + Integer.BYTES))
                : new Endpoint(
                        false, word(bytes, at), word(bytes, at + Long.BYTES), portAt(bytes, at + 2 * Long.BYTES));
    }

    private static char portAt(byte[] bytes, int offset) {
        return (char) CHAR.get(bytes, offset);
    }

    /// A hash of the node that costs nothing: bits of its key, which others choose.
    public int nodeHash() {
        return Long.hashCode(key0);
    }

    /// As [#nodeHash()], of one that is written at `offset`.
    static int nodeHashAt(byte[] bytes, int offset) {
        return Long.hashCode(word(bytes, offset));
    }

    public NodeId id() {
        NodeId known = id;
        if (known == null) {
            known = NodeId.of(proof(), key());
            id = known;
        }
        return known;
    }

    /// This one, whose id is known already.
    Contact withId(NodeId known) {
        id = known;
        return this;
    }

    /// The same node elsewhere.
    public Contact at(Endpoint other) {
        return endpoint().equals(other) ? this : new Contact(key(), proof(), flags(), other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Contact that && flags == that.flags && isNodeOf(that) && isAtEndpointOf(that);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(key0 ^ key1 ^ key2 ^ key3) + Long.hashCode(addressHigh * 31 + addressLow) + port;
    }

    @Override
    public String toString() {
        return key() + "@" + endpoint();
    }
}
