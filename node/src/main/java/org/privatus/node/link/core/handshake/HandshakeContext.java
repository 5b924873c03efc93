package org.privatus.node.link.core.handshake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.noise.HandshakeState;
import org.privatus.crypto.noise.NoiseProtocol;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.Versions;

/// What all handshakes of a node in one version of the protocol share: who it is, which network it speaks in. Immutable, so that jobs on any thread may
/// use it. Whoever speaks several versions has one of these for each, from the highest down ([#lower()]).
public final class HandshakeContext {
    private static final byte[] MAC1_LABEL = "privatus link mac1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROOF_LABEL = "privatus link proof".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final NoiseProtocol PROTOCOL = NoiseProtocol.XK_AESGCM;

    /// Datagrams may be shared with their sender, who repeats them: they are opened here, whatever thread runs the job.
    private static final ThreadLocal<byte[]> OPENED = ThreadLocal.withInitial(() -> new byte[PacketLayout.MAX_PACKET]);

    private final CryptoSuite suite;
    private final SecureRandom keys;
    private final NodeIdentity self;
    private final int puzzleBits;
    private final Versions versions;
    private final int version;
    private final @Nullable HandshakeContext lower;
    private final byte[] prologue;
    private final X25519KeyPair linkKey;
    private final byte[] ownMacKey;

    /// Speaks what this code speaks.
    public HandshakeContext(CryptoSuite suite, SecureRandom keys, NodeIdentity self, NetworkId network) {
        this(suite, keys, self, network, Versions.CURRENT);
    }

    /// Speaks the highest of the versions; the others are found below it.
    public HandshakeContext(
            CryptoSuite suite, SecureRandom keys, NodeIdentity self, NetworkId network, Versions versions) {
        this(suite, keys, self, network, versions, versions.count() - 1, X25519KeyPair.of(suite, self.linkSecret()));
    }

    private HandshakeContext(
            CryptoSuite suite,
            SecureRandom keys,
            NodeIdentity self,
            NetworkId network,
            Versions versions,
            int place,
            X25519KeyPair linkKey) {
        this.suite = suite;
        this.keys = keys;
        this.self = self;
        this.puzzleBits = network.puzzleBits();
        this.versions = versions;
        this.version = versions.at(place);
        WireWriter out = WireWriter.allocate(1 + NetworkId.LENGTH).u8(version);
        network.write(out);
        this.prologue = out.toBytes();
        this.linkKey = linkKey;
        this.ownMacKey = macKey(linkKey.publicKey());
        this.lower = place == 0 ? null : new HandshakeContext(suite, keys, self, network, versions, place - 1, linkKey);
    }

    /// The version that is spoken in these handshakes.
    public int version() {
        return version;
    }

    /// All that this node speaks, as it states them.
    Versions versions() {
        return versions;
    }

    /// The same in the next lower version that this node speaks.
    public Optional<HandshakeContext> lower() {
        return Optional.ofNullable(lower);
    }

    /// This, or the same in a lower version; empty if this node does not speak it.
    public Optional<HandshakeContext> speaking(int wanted) {
        HandshakeContext context = this;
        while (context != null && context.version != wanted) {
            context = context.lower;
        }
        return Optional.ofNullable(context);
    }

    /// Checks what the peer states it speaks, which has been authenticated: this version has to be the best that both do.
    ///
    /// @throws MalformedPacketException [Reason#UNEXPECTED] if the peer states nothing, [Reason#BAD_VERSION] if somebody has pushed both back
    void expectNoneBetter(@Nullable Versions stated) throws MalformedPacketException {
        if (stated == null) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        if (versions.best(stated) != version) {
            throw new MalformedPacketException(Reason.BAD_VERSION);
        }
    }

    /// Whether `mac1` of a message 1 shows that its sender knows this node's key. Costs a hash, no agreement.
    ///
    /// @param message of a length that {@link PacketLayout#isMessage1Length} allows
    public boolean knowsUs(byte[] message) {
        int mac1 = PacketLayout.mac1Offset(message);
        return isMac(suite.hmacSha256(ownMacKey, message, 0, mac1), message, mac1);
    }

    /// The message 1 that answers a cookie reply: the same bytes but `mac2`. Empty if the reply is none to that message.
    ///
    /// @param reply of {@link PacketLayout#COOKIE_REPLY_LENGTH} bytes
    public Optional<byte[]> showCookie(NodeKey responder, byte[] message1, byte[] reply) {
        try {
            byte[] key = CookieSeal.key(suite, prologue, suite.x25519OfEd25519Public(responder.toBytes()));
            return CookieSeal.open(suite, key, message1, reply).map(cookie -> withMac2(message1, cookie));
        } catch (MalformedPacketException unusableKey) {
            return Optional.empty();
        }
    }

    private byte[] withMac2(byte[] message1, byte[] cookie) {
        byte[] answer = message1.clone();
        byte[] mac2 = Cookies.mac2(suite, cookie, message1);
        System.arraycopy(mac2, 0, answer, answer.length - PacketLayout.MAC_LENGTH, PacketLayout.MAC_LENGTH);
        return answer;
    }

    static long firstLong(byte[] hash) {
        return (long) LONG.get(hash, 0);
    }

    byte[] ownCookieKey() {
        return CookieSeal.key(suite, prologue, linkKey.publicKey());
    }

    SecureRandom keys() {
        return keys;
    }

    /// Whether a message 2 or 3 is from whoever takes part in the handshake: its last 16 bytes show that. Costs two hashes, no agreement, and changes
    /// nothing.
    ///
    /// @param handshake as it was before that message
    public boolean isProved(HandshakeState handshake, byte[] message) {
        byte[] proof = proof(proofKey(handshake), message);
        return isMac(proof, message, message.length - PacketLayout.MAC_LENGTH);
    }

    /// Under which message 2 or 3 is proved, if the handshake has come as far as to the message before it.
    byte[] proofKey(HandshakeState handshake) {
        return handshake.deriveKey(PROOF_LABEL);
    }

    /// Fills in the last 16 bytes of message 2 or 3, and erases the key.
    void writeProof(byte[] key, byte[] message) {
        byte[] proof = proof(key, message);
        System.arraycopy(proof, 0, message, message.length - PacketLayout.MAC_LENGTH, PacketLayout.MAC_LENGTH);
    }

    private byte[] proof(byte[] key, byte[] message) {
        byte[] mac = suite.hmacSha256(key, message, 0, message.length - PacketLayout.MAC_LENGTH);
        Arrays.fill(key, (byte) 0);
        return mac;
    }

    /// Whether the first 16 bytes of a hash stand in the message, in a time that does not depend on them.
    static boolean isMac(byte[] hash, byte[] message, int offset) {
        long high = (long) LONG.get(hash, 0) ^ (long) LONG.get(message, offset);
        long low = (long) LONG.get(hash, Long.BYTES) ^ (long) LONG.get(message, offset + Long.BYTES);
        return (high | low) == 0;
    }

    /// Where a job opens a message and reads it before it ends, and erases it with {@link #forget}.
    static byte[] opened() {
        return OPENED.get();
    }

    /// Of what was opened last, which may have been all of it.
    static void forget(int length) {
        Arrays.fill(OPENED.get(), 0, length, (byte) 0);
    }

    CryptoSuite suite() {
        return suite;
    }

    NodeIdentity self() {
        return self;
    }

    int puzzleBits() {
        return puzzleBits;
    }

    HandshakeState initiator(byte[] responderKey) {
        return HandshakeState.initiator(suite, PROTOCOL, prologue, linkKey, responderKey, keys);
    }

    HandshakeState responder() {
        return HandshakeState.responder(suite, PROTOCOL, prologue, linkKey, keys);
    }

    /// Fills in `mac1` for a responder with that X25519 key, and zeros for `mac2`: the two together are as long as a hash.
    void writeMac1(byte[] message, byte[] responderKey) {
        int macOffset = message.length - 2 * PacketLayout.MAC_LENGTH;
        suite.hmacSha256(macKey(responderKey), message, 0, macOffset, message, macOffset);
        Arrays.fill(message, macOffset + PacketLayout.MAC_LENGTH, message.length, (byte) 0);
    }

    private byte[] macKey(byte[] responderKey) {
        return suite.sha256(MAC1_LABEL, prologue, responderKey);
    }
}
