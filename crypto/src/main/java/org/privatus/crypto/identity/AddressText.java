package org.privatus.crypto.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.privatus.crypto.wire.WireWriter;

/// The text form of addresses: a prefix that says which kind, then network id, payload and checksum in Crockford's
/// base32, lower case, without any sign at which a double click or a mail program would cut.
///
/// ```
///  pvp | network 2 | payload 64 | checksum 4 |   a person: 115 characters
///  pvn | network 2 | payload 48 | checksum 5 |   a node:    91 characters
/// ```
/// The checksum is the beginning of `SHA-256("privatus address" ‖ prefix ‖ network ‖ payload)`. Reading takes upper
/// case too, and the letters that are easily confused (`o` for 0, `i` and `l` for 1).
final class AddressText {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final String CONFUSED = "oil";
    private static final String CONFUSED_WITH = "011";
    private static final int BITS = 5;
    private static final byte[] LABEL = "privatus address".getBytes(StandardCharsets.US_ASCII);

    private AddressText() {}

    enum Kind {
        PERSON("pvp", "a person's address", 64, 4),
        NODE("pvn", "a node's KEY", 48, 5);

        private final String prefix;
        private final String words;
        private final int payloadLength;
        private final int checksumLength;

        Kind(String prefix, String words, int payloadLength, int checksumLength) {
            this.prefix = prefix;
            this.words = words;
            this.payloadLength = payloadLength;
            this.checksumLength = checksumLength;
        }

        private int checkedLength() {
            return NetworkId.LENGTH + payloadLength;
        }

        private int characters() {
            return prefix.length() + (checkedLength() + checksumLength) * Byte.SIZE / BITS;
        }
    }

    /// @param body network id and payload
    static String encode(Kind kind, byte[] body) {
        byte[] whole = WireWriter.allocate(body.length + kind.checksumLength)
                .bytes(body)
                .bytes(checksum(kind, body))
                .toBytes();
        return kind.prefix + base32(whole);
    }

    /// Network id and payload.
    static byte[] decode(Kind kind, String text) throws BadAddressException {
        String lower = oneLine(kind, text).toLowerCase(Locale.ROOT);
        expectPrefix(kind, lower);
        byte[] digits = digits(kind, lower);
        expectLength(kind, lower.length());
        byte[] whole = bytes(digits);
        byte[] body = Arrays.copyOf(whole, kind.checkedLength());
        byte[] checksum = Arrays.copyOfRange(whole, kind.checkedLength(), whole.length);
        if (!Arrays.equals(checksum, checksum(kind, body))) {
            throw bad(kind, "is mistyped: its checksum does not fit; copy and paste the whole line again");
        }
        return body;
    }

    /// Whether the text starts as an address of this kind does.
    static boolean looksLike(Kind kind, String text) {
        return text.strip().toLowerCase(Locale.ROOT).startsWith(kind.prefix);
    }

    static void expectNetwork(NetworkId found, NetworkId expected) throws BadAddressException {
        if (!found.equals(expected)) {
            throw new BadAddressException("this address belongs to the network " + found + ", but this node is on "
                    + expected + ": nobody there can be reached from here");
        }
    }

    private static String oneLine(Kind kind, String text) throws BadAddressException {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new BadAddressException(
                    "there is no address: paste " + kind.words + ", which begins with " + kind.prefix);
        }
        if (stripped.chars().anyMatch(Character::isWhitespace)) {
            throw bad(kind, "has a space or a line break in it: paste it as one line, and nothing else");
        }
        return stripped;
    }

    private static void expectPrefix(Kind kind, String text) throws BadAddressException {
        if (text.startsWith(kind.prefix)) {
            return;
        }
        if (kind == Kind.PERSON && (looksLike(Kind.NODE, text) || text.indexOf('@') >= 0)) {
            throw new BadAddressException("this names a node (it is what --join takes), not a person: "
                    + "ask for the line that 'privatus id' prints");
        }
        if (kind == Kind.NODE && looksLike(Kind.PERSON, text)) {
            throw new BadAddressException("this is a person's address (it is what 'privatus add' takes), not a node's: "
                    + "ask for the line that 'privatus id --node' prints");
        }
        throw new BadAddressException("this is not " + kind.words + ", which begins with " + kind.prefix);
    }

    private static void expectLength(Kind kind, int length) throws BadAddressException {
        int expected = kind.characters();
        if (length < expected) {
            throw bad(kind, "is cut short: it has " + length + " of " + expected + " characters; paste the whole line");
        }
        if (length > expected) {
            throw bad(
                    kind,
                    "is too long: it has " + length + " characters instead of " + expected
                            + "; paste one line and nothing else");
        }
    }

    private static byte[] digits(Kind kind, String text) throws BadAddressException {
        byte[] digits = new byte[text.length() - kind.prefix.length()];
        for (int i = 0; i < digits.length; i++) {
            char character = text.charAt(kind.prefix.length() + i);
            int confused = CONFUSED.indexOf(character);
            int digit = ALPHABET.indexOf(confused >= 0 ? CONFUSED_WITH.charAt(confused) : character);
            if (digit < 0) {
                throw bad(
                        kind,
                        "is mistyped: character " + (kind.prefix.length() + i + 1)
                                + " is one that no address contains");
            }
            digits[i] = (byte) digit;
        }
        return digits;
    }

    private static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte octet : bytes) {
            buffer = ((buffer << Byte.SIZE) | (octet & 0xff)) & 0xfff;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((buffer >>> bits) & 0x1f));
            }
        }
        return text.toString();
    }

    private static byte[] bytes(byte[] digits) {
        byte[] bytes = new byte[digits.length * BITS / Byte.SIZE];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (byte digit : digits) {
            buffer = ((buffer << BITS) | digit) & 0xfff;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[at++] = (byte) (buffer >>> bits);
            }
        }
        return bytes;
    }

    private static byte[] checksum(Kind kind, byte[] body) {
        byte[] digest = Sha256.of(LABEL, kind.prefix.getBytes(StandardCharsets.US_ASCII), body);
        return Arrays.copyOf(digest, kind.checksumLength);
    }

    private static BadAddressException bad(Kind kind, String what) {
        return new BadAddressException((kind == Kind.PERSON ? "this address " : "the KEY of this node ") + what);
    }
}
