package org.privatus.node.link.core.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.privatus.crypto.suite.HeaderMask;

/// Masks what an observer could follow a link by: the low bits of byte 0 and the packet number of a data packet (RFC 9001 section 5.4), by one block
/// cipher call per packet.
///
/// Differs from the RFC in the sample: it is the first 16 bytes of ciphertext, since the packet number always takes four bytes. Byte 0 of the mask
/// goes to byte 0 of the packet, bytes 1 to 4 to the packet number. The key lives as long as the link.
final class HeaderProtection {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_SHIFT = Long.SIZE - Byte.SIZE;
    private static final int NUMBER_SHIFT = FIRST_SHIFT - Integer.SIZE;

    private final HeaderMask mask;

    HeaderProtection(HeaderMask mask) {
        this.mask = mask;
    }

    /// Writes the header of the packet at `offset`, masked or unmasked (the operation is its own inverse), to `header`.
    void apply(byte[] packet, int offset, byte[] header, int headerOffset) {
        long bits = mask.of(packet, offset + PacketLayout.DATA_HEADER);
        System.arraycopy(packet, offset, header, headerOffset, PacketLayout.NUMBER_OFFSET);
        header[headerOffset] ^= (byte) ((bits >>> FIRST_SHIFT) & PacketLayout.MASKED_BITS);
        int number = (int) INT.get(packet, offset + PacketLayout.NUMBER_OFFSET);
        INT.set(header, headerOffset + PacketLayout.NUMBER_OFFSET, number ^ (int) (bits >>> NUMBER_SHIFT));
    }

    void erase() {
        mask.erase();
    }
}
