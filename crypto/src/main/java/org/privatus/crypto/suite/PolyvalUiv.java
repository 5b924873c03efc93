package org.privatus.crypto.suite;

import java.util.Arrays;

/// UIV+ (Tor proposal 359; IACR ePrint 2025/583) from AES-128 of the JDK and POLYVAL.
///
/// ```
/// key   = ET key 32 ‖ PRF key 32          body = left part 16 ‖ right part 493
/// tweak = chaining tag 16 ‖ command 1 ‖ right part 493 ‖ 2 zero bytes
/// ```
///
/// [#encrypt] and [#decrypt] allocate nothing. [#update] does: the JDK makes new key schedules.
final class PolyvalUiv implements Uiv {
    private static final int RIGHT_LENGTH = BODY_LENGTH - TAG_LENGTH;
    private static final int TWEAK_LENGTH = TAG_LENGTH + 1 + RIGHT_LENGTH + 2;

    private final TweakedBlock left;
    private final CellKeyStream right;
    // Holds the tweak first and the counter blocks after it.
    private final byte[] scratch = new byte[Math.max(TWEAK_LENGTH, CellKeyStream.SCRATCH_LENGTH)];

    PolyvalUiv(Polyval leftHash, Polyval rightHash, byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        left = new TweakedBlock(leftHash, key, 0);
        right = new CellKeyStream(rightHash, key, TweakedBlock.KEY_LENGTH);
    }

    @Override
    public void encrypt(byte[] chainingTag, int command, byte[] body, int offset) {
        setTweak(chainingTag, command, body, offset);
        left.encrypt(scratch, TWEAK_LENGTH, body, offset);
        right.addPayloadStream(body, offset, body, offset + TAG_LENGTH, RIGHT_LENGTH, scratch);
    }

    @Override
    public void decrypt(byte[] chainingTag, int command, byte[] body, int offset) {
        right.addPayloadStream(body, offset, body, offset + TAG_LENGTH, RIGHT_LENGTH, scratch);
        setTweak(chainingTag, command, body, offset);
        left.decrypt(scratch, TWEAK_LENGTH, body, offset);
    }

    private void setTweak(byte[] chainingTag, int command, byte[] body, int offset) {
        System.arraycopy(chainingTag, 0, scratch, 0, TAG_LENGTH);
        scratch[TAG_LENGTH] = (byte) command;
        System.arraycopy(body, offset + TAG_LENGTH, scratch, TAG_LENGTH + 1, RIGHT_LENGTH);
        scratch[TWEAK_LENGTH - 2] = 0;
        scratch[TWEAK_LENGTH - 1] = 0;
    }

    @Override
    public void update(byte[] input, byte[] nonce) {
        byte[] next = new byte[KEY_LENGTH + NONCE_LENGTH];
        right.addUpdateStream(input, 0, next, 0, next.length, scratch);
        left.init(next, 0);
        right.init(next, TweakedBlock.KEY_LENGTH);
        System.arraycopy(next, KEY_LENGTH, nonce, 0, NONCE_LENGTH);
        Arrays.fill(next, (byte) 0);
        Arrays.fill(scratch, (byte) 0);
    }

    @Override
    public void erase() {
        left.erase();
        right.erase();
        Arrays.fill(scratch, (byte) 0);
    }
}
