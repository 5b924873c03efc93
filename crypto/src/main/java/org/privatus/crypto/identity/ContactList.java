package org.privatus.crypto.identity;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// Contacts as they travel, one behind the other. They are checked when they are read, and each is made an object when it is asked for: most of those in
/// an answer are known to whoever reads it, which [#isNodeOf] tells without one.
///
/// The bytes are shared, not copied, and nobody changes them. [#get] makes a new object each time.
public final class ContactList extends AbstractList<Contact> implements RandomAccess {
    private final byte[] bytes;

    /// Where each contact begins, and at last where the last one ends.
    private final int[] bounds;

    private ContactList(byte[] bytes, int[] bounds) {
        this.bytes = bytes;
        this.bounds = bounds;
    }

    /// Reads `count` contacts from `offset` on. What is behind them is left alone.
    ///
    /// @throws MalformedPacketException as [Contact#read] of the first that is not good
    public static ContactList read(byte[] bytes, int offset, int count) throws MalformedPacketException {
        var in = new WireReader(bytes, offset, bytes.length - offset);
        int[] bounds = new int[count + 1];
        bounds[0] = offset;
        for (int i = 0; i < count; i++) {
            Contact.skip(in);
            bounds[i + 1] = offset + in.position();
        }
        return new ContactList(bytes, bounds);
    }

    public static ContactList of(List<Contact> contacts) {
        int[] bounds = new int[contacts.size() + 1];
        for (int i = 0; i < contacts.size(); i++) {
            bounds[i + 1] = bounds[i] + contacts.get(i).length();
        }
        byte[] bytes = new byte[bounds[contacts.size()]];
        var out = new WireWriter(bytes, 0);
        contacts.forEach(contact -> contact.write(out));
        return new ContactList(bytes, bounds);
    }

    @Override
    public int size() {
        return bounds.length - 1;
    }

    @Override
    public Contact get(int index) {
        int length = bounds[index + 1] - bounds[index];
        try {
            return Contact.read(new WireReader(bytes, bounds[index], length));
        } catch (MalformedPacketException e) {
            throw new IllegalStateException("contacts were checked", e);
        }
    }

    /// Bytes of all together.
    public int length() {
        return bounds[size()] - bounds[0];
    }

    /// [Contact#endpoint()] without an object for the contact.
    public Endpoint endpoint(int index) {
        return Contact.endpointAt(bytes, bounds[index]);
    }

    /// [Contact#isNodeOf] without an object.
    public boolean isNodeOf(int index, Contact contact) {
        return contact.isNodeAt(bytes, bounds[index]);
    }

    /// [Contact#isAtEndpointOf] without an object.
    public boolean isAtEndpointOf(int index, Contact contact) {
        return contact.isAtEndpointAt(bytes, bounds[index]);
    }

    /// [Contact#nodeHash] without an object.
    public int nodeHash(int index) {
        return Contact.nodeHashAt(bytes, bounds[index]);
    }
}
