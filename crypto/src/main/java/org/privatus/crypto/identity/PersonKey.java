package org.privatus.crypto.identity;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;

/// A person's Ed25519 public key. It is never a node's key, and no request for it leaves the person's node outside a
/// circuit.
public final class PersonKey extends Bytes32 implements Comparable<PersonKey> {
    private PersonKey(byte[] bytes) {
        super(bytes);
    }

    private PersonKey(WireReader in) throws MalformedPacketException {
        super(in);
    }

    public static PersonKey of(byte[] bytes) {
        return new PersonKey(bytes);
    }

    public static PersonKey read(WireReader in) throws MalformedPacketException {
        return new PersonKey(in);
    }

    @Override
    public int compareTo(PersonKey other) {
        return compareWords(other);
    }
}
