package org.privatus.node.link.core.packet;

import org.privatus.crypto.suite.Aead;

/// The packets of a link, one to a datagram. Integers are big-endian.
///
/// **The first byte** tells what a datagram is, and its top two bits are never masked: `00` is STUN (RFC 8489 section 5) and not ours, `01` a data
/// packet, `10` a packet of a handshake, `11` is kept free.
///
/// **Message 1** (Noise XK: `e, es`), initiator to responder, {@link #MAX_PACKET} long, or with an address token the shortest multiple of
/// {@link #MESSAGE_1_CLASS} that holds it:
/// ```
///  0      1     2           10     42                            n-32      n-16      n
///  | 0x81 | ver | link id 8 | e 32 | sealed payload ‖ tag 16     | mac1 16 | mac2 16 |
/// ```
/// The link id is what the initiator wants to read in packets to it. `mac1` covers everything before it, under a key that follows from the
/// responder's public key; without it nobody learns that a node is here. `mac2` is zero until a cookie reply came. A repeat has the same
/// bytes but for `mac2`. The payload is at most one REQUEST frame and at most one ADDRESS_TOKEN frame, then padding. A message that is shorter than
/// {@link #MAX_PACKET} and shows no valid token is dropped when it has been opened.
///
/// **Message 2** (`e, ee`), never longer than {@link #MAX_PACKET}, and so than the message 1 it answers, unless that showed a token:
/// ```
///  0      1     2                     10                 18     50                        n-16       n
///  | 0x82 | ver | initiator's link id | responder's id 8 | e 32 | sealed payload ‖ tag 16 | proof 16 |
/// ```
/// The payload is VERSIONS, OBSERVED_ENDPOINT, ADDRESS_TOKEN and either ANSWER or, when nothing was asked, IDENTITY.
///
/// **Message 3** (`s, se`):
/// ```
///  0      1     2                     10               58                        n-16       n
///  | 0x83 | ver | responder's link id | sealed s 32+16 | sealed payload ‖ tag 16 | proof 16 |
///
///  payload:  | Ed25519 key 32 | puzzle nonce 16 | flags 1 | VERSIONS frame | frames |
/// ```
/// The birational image of the key equals `s`; flags are those of a contact.
///
/// The **proof** of messages 2 and 3 covers everything before it. Its key follows from the agreements of the messages before
/// ({@link org.privatus.crypto.noise.HandshakeState#deriveKey}), so that whoever sees a handshake pass can forge nothing that costs an agreement to tell,
/// nor change the link ids.
///
/// **Cookie reply**, instead of message 2 when many handshakes begin, always {@link #COOKIE_REPLY_LENGTH} long:
/// ```
///  0      1     2                     10         26
///  | 0x84 | ver | initiator's link id | nonce 16 | sealed cookie 16 ‖ tag 16 |
/// ```
/// `mac2` of the same message 1, sent again, is then keyed by that cookie and covers everything before it.
///
/// **Data packet**, either way once a side has both secrets:
/// ```
///  0        1                    9                 13
///  | 01krrr | receiver's link id | packet number 4 | sealed frames ‖ tag 16 |
/// ```
/// `k` is the key phase of the sender (see {@link org.privatus.crypto.session.AeadSession}), the five bits `r` are zero. The packet number counts all packets of one sender from 0 and
/// its low 32 bits travel (RFC 9000 appendix A.3 finds the rest). The six low bits of byte 0 and the packet number are masked by the 16 bytes
/// behind the header ({@link HeaderProtection}).
/// Header as it is before masking = additional data, packet number = nonce.
public final class PacketLayout {
    /// Carried by every path that carries IPv6: 1,280 less IPv6 and UDP headers. No packet is longer until a path was probed.
    public static final int MAX_PACKET = 1_232;

    /// Longer messages of handshakes are not even looked at.
    public static final int MAX_DATAGRAM = 1_500;

    /// The only one that is spoken today.
    public static final int WIRE_VERSION = 1;

    public static final int LINK_ID_LENGTH = 8;
    public static final int KEY_LENGTH = 32;
    public static final int TAG_LENGTH = Aead.TAG_LENGTH;
    public static final int MAC_LENGTH = 16;

    public static final int MESSAGE_1 = 0x81;
    public static final int MESSAGE_2 = 0x82;
    public static final int MESSAGE_3 = 0x83;
    public static final int COOKIE_REPLY = 0x84;

    public static final int COOKIE_LENGTH = 16;
    public static final int COOKIE_NONCE_LENGTH = 16;

    public static final int VERSION_OFFSET = 1;
    public static final int HANDSHAKE_LINK_ID_OFFSET = 2;

    public static final int MESSAGE_1_NOISE_OFFSET = HANDSHAKE_LINK_ID_OFFSET + LINK_ID_LENGTH;
    public static final int MESSAGE_1_LENGTH = MAX_PACKET;
    public static final int MESSAGE_1_CLASS = 256;
    public static final int MESSAGE_1_OVERHEAD = MESSAGE_1_NOISE_OFFSET + KEY_LENGTH + TAG_LENGTH + 2 * MAC_LENGTH;
    public static final int MESSAGE_1_PAYLOAD = MESSAGE_1_LENGTH - MESSAGE_1_OVERHEAD;

    public static final int MESSAGE_2_SENDER_ID_OFFSET = HANDSHAKE_LINK_ID_OFFSET + LINK_ID_LENGTH;
    public static final int MESSAGE_2_NOISE_OFFSET = MESSAGE_2_SENDER_ID_OFFSET + LINK_ID_LENGTH;
    public static final int MESSAGE_2_MIN = MESSAGE_2_NOISE_OFFSET + KEY_LENGTH + TAG_LENGTH + MAC_LENGTH;
    public static final int MESSAGE_2_PAYLOAD = MESSAGE_1_LENGTH - MESSAGE_2_MIN;

    public static final int MESSAGE_3_NOISE_OFFSET = HANDSHAKE_LINK_ID_OFFSET + LINK_ID_LENGTH;
    public static final int MESSAGE_3_HEAD = KEY_LENGTH + 16 + 1;
    public static final int MESSAGE_3_OVERHEAD = MESSAGE_3_NOISE_OFFSET + KEY_LENGTH + 2 * TAG_LENGTH + MAC_LENGTH;
    public static final int MESSAGE_3_PAYLOAD = MAX_PACKET - MESSAGE_3_OVERHEAD;
    public static final int MESSAGE_3_MIN = MESSAGE_3_OVERHEAD + MESSAGE_3_HEAD + FrameType.VERSIONS_FRAME_MIN;

    public static final int COOKIE_NONCE_OFFSET = HANDSHAKE_LINK_ID_OFFSET + LINK_ID_LENGTH;
    public static final int COOKIE_SEALED_OFFSET = COOKIE_NONCE_OFFSET + COOKIE_NONCE_LENGTH;
    public static final int COOKIE_REPLY_LENGTH = COOKIE_SEALED_OFFSET + COOKIE_LENGTH + TAG_LENGTH;

    public static final int DATA = 0x40;
    public static final int KEY_PHASE = 0x20;
    public static final int RESERVED = 0x1f;
    public static final int MASKED_BITS = KEY_PHASE | RESERVED;
    public static final int DATA_LINK_ID_OFFSET = 1;
    public static final int NUMBER_OFFSET = DATA_LINK_ID_OFFSET + LINK_ID_LENGTH;
    public static final int NUMBER_LENGTH = 4;
    public static final int DATA_HEADER = NUMBER_OFFSET + NUMBER_LENGTH;
    public static final int DATA_MIN = DATA_HEADER + TAG_LENGTH;

    /// Frames that one data packet holds.
    public static final int DATA_PAYLOAD = MAX_PACKET - DATA_HEADER - TAG_LENGTH;

    private static final int KIND_MASK = 0xc0;
    private static final int DATA_KIND = 0x40;

    private PacketLayout() {}

    /// Whether a datagram that begins so belongs to links: STUN's top bits are zero.
    public static boolean isLink(byte first) {
        return (first & KIND_MASK) != 0;
    }

    public static boolean isData(byte first) {
        return (first & KIND_MASK) == DATA_KIND;
    }

    public static boolean isMessage1Length(int length) {
        return length == MESSAGE_1_LENGTH || (length > 0 && length < MESSAGE_1_LENGTH && length % MESSAGE_1_CLASS == 0);
    }

    /// How long a message 1 is that shows a token beside so many bytes of payload.
    public static int shortMessage1Length(int payload) {
        int classes = (MESSAGE_1_OVERHEAD + payload + MESSAGE_1_CLASS - 1) / MESSAGE_1_CLASS;
        return Math.min(MESSAGE_1_LENGTH, classes * MESSAGE_1_CLASS);
    }

    /// Where `mac1` of a message 1 stands.
    public static int mac1Offset(byte[] message1) {
        return message1.length - 2 * MAC_LENGTH;
    }
}
