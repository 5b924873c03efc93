package org.privatus.dht.message;

import java.util.Arrays;

/// A record as it travels and is held: its kind and its bytes. Equal when both are. The bytes are shared, not copied, and nobody changes them.
public final class Value implements Comparable<Value> {
    /// Largest record: signature, seq and salt included.
    public static final int MAX_LENGTH = 1_000;

    private final Kind kind;
    private final byte[] bytes;

    public Value(Kind kind, byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a record of " + bytes.length + " bytes; at most " + MAX_LENGTH);
        }
        this.kind = kind;
        this.bytes = bytes;
    }

    public Kind kind() {
        return kind;
    }

    /// Not a copy.
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /// By kind, then by bytes as unsigned numbers.
    @Override
    public int compareTo(Value other) {
        return kind != other.kind ? kind.compareTo(other.kind) : Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value that && kind == that.kind && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return kind + " of " + bytes.length + " bytes";
    }

    public enum Kind {
        /// A {@link org.privatus.crypto.record.SignedRecord}, held under `SHA-256(key ‖ salt)`.
        SIGNED(1),
        /// A {@link org.privatus.crypto.identity.NodeDescriptor}, held under its node's id.
        DESCRIPTOR(2);

        final int code;

        Kind(int code) {
            this.code = code;
        }
    }
}
