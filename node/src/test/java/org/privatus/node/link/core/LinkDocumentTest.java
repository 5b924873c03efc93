package org.privatus.node.link.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.identity.PuzzleProof;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.link.core.handshake.AcceptJob;
import org.privatus.node.link.core.handshake.AddressTokens;
import org.privatus.node.link.core.handshake.Cookies;
import org.privatus.node.link.core.handshake.DialJob;
import org.privatus.node.link.core.handshake.FinishJob;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.handshake.Message2;
import org.privatus.node.link.core.packet.FrameWriter;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.PacketProtection;

/// The worked example of LINK.md is what this code says.
class LinkDocumentTest {
    private static final long INITIATORS_ID = 0x0101_0101_0101_0101L;
    private static final long RESPONDERS_ID = 0x0202_0202_0202_0202L;
    private static final long TOKEN = 0x0303_0303_0303_0303L;
    private static final Endpoint INITIATORS_ENDPOINT = Endpoint.parse("192.0.2.1:7400");
    private static final int LINE = 64;

    /// The same byte for ever.
    private static final class Constant extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1;

        private final byte value;

        Constant(int value) {
            this.value = (byte) value;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, value);
        }

        @Override
        public long nextLong() {
            return 0x0101_0101_0101_0101L * value;
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static NodeIdentity identity(int seed) {
        return NodeIdentity.restore(
                Peer.SUITE, filled(32, seed), PuzzleNonce.of(filled(16, seed)), PuzzleProof.of(filled(16, seed)));
    }

    private static Map<String, byte[]> example() {
        NodeIdentity a = identity(0x11);
        NodeIdentity b = identity(0x22);
        var atA = new HandshakeContext(Peer.SUITE, new Constant(0x33), a, NetworkId.DEV);
        var atB = new HandshakeContext(Peer.SUITE, new Constant(0x44), b, NetworkId.DEV);
        var said = new LinkedHashMap<String, byte[]>();
        said.put("initiator's Ed25519 key", a.key().toBytes());
        said.put("responder's Ed25519 key", b.key().toBytes());

        var dial = new DialJob(atA, b.key(), INITIATORS_ID, Optional.empty(), OptionalLong.of(TOKEN));
        dial.run();
        byte[] message1 = dial.message().orElseThrow();
        said.put("message 1", message1);

        byte[] reply = new Cookies(atB).reply(message1, INITIATORS_ENDPOINT, 0);
        said.put("cookie reply", reply);
        byte[] shown = atA.showCookie(b.key(), message1, reply).orElseThrow();
        said.put("mac2 of message 1 sent again", Arrays.copyOfRange(shown, shown.length - 16, shown.length));

        var accept = new AcceptJob(
                atB,
                message1,
                new Message2(INITIATORS_ID, RESPONDERS_ID, INITIATORS_ENDPOINT, 2, TOKEN),
                Optional.of(new AddressTokens.Expected(TOKEN, TOKEN)));
        accept.run();
        byte[] message2 = accept.message2().orElseThrow();
        said.put("message 2", message2);

        WireWriter first = WireWriter.allocate(8);
        FrameWriter.request(first, 0, new byte[] {'?'});
        var finish = new FinishJob(
                atA, dial.handshake(), b.key(), message2, Optional.of(new FinishJob.Message3(0, first.toBytes())));
        finish.run();
        said.put("message 3", finish.message3().orElseThrow());

        var protection = new PacketProtection(Peer.SUITE, finish.keys().orElseThrow());
        said.put("packet 0", ping(protection));
        protection.changeKey();
        said.put("packet 1, next key", ping(protection));
        protection.changeKey(filled(32, 0x55));
        said.put("packet 2, next key with a secret", ping(protection));
        return said;
    }

    /// A packet of the initiator's with one PING frame and three bytes of padding.
    private static byte[] ping(PacketProtection protection) {
        byte[] packet = new byte[PacketLayout.DATA_HEADER + 6 + PacketLayout.TAG_LENGTH];
        FrameWriter.ping(new WireWriter(packet, PacketLayout.DATA_HEADER));
        protection.seal(RESPONDERS_ID, packet, 0, 6);
        return packet;
    }

    private static String text(Map<String, byte[]> said) {
        var out = new StringBuilder();
        said.forEach((name, bytes) -> {
            out.append(name).append(" (").append(bytes.length).append(")\n");
            String hex = HexFormat.of().formatHex(bytes);
            for (int at = 0; at < hex.length(); at += LINE) {
                out.append("  ")
                        .append(hex, at, Math.min(hex.length(), at + LINE))
                        .append('\n');
            }
        });
        return out.toString();
    }

    private static String document() throws IOException {
        Path inModule = Path.of("LINK.md");
        Path file = Files.exists(inModule) ? inModule : Path.of("node", "LINK.md");
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void the_worked_example_is_what_this_code_says() throws IOException {
        assertThat(document()).contains("```\n" + text(example()) + "```\n");
    }

    @Test
    void every_label_stands_in_the_document() throws IOException {
        assertThat(document())
                .contains(
                        "privatus link mac1",
                        "privatus link cookie",
                        "privatus link proof",
                        "privatus link packets",
                        "privatus link headers",
                        "privatus link post-quantum");
    }

    /// For whoever changes the protocol: what belongs into the document.
    public static void main(String[] arguments) {
        System.out.print(text(example()));
    }
}
