package org.privatus.node.link.core.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.privatus.crypto.suite.Aead;

/// Masks what an observer could follow a link by: the low bits of byte 0 and the packet number of a data packet (RFC 9001 section 5.4).
///
/// Differs from the RFC in where the mask comes from: the first five bytes of key stream that the link's AEAD yields under a key of its own, with the
/// first eight bytes of ciphertext as nonce. So the mask needs no primitive beside the AEAD, whichever it is. The key lives as long as the link.
final class HeaderProtection {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MASK_LENGTH = 1 + PacketLayout.NUMBER_LENGTH;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ZEROS = new byte[MASK_LENGTH];

    private final Aead aead;
    private final byte[] mask = new byte[MASK_LENGTH + Aead.TAG_LENGTH];
    private long maskedFor;
    private boolean used;

    HeaderProtection(Aead aead) {
        this.aead = aead;
    }

    /// Writes the header of the packet at `offset`, masked or unmasked (the operation is its own inverse), to `header`.
    void apply(byte[] packet, int offset, byte[] header, int headerOffset) {
        computeMask((long) LONG.get(packet, offset + PacketLayout.DATA_HEADER));
        System.arraycopy(packet, offset, header, headerOffset, PacketLayout.DATA_HEADER);
        header[headerOffset] ^= (byte) (mask[0] & PacketLayout.MASKED_BITS);
        for (int i = 0; i < PacketLayout.NUMBER_LENGTH; i++) {
            header[headerOffset + PacketLayout.NUMBER_OFFSET + i] ^= mask[1 + i];
        }
    }

    /// A cipher refuses to seal twice in a row under one nonce, which a datagram that arrives twice would ask of it: the last mask is kept.
    private void computeMask(long sample) {
        if (used && sample == maskedFor) {
            return;
        }
        aead.seal(sample, NOTHING, 0, 0, ZEROS, 0, MASK_LENGTH, mask, 0);
        maskedFor = sample;
        used = true;
    }

    void erase() {
        aead.erase();
    }
}
