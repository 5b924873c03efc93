package org.privatus.node.link.core.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.privatus.crypto.noise.SessionKeys;
import org.privatus.crypto.session.AeadSession;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.HeaderMask;
import org.privatus.crypto.wire.WireWriter;

/// Seals and opens the data packets of one link: header, number and mask around an {@link AeadSession}. Nothing allocated per packet.
public final class PacketProtection {
    /// The tag is wrong: {@link #open}.
    public static final int FORGED = AeadSession.FORGED;

    /// Seen before, or too old to tell: {@link #open}.
    public static final int REPLAYED = AeadSession.REPLAYED;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long NUMBER_RANGE = 1L << 32;
    private static final long LOW_BITS = NUMBER_RANGE - 1;

    private final AeadSession session;
    private final HeaderProtection sendMask;
    private final HeaderProtection receiveMask;
    private final byte[] header = new byte[PacketLayout.DATA_HEADER];
    private long keyStart;
    private long number;

    /// Uses up the keys: they are erased.
    public PacketProtection(CryptoSuite suite, SessionKeys keys) {
        AeadKind kind = keys.kind();
        byte[] send = KeySchedule.packetKey(suite, keys.send());
        byte[] receive = KeySchedule.packetKey(suite, keys.receive());
        this.session = new AeadSession(suite, kind, send, receive);
        this.sendMask = new HeaderProtection(headerMask(suite, kind, keys.send()));
        this.receiveMask = new HeaderProtection(headerMask(suite, kind, keys.receive()));
        Arrays.fill(send, (byte) 0);
        Arrays.fill(receive, (byte) 0);
        keys.erase();
    }

    private static HeaderMask headerMask(CryptoSuite suite, AeadKind kind, byte[] secret) {
        byte[] key = KeySchedule.headerKey(suite, secret);
        HeaderMask mask = suite.headerMask(kind, key);
        Arrays.fill(key, (byte) 0);
        return mask;
    }

    /// The number that the next sealed packet gets.
    public long nextNumber() {
        return session.nextCounter();
    }

    /// The first number under the current sending key.
    public long keyStart() {
        return keyStart;
    }

    /// Seals what follows under the next key. Only when a packet under the current one was acknowledged: the receiver follows one step at a time.
    public void changeKey() {
        session.rekeySender();
        keyStart = session.nextCounter();
    }

    /// As {@link #changeKey()}, with a secret of 32 bytes in the new key, which the peer has to {@link #expect}.
    public void changeKey(byte[] secret) {
        session.rekeySender(secret);
        keyStart = session.nextCounter();
    }

    /// The peer may put this secret into its next key.
    public void expect(byte[] secret) {
        session.expect(secret);
    }

    /// Whether the peer has done so.
    public boolean isSecretReceived() {
        return session.isSecretReceived();
    }

    /// How often the peer has changed its key.
    public long receiveKeyChanges() {
        return session.receiveKeyChanges();
    }

    /// Packets that were overtaken by the peer's last change of its key do not open any more.
    public void forgetPreviousKey() {
        session.forgetPrevious();
    }

    /// Seals in place the packet that begins at `offset` of a longer array: its payload stands {@link PacketLayout#DATA_HEADER} bytes further on and
    /// there is room for the tag behind it. Nothing before or behind the packet changes.
    ///
    /// @return the packet's length
    public int seal(long linkId, byte[] packet, int offset, int payloadLength) {
        new WireWriter(packet, offset)
                .u8(PacketLayout.DATA | (session.sendPhase() == 0 ? 0 : PacketLayout.KEY_PHASE))
                .u64(linkId)
                .u32(session.nextCounter() & LOW_BITS);
        int sealed = session.seal(
                packet,
                offset,
                PacketLayout.DATA_HEADER,
                packet,
                offset + PacketLayout.DATA_HEADER,
                payloadLength,
                packet,
                offset + PacketLayout.DATA_HEADER);
        sendMask.apply(packet, offset, packet, offset);
        return PacketLayout.DATA_HEADER + sealed;
    }

    /// Opens a packet of at least {@link PacketLayout#DATA_MIN} bytes into `payload`. A packet that does not open changes nothing.
    ///
    /// @return the payload's length, {@link #FORGED} or {@link #REPLAYED}
    public int open(byte[] datagram, int offset, int length, byte[] payload) {
        receiveMask.apply(datagram, offset, header, 0);
        long found = expand((int) INT.get(header, PacketLayout.NUMBER_OFFSET) & LOW_BITS);
        int phase = (header[0] & PacketLayout.KEY_PHASE) == 0 ? 0 : 1;
        int opened = session.open(
                found,
                phase,
                header,
                0,
                PacketLayout.DATA_HEADER,
                datagram,
                offset + PacketLayout.DATA_HEADER,
                length - PacketLayout.DATA_HEADER,
                payload,
                0);
        if (opened >= 0) {
            number = found;
        }
        return opened;
    }

    /// The number of the packet that was opened last.
    public long number() {
        return number;
    }

    /// The highest number that was opened, -1 before the first.
    public long highestNumber() {
        return session.highestReceived();
    }

    /// RFC 9000 appendix A.3.
    private long expand(long low) {
        long expected = session.highestReceived() + 1;
        long candidate = (expected & ~LOW_BITS) | low;
        if (candidate <= expected - NUMBER_RANGE / 2) {
            return candidate + NUMBER_RANGE;
        }
        if (candidate > expected + NUMBER_RANGE / 2 && candidate >= NUMBER_RANGE) {
            return candidate - NUMBER_RANGE;
        }
        return candidate;
    }

    /// Forgets all keys; nothing may be called after it.
    public void erase() {
        session.erase();
        sendMask.erase();
        receiveMask.erase();
    }
}
