package org.privatus.crypto;

import static org.privatus.testing.Fuzzing.BASE_BYTES;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKey;
import org.privatus.crypto.identity.OnionKeyPair;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.ntor.HybridRelay;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.testing.Fuzzing;
import org.privatus.testing.Seeded;

/// Contacts, descriptors, records and the handshakes of hops, as strangers send them.
class DecodersFuzzTest {
    private static final int SOAK_SECONDS = 60;

    /// Agreements, KEMs and the key streams of a handshake work on arrays and big integers of the JDK.
    private static final long HANDSHAKE_BYTES = 1 << 20;

    private static final CryptoSuite SUITE = new StandardSuite();
    private static final SecureRandom KEYS = new SecureRandom();
    private static final NodeIdentity NODE = NodeIdentity.generate(SUITE, KEYS, 0);
    private static final Contact IPV4 = NODE.contact(Endpoint.parse("1.2.3.4:5"), Contact.RELAYS);
    private static final Contact IPV6 = NODE.contact(Endpoint.parse("[2001:db8::1]:5"), 0);

    @Seeded(5)
    void decoders_refuse_what_is_malformed_and_nothing_else_happens(long seed) {
        decoders().forEach(decoder -> decoder.mutations(seed, 500));
    }

    @Seeded(3)
    void handshakes_of_hops_refuse_what_is_malformed_and_nothing_else_happens(long seed) throws Exception {
        for (Fuzzing handshake : handshakes()) {
            handshake.mutations(seed, 60);
        }
    }

    /// For a minute each.
    @Test
    @Tag("soak")
    void the_same_for_long() throws Exception {
        decoders().forEach(decoder -> decoder.mutationsFor(SOAK_SECONDS));
        for (Fuzzing handshake : handshakes()) {
            handshake.mutationsFor(SOAK_SECONDS);
        }
    }

    private static List<Fuzzing> decoders() {
        return List.of(
                new Fuzzing("contact", BASE_BYTES, 1, List.of(encoded(IPV4), encoded(IPV6)), bytes -> {
                    var in = new WireReader(bytes);
                    Contact.read(in);
                    in.expectEnd();
                }),
                new Fuzzing("contact-list", BASE_BYTES, 16, List.of(new byte[] {0}, contactList()), bytes -> {
                    if (bytes.length > 0) {
                        ContactList.read(bytes, 1, bytes[0] & 0xff).forEach(Contact::endpoint);
                    }
                }),
                new Fuzzing(
                        "descriptor",
                        BASE_BYTES,
                        16,
                        List.of(descriptor("1.2.3.4:5"), descriptor("1.2.3.4:5", "[2001:db8::1]:6")),
                        NodeDescriptor::read),
                new Fuzzing(
                        "record",
                        BASE_BYTES,
                        16,
                        List.of(record("", ""), record("salt", "value")),
                        SignedRecord::read));
    }

    private static List<Fuzzing> handshakes() throws MalformedPacketException {
        byte[] id = NODE.key().toBytes();
        var onionKeys = new OnionKeys(OnionKeyPair.generate(SUITE, KEYS), Optional.empty(), 0);
        var relay = new HybridRelay(SUITE, id, onionKeys);
        byte[] onionKey = onionKeys.current().key().toBytes();
        HybridClient client = HybridClient.start(SUITE, id, onionKey, new byte[3], KEYS);
        byte[] answer = relay.answer(client.handshake(), new byte[2], KEYS).handshake();
        return List.of(
                new Fuzzing(
                        "ntor-client",
                        HANDSHAKE_BYTES,
                        64,
                        List.of(client.handshake().clone()),
                        bytes -> relay.answer(bytes, new byte[0], KEYS)),
                new Fuzzing("ntor-relay", HANDSHAKE_BYTES, 64, List.of(answer), client::finish));
    }

    private static byte[] encoded(Contact contact) {
        WireWriter out = WireWriter.allocate(contact.length());
        contact.write(out);
        return out.toBytes();
    }

    private static byte[] contactList() {
        WireWriter out =
                WireWriter.allocate(1 + 2 * (IPV4.length() + IPV6.length())).u8(4);
        List.of(IPV4, IPV6, IPV6, IPV4).forEach(contact -> contact.write(out));
        return out.toBytes();
    }

    private static byte[] descriptor(String... endpoints) {
        List<Endpoint> list = Arrays.stream(endpoints).map(Endpoint::parse).toList();
        OnionKey onionKey = OnionKeyPair.generate(SUITE, KEYS).key();
        var content = new NodeDescriptor.Content(list, onionKey, 1_000, 2_000, 0, 60, 1000, NodeDescriptor.RELAYS);
        return NodeDescriptor.create(SUITE, NODE, NetworkId.DEV, content).toBytes();
    }

    private static byte[] record(String salt, String value) {
        byte[] key = SUITE.ed25519Generate(KEYS);
        return SignedRecord.create(
                        SUITE, key, salt.getBytes(StandardCharsets.UTF_8), 7, value.getBytes(StandardCharsets.UTF_8))
                .toBytes();
    }
}
