package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The variables of a {@link DoubleRatchet}; a key that does not exist yet is empty. Every array belongs to this state alone.
///
/// Saved as `version 1`; ten keys, each `length 1` (0 or 32) and its bytes, in the order of {@link #keys()}; the three
/// counters, 4 each; `chains 1`; for each chain `header key 32`, `keys 2`, and for each key `number 4, key 32`.
final class RatchetState {
    static final int KEY_LENGTH = 32;

    /// The most chains, the current one included, of which keys of overtaken envelopes are kept.
    static final int MAX_CHAINS = 16;

    private static final int VERSION = 1;
    private static final byte[] NONE = new byte[0];
    private static final int KEY_SLOTS = 10;
    private static final int COUNTERS = 3;

    byte[] ratchetSecret = NONE;
    byte[] peerRatchetKey = NONE;
    byte[] rootKey = NONE;
    byte[] sendChainKey = NONE;
    byte[] receiveChainKey = NONE;
    byte[] sendHeaderKey = NONE;
    byte[] receiveHeaderKey = NONE;
    byte[] nextSendHeaderKey = NONE;
    byte[] nextReceiveHeaderKey = NONE;
    byte[] binding = NONE;
    int sent;
    int received;
    int previousSent;

    /// Oldest first.
    final List<SkippedChain> skipped = new ArrayList<>();

    static boolean isSet(byte[] key) {
        return key.length > 0;
    }

    List<byte[]> receivingHeaderKeys() {
        var keys = new ArrayList<byte[]>();
        for (SkippedChain chain : skipped) {
            if (!Arrays.equals(chain.headerKey(), receiveHeaderKey)) {
                keys.add(chain.headerKey().clone());
            }
        }
        if (isSet(receiveHeaderKey)) {
            keys.add(receiveHeaderKey.clone());
        }
        keys.add(nextReceiveHeaderKey.clone());
        return keys;
    }

    /// Keeps a key of the current receiving chain, and drops the oldest where there are too many.
    void keepSkipped(int number, byte[] messageKey) {
        if (skipped.isEmpty() || !Arrays.equals(skipped.getLast().headerKey(), receiveHeaderKey)) {
            skipped.add(new SkippedChain(receiveHeaderKey.clone()));
        }
        skipped.getLast().keys().put(number, messageKey);
        while (skipped.size() > MAX_CHAINS || skippedKeys() > DoubleRatchet.MAX_SKIPPED) {
            dropOldest();
        }
    }

    int skippedKeys() {
        int count = 0;
        for (SkippedChain chain : skipped) {
            count += chain.keys().size();
        }
        return count;
    }

    private void dropOldest() {
        SkippedChain oldest = skipped.getFirst();
        Map.Entry<Integer, byte[]> first = oldest.keys().pollFirstEntry();
        Arrays.fill(first.getValue(), (byte) 0);
        if (oldest.keys().isEmpty()) {
            skipped.removeFirst();
        }
    }

    /// The key of an overtaken envelope, which is forgotten here, or nothing.
    byte[] takeSkipped(byte[] headerKey, int number) {
        for (int i = 0; i < skipped.size(); i++) {
            SkippedChain chain = skipped.get(i);
            if (Arrays.equals(chain.headerKey(), headerKey)) {
                byte[] key = chain.keys().remove(number);
                if (chain.keys().isEmpty()) {
                    skipped.remove(i);
                }
                return key == null ? NONE : key;
            }
        }
        return NONE;
    }

    private byte[][] keys() {
        return new byte[][] {
            ratchetSecret,
            peerRatchetKey,
            rootKey,
            sendChainKey,
            receiveChainKey,
            sendHeaderKey,
            receiveHeaderKey,
            nextSendHeaderKey,
            nextReceiveHeaderKey,
            binding
        };
    }

    private void setKeys(byte[][] keys) {
        ratchetSecret = keys[0];
        peerRatchetKey = keys[1];
        rootKey = keys[2];
        sendChainKey = keys[3];
        receiveChainKey = keys[4];
        sendHeaderKey = keys[5];
        receiveHeaderKey = keys[6];
        nextSendHeaderKey = keys[7];
        nextReceiveHeaderKey = keys[8];
        binding = keys[9];
    }

    RatchetState copy() {
        var copy = new RatchetState();
        copy.setKeys(Arrays.stream(keys()).map(byte[]::clone).toArray(byte[][]::new));
        copy.sent = sent;
        copy.received = received;
        copy.previousSent = previousSent;
        for (SkippedChain chain : skipped) {
            copy.skipped.add(chain.copy());
        }
        return copy;
    }

    byte[] toBytes() {
        int length = 2 + KEY_SLOTS * (1 + KEY_LENGTH) + COUNTERS * 4;
        for (SkippedChain chain : skipped) {
            length += KEY_LENGTH + 2 + chain.keys().size() * (4 + KEY_LENGTH);
        }
        WireWriter out = WireWriter.allocate(length).u8(VERSION);
        for (byte[] key : keys()) {
            out.u8(key.length).bytes(key);
        }
        out.u32(sent).u32(received).u32(previousSent).u8(skipped.size());
        for (SkippedChain chain : skipped) {
            out.bytes(chain.headerKey()).u16(chain.keys().size());
            chain.keys().forEach((number, key) -> out.u32(number).bytes(key));
        }
        return out.toBytes();
    }

    static RatchetState read(WireReader in) throws MalformedPacketException {
        if (in.u8() != VERSION) {
            throw new MalformedPacketException(Reason.BAD_VERSION);
        }
        var state = new RatchetState();
        byte[][] keys = new byte[KEY_SLOTS][];
        for (int i = 0; i < KEY_SLOTS; i++) {
            keys[i] = in.bytes(keyLength(in.u8()));
        }
        state.setKeys(keys);
        state.sent = counter(in);
        state.received = counter(in);
        state.previousSent = counter(in);
        int chains = in.u8();
        for (int i = 0; i < chains; i++) {
            state.skipped.add(readChain(in));
        }
        in.expectEnd();
        if (chains > MAX_CHAINS || state.skippedKeys() > DoubleRatchet.MAX_SKIPPED) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        return state;
    }

    private static SkippedChain readChain(WireReader in) throws MalformedPacketException {
        var chain = new SkippedChain(in.bytes(KEY_LENGTH));
        int count = in.u16();
        for (int i = 0; i < count; i++) {
            int number = counter(in);
            chain.keys().put(number, in.bytes(KEY_LENGTH));
        }
        if (chain.keys().isEmpty()) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return chain;
    }

    private static int keyLength(int length) throws MalformedPacketException {
        if (length != 0 && length != KEY_LENGTH) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return length;
    }

    private static int counter(WireReader in) throws MalformedPacketException {
        long value = in.u32();
        if (value > Integer.MAX_VALUE) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        return (int) value;
    }

    void erase() {
        for (byte[] key : keys()) {
            Arrays.fill(key, (byte) 0);
        }
        for (SkippedChain chain : skipped) {
            chain.erase();
        }
        skipped.clear();
    }
}
