package org.privatus.node.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How the two ends of a TCP control connection prove to each other that they can read the data directory. The token
/// in its file is never sent.
///
/// ```
///  client: privatus-control-1 CLIENT_NONCE
///  node:   NODE_NONCE HMAC(token, "node" ‖ CLIENT_NONCE ‖ NODE_NONCE)
///  client: HMAC(token, "client" ‖ CLIENT_NONCE ‖ NODE_NONCE)
/// ```
/// Nonces are 32 bytes, HMAC is HMAC-SHA-256, all in hexadecimal. The node proves itself first, so that a client
/// tells nothing to whoever took
/// the port of a node that is gone.
final class SharedToken {
    private static final int LENGTH = 32;
    private static final int MAX_LINE = 256;
    private static final String HELLO = "privatus-control-1 ";
    private static final HexFormat HEX = HexFormat.of();

    private final int port;
    private final byte[] token;

    private SharedToken(int port, byte[] token) {
        this.port = port;
        this.token = token;
    }

    /// A token of this start.
    static SharedToken fresh(int port, SecureRandom keys) {
        return new SharedToken(port, nonce(keys));
    }

    /// Empty where the file is missing or not ours.
    static Optional<SharedToken> load(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String[] words =
                Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ", -1);
        boolean sound = words.length == 2 && words[0].matches("[0-9]{1,5}") && words[1].matches("[0-9a-f]{64}");
        return sound
                ? Optional.of(new SharedToken(Integer.parseInt(words[0]), HEX.parseHex(words[1])))
                : Optional.empty();
    }

    /// Written beside the file, readable by its owner alone, and then renamed: nobody sees half of it.
    void save(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(fresh);
        }
        Files.writeString(fresh, port + " " + HEX.formatHex(token) + "\n", StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// The node's side; whether the client holds the token.
    boolean welcome(LineChannel channel, SecureRandom keys) throws IOException {
        String hello = text(channel.read(MAX_LINE));
        if (!hello.startsWith(HELLO) || !isDigest(hello.substring(HELLO.length()))) {
            return false;
        }
        byte[] client = HEX.parseHex(hello.substring(HELLO.length()));
        byte[] node = nonce(keys);
        channel.write(bytes(HEX.formatHex(node) + " " + HEX.formatHex(mac("node", client, node))));
        return matches(mac("client", client, node), text(channel.read(MAX_LINE)));
    }

    /// The client's side; whether the node holds the token.
    boolean greet(LineChannel channel, SecureRandom keys) throws IOException {
        byte[] client = nonce(keys);
        channel.write(bytes(HELLO + HEX.formatHex(client)));
        String[] answer = text(channel.read(MAX_LINE)).split(" ", -1);
        if (answer.length != 2 || !isDigest(answer[0])) {
            return false;
        }
        byte[] node = HEX.parseHex(answer[0]);
        if (!matches(mac("node", client, node), answer[1])) {
            return false;
        }
        channel.write(bytes(HEX.formatHex(mac("client", client, node))));
        return true;
    }

    private byte[] mac(String side, byte[] clientNonce, byte[] nodeNonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token, "HmacSHA256"));
            mac.update(bytes(side));
            mac.update(clientNonce);
            return mac.doFinal(nodeNonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static boolean matches(byte[] expected, String found) {
        return isDigest(found) && MessageDigest.isEqual(expected, HEX.parseHex(found));
    }

    private static boolean isDigest(String text) {
        return text.matches("[0-9a-f]{64}");
    }

    private static byte[] nonce(SecureRandom keys) {
        byte[] nonce = new byte[LENGTH];
        keys.nextBytes(nonce);
        return nonce;
    }

    private static String text(Optional<byte[]> line) {
        return line.map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)).orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
