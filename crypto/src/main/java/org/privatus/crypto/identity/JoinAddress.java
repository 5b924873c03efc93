package org.privatus.crypto.identity;

import java.util.Locale;
import java.util.Optional;
import org.privatus.crypto.identity.AddressText.Kind;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// A node to join a network through, as text `KEY@HOST:PORT`. KEY holds network, key and puzzle proof and a checksum:
/// `pvn` and 88 characters of lower-case base32. HOST is a name or an address (IPv6 in brackets); resolving a name is
/// up to the caller.
///
/// @param host without brackets
public record JoinAddress(NetworkId network, NodeKey key, PuzzleProof proof, String host, int port) {
    private static final int KEY_LENGTH = NetworkId.LENGTH + Bytes32.LENGTH + Bytes16.LENGTH;
    private static final int MAX_HOST_LENGTH = 253;
    private static final int MAX_PORT = 0xffff;
    private static final String FORM = "it must read KEY@HOST:PORT, as 'privatus id --node' prints it";

    public JoinAddress {
        if (!isHost(host)) {
            throw new IllegalArgumentException("host " + host);
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    public static JoinAddress of(NetworkId network, Contact contact) {
        String text = contact.endpoint().toString();
        String host = text.substring(0, text.lastIndexOf(':')).replace("[", "").replace("]", "");
        return new JoinAddress(
                network,
                contact.key(),
                contact.proof(),
                host,
                contact.endpoint().port());
    }

    /// Reads what [#encode()] wrote; spaces around it do not matter.
    ///
    /// @throws BadAddressException saying what is wrong
    public static JoinAddress parse(String text) throws BadAddressException {
        String whole = text.strip();
        int at = whole.indexOf('@');
        byte[] body = AddressText.decode(Kind.NODE, at < 0 ? whole : whole.substring(0, at));
        if (at < 0) {
            throw new BadAddressException("this node's address has no @HOST:PORT: " + FORM);
        }
        String place = whole.substring(at + 1);
        int colon = place.lastIndexOf(':');
        if (colon < 0) {
            throw new BadAddressException("this node's address has no port: " + FORM);
        }
        return of(body, host(place.substring(0, colon)), port(place.substring(colon + 1)));
    }

    /// As [#parse(String)], and refuses nodes of other networks.
    public static JoinAddress parse(String text, NetworkId expected) throws BadAddressException {
        JoinAddress address = parse(text);
        AddressText.expectNetwork(address.network, expected);
        return address;
    }

    private static JoinAddress of(byte[] body, String host, int port) throws BadAddressException {
        var in = new WireReader(body);
        try {
            return new JoinAddress(NetworkId.read(in), NodeKey.read(in), PuzzleProof.read(in), host, port);
        } catch (MalformedPacketException e) {
            throw new BadAddressException("the KEY of this node names no network: ask for it again");
        }
    }

    /// KEY alone.
    public String encodeKey() {
        WireWriter out = WireWriter.allocate(KEY_LENGTH);
        network.write(out);
        key.write(out);
        proof.write(out);
        return AddressText.encode(Kind.NODE, out.toBytes());
    }

    public String encode() {
        return encodeKey() + "@" + bracketed(host) + ":" + port;
    }

    /// The endpoint, when the host is an address and not a name.
    public Optional<Endpoint> endpoint() {
        return literal(host, port);
    }

    /// The node as a contact at what the host resolved to.
    public Contact contact(Endpoint resolved) {
        return new Contact(key, proof, 0, resolved);
    }

    @Override
    public String toString() {
        return key + "@" + bracketed(host) + ":" + port;
    }

    private static String host(String text) throws BadAddressException {
        boolean brackets = text.startsWith("[") && text.endsWith("]");
        String host = brackets ? text.substring(1, text.length() - 1) : text.toLowerCase(Locale.ROOT);
        boolean ipv6 = host.indexOf(':') >= 0;
        if (brackets != ipv6 || !isHost(host)) {
            throw new BadAddressException("this node's address has no valid host: " + FORM);
        }
        return host;
    }

    private static int port(String text) throws BadAddressException {
        boolean digits = text.matches("[0-9]{1,5}");
        int port = digits ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new BadAddressException("the port of this node's address is not between 1 and 65535");
        }
        return port;
    }

    private static boolean isHost(String host) {
        return literal(host, 1).isPresent() || isName(host);
    }

    // A name that ends in a number would be an IPv4 address to some resolvers.
    private static boolean isName(String host) {
        return host.length() <= MAX_HOST_LENGTH
                && host.matches("([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\\.)*[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\\.?")
                && !host.matches("(.*\\.)?[0-9]+\\.?");
    }

    private static Optional<Endpoint> literal(String host, int port) {
        try {
            return Optional.of(Endpoint.parse(bracketed(host) + ":" + port));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
