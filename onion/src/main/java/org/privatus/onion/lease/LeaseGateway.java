package org.privatus.onion.lease;

import java.util.Arrays;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.OnionKey;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.onion.path.PathHop;

/// One way to a person: a relay, how to extend a circuit to it, and the token under which the person's circuit is
/// registered there.
public final class LeaseGateway {
    public static final int TOKEN_LENGTH = 32;

    private final Contact contact;
    private final OnionKey onionKey;
    private final byte[] token;

    /// Copies the token.
    public LeaseGateway(Contact contact, OnionKey onionKey, byte[] token) {
        if (token.length != TOKEN_LENGTH) {
            throw new IllegalArgumentException("token of " + token.length + " bytes");
        }
        this.contact = contact;
        this.onionKey = onionKey;
        this.token = token.clone();
    }

    static LeaseGateway read(WireReader in) throws MalformedPacketException {
        return new LeaseGateway(Contact.read(in), OnionKey.read(in), in.bytes(TOKEN_LENGTH));
    }

    void write(WireWriter out) {
        contact.write(out);
        onionKey.write(out);
        out.bytes(token);
    }

    public PathHop hop() {
        return new PathHop(contact, onionKey);
    }

    /// A copy.
    public byte[] token() {
        return token.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeaseGateway that
                && contact.equals(that.contact)
                && onionKey.equals(that.onionKey)
                && Arrays.equals(token, that.token);
    }

    @Override
    public int hashCode() {
        return contact.hashCode();
    }

    /// Without the token.
    @Override
    public String toString() {
        return "LeaseGateway";
    }
}
