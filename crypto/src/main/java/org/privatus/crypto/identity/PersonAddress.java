package org.privatus.crypto.identity;

import org.privatus.crypto.identity.AddressText.Kind;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// What somebody must know to reach a person: give it to those who may. As text it is one checksummed line, `pvp` and
/// 112 characters of lower-case base32, safe to paste.
///
/// @param secret from which the keys of the person's leases derive; a secret among correspondents
public record PersonAddress(NetworkId network, PersonKey key, AddressSecret secret) {
    /// Bytes that [#write] writes.
    public static final int LENGTH = NetworkId.LENGTH + Bytes32.LENGTH + AddressSecret.LENGTH;

    /// Reads what [#encode()] wrote; spaces around it do not matter.
    ///
    /// @throws BadAddressException saying what is wrong: mistyped, cut short, a node's address …
    public static PersonAddress parse(String text) throws BadAddressException {
        try {
            return read(new WireReader(AddressText.decode(Kind.PERSON, text)));
        } catch (MalformedPacketException e) {
            throw new BadAddressException("this address names no network: ask for it again");
        }
    }

    /// As [#parse(String)], and refuses addresses of other networks.
    public static PersonAddress parse(String text, NetworkId expected) throws BadAddressException {
        PersonAddress address = parse(text);
        AddressText.expectNetwork(address.network, expected);
        return address;
    }

    public static PersonAddress read(WireReader in) throws MalformedPacketException {
        return new PersonAddress(
                NetworkId.read(in), PersonKey.read(in), AddressSecret.of(in.bytes(AddressSecret.LENGTH)));
    }

    /// The binary form, 66 bytes: network, key, secret.
    public void write(WireWriter out) {
        network.write(out);
        key.write(out);
        out.bytes(secret.toBytes());
    }

    public String encode() {
        WireWriter out = WireWriter.allocate(LENGTH);
        write(out);
        return AddressText.encode(Kind.PERSON, out.toBytes());
    }

    /// Says nothing about whose it is; [#encode()] does.
    @Override
    public String toString() {
        return "PersonAddress";
    }
}
