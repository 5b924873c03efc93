package org.privatus.crypto.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// What a node says of itself, signed: at most 320 bytes, and only one way to write each. Immutable.
///
/// ```
///  0         1        33         49     65            97       105       113
///  | version | key 32 | nonce 16 | P 16 | onion key 32 | from 8 | until 8 | family 8 |
///  121        125           129              133
///  | uptime 4 | bandwidth 4 | capabilities 4 | count 1 | count × (ipv6 1, endpoint 6 or 18) |
///  | n 1 | extension n ≤ 64 | signature 64 |
/// ```
/// The signature covers `"privatus descriptor" ‖ network id 2 ‖` all before it, so that a descriptor is good in one
/// network only. P follows from key and nonce; it stands here so that the id is known before a millisecond is spent
/// on [#verify]. The extension is for versions to come: kept and signed, not understood. What [#read]
/// returned is a claim until it is verified.
public final class NodeDescriptor {
    public static final int MAX_LENGTH = 320;
    public static final int MAX_ENDPOINTS = 3;

    /// The longest that one may be valid, in ms: its onion key is answered to for a week after the next has come.
    public static final long MAX_VALIDITY_MILLIS = OnionKeys.ROTATION_MILLIS;

    /// What [#verify] costs.
    public static final Cost VERIFY = Puzzle.CHECK.plus(Cost.verifications(1));

    /// Capability bit 0: forwards cells for others.
    public static final int RELAYS = 1;

    private static final int VERSION = 1;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int MAX_EXTENSION_LENGTH = 64;
    private static final byte[] LABEL = "privatus descriptor".getBytes(StandardCharsets.US_ASCII);

    private final NodeKey key;
    private final PuzzleNonce nonce;
    private final PuzzleProof proof;
    private final Content content;
    private final NodeId id;
    /// Everything, signature included.
    private final byte[] encoded;

    private NodeDescriptor(NodeKey key, PuzzleNonce nonce, PuzzleProof proof, Content content, byte[] encoded) {
        this.key = key;
        this.nonce = nonce;
        this.proof = proof;
        this.content = content;
        this.id = NodeId.of(proof, key);
        this.encoded = encoded;
    }

    /// Signs `content` as `identity`.
    public static NodeDescriptor create(CryptoSuite suite, NodeIdentity identity, NetworkId network, Content content) {
        WireWriter out = WireWriter.allocate(MAX_LENGTH);
        out.u8(VERSION);
        identity.key().write(out);
        identity.nonce().write(out);
        identity.proof().write(out);
        content.write(out);
        out.u8(0);
        out.bytes(identity.sign(suite, signed(network, out.toBytes())));
        return new NodeDescriptor(identity.key(), identity.nonce(), identity.proof(), content, out.toBytes());
    }

    /// Reads one, unverified.
    public static NodeDescriptor read(byte[] bytes) throws MalformedPacketException {
        if (bytes.length > MAX_LENGTH) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        var in = new WireReader(bytes);
        if (in.u8() != VERSION) {
            throw new MalformedPacketException(Reason.BAD_VERSION);
        }
        NodeKey key = NodeKey.read(in);
        PuzzleNonce nonce = PuzzleNonce.read(in);
        PuzzleProof proof = PuzzleProof.read(in);
        Content content = Content.read(in);
        int extension = in.u8();
        if (extension > MAX_EXTENSION_LENGTH) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        in.skip(extension);
        in.skip(SIGNATURE_LENGTH);
        in.expectEnd();
        return new NodeDescriptor(key, nonce, proof, content, bytes.clone());
    }

    /// Whether the node of [#key()] signed this for `network` and has solved that network's puzzle. Dates are
    /// checked by [#isValidAt]. Takes about a millisecond.
    public boolean verify(CryptoSuite suite, NetworkId network) {
        int signedLength = encoded.length - SIGNATURE_LENGTH;
        byte[] message = signed(network, Arrays.copyOf(encoded, signedLength));
        byte[] signature = Arrays.copyOfRange(encoded, signedLength, encoded.length);
        return suite.ed25519Verify(key.toBytes(), message, signature)
                && Puzzle.check(suite, key, nonce, network.puzzleBits())
                        .filter(proof::equals)
                        .isPresent();
    }

    private static byte[] signed(NetworkId network, byte[] body) {
        WireWriter out = WireWriter.allocate(LABEL.length + NetworkId.LENGTH + body.length);
        out.bytes(LABEL);
        network.write(out);
        return out.bytes(body).toBytes();
    }

    /// Whether `epochMillis` lies within the validity, give or take `skewMillis` for clocks that differ.
    public boolean isValidAt(long epochMillis, long skewMillis) {
        return epochMillis >= content.validFromEpochMillis - skewMillis
                && epochMillis < content.validUntilEpochMillis + skewMillis;
    }

    /// Whether this takes the place of `other`, of the same node: the later beginning wins, and of equal ones the
    /// greater bytes, so that all decide alike.
    public boolean supersedes(NodeDescriptor other) {
        int byDate = Long.compare(content.validFromEpochMillis, other.content.validFromEpochMillis);
        return byDate != 0 ? byDate > 0 : Arrays.compareUnsigned(encoded, other.encoded) > 0;
    }

    public NodeId id() {
        return id;
    }

    public NodeKey key() {
        return key;
    }

    public PuzzleNonce nonce() {
        return nonce;
    }

    public PuzzleProof proof() {
        return proof;
    }

    public Content content() {
        return content;
    }

    public List<Endpoint> endpoints() {
        return content.endpoints;
    }

    public OnionKey onionKey() {
        return content.onionKey;
    }

    public boolean relays() {
        return (content.capabilities & RELAYS) != 0;
    }

    /// The node at its first endpoint.
    public Contact contact() {
        return new Contact(key, proof, relays() ? Contact.RELAYS : 0, content.endpoints.getFirst());
    }

    /// A copy of all bytes: what [#read] reads.
    public byte[] toBytes() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeDescriptor that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "NodeDescriptor " + id;
    }

    /// What a node may say.
    ///
    /// @param endpoints one to three different ones, the preferred first
    /// @param validFromEpochMillis also what orders the descriptors of one node
    /// @param validUntilEpochMillis at most a week later
    /// @param family a number that the nodes of one operator share, so that no path takes two of them; 0 for none
    /// @param uptimeSeconds claimed, and believed by nobody
    /// @param bandwidthKbits claimed, in kbit/s
    /// @param capabilities bits, [#RELAYS] and others yet unknown
    public record Content(
            List<Endpoint> endpoints,
            OnionKey onionKey,
            long validFromEpochMillis,
            long validUntilEpochMillis,
            long family,
            long uptimeSeconds,
            long bandwidthKbits,
            int capabilities) {
        public Content {
            endpoints = List.copyOf(endpoints);
            if (!isSound(endpoints, validFromEpochMillis, validUntilEpochMillis)) {
                throw new IllegalArgumentException(
                        endpoints + ", valid from " + validFromEpochMillis + " until " + validUntilEpochMillis);
            }
        }

        private static boolean isSound(List<Endpoint> endpoints, long from, long until) {
            return !endpoints.isEmpty()
                    && endpoints.size() <= MAX_ENDPOINTS
                    && endpoints.stream().distinct().count() == endpoints.size()
                    && endpoints.stream().allMatch(Endpoint::isDialable)
                    && from >= 0
                    && until > from
                    && until - from <= MAX_VALIDITY_MILLIS;
        }

        private static Content read(WireReader in) throws MalformedPacketException {
            OnionKey onionKey = OnionKey.read(in);
            long from = in.u64();
            long until = in.u64();
            long family = in.u64();
            long uptime = in.u32();
            long bandwidth = in.u32();
            int capabilities = (int) in.u32();
            List<Endpoint> endpoints = readEndpoints(in);
            if (!isSound(endpoints, from, until)) {
                throw new MalformedPacketException(Reason.BAD_VALUE);
            }
            return new Content(endpoints, onionKey, from, until, family, uptime, bandwidth, capabilities);
        }

        private static List<Endpoint> readEndpoints(WireReader in) throws MalformedPacketException {
            int count = in.u8();
            if (count > MAX_ENDPOINTS) {
                throw new MalformedPacketException(Reason.TOO_LONG);
            }
            var endpoints = new ArrayList<Endpoint>(count);
            for (int i = 0; i < count; i++) {
                int form = in.u8();
                if (form > 1) {
                    throw new MalformedPacketException(Reason.BAD_VALUE);
                }
                endpoints.add(Endpoint.read(in, form == 1));
            }
            return endpoints;
        }

        private void write(WireWriter out) {
            onionKey.write(out);
            out.u64(validFromEpochMillis).u64(validUntilEpochMillis).u64(family);
            out.u32(uptimeSeconds).u32(bandwidthKbits).u32(Integer.toUnsignedLong(capabilities));
            out.u8(endpoints.size());
            for (Endpoint endpoint : endpoints) {
                out.u8(endpoint.isIpv4() ? 0 : 1);
                endpoint.write(out);
            }
        }
    }
}
