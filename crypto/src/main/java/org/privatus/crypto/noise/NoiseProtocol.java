package org.privatus.crypto.noise;

import java.util.List;
import org.privatus.crypto.suite.Aead;
import org.privatus.crypto.suite.AeadKind;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.suite.X25519KeyPair;

/// The handshakes that are spoken here. In all of them the initiator knows the responder's static key beforehand, and
/// shows its own in the third message only.
public enum NoiseProtocol {
    /// Links.
    XK_AESGCM("Noise_XK_25519_AESGCM_SHA256", AeadKind.AES_256_GCM, false),
    /// Links between machines without AES instructions.
    XK_CHACHAPOLY("Noise_XK_25519_ChaChaPoly_SHA256", AeadKind.CHACHA20_POLY1305, false),
    /// First contact between persons: recorded traffic stays closed to a later quantum computer.
    XKHFS_AESGCM("Noise_XKhfs_25519+MLKEM768_AESGCM_SHA256", AeadKind.AES_256_GCM, true);

    /// All patterns here have three messages.
    public static final int MESSAGES = 3;

    private static final List<List<Token>> XK =
            List.of(List.of(Token.E, Token.ES), List.of(Token.E, Token.EE), List.of(Token.S, Token.SE));
    private static final List<List<Token>> XKHFS = List.of(
            List.of(Token.E, Token.ES, Token.E1), List.of(Token.E, Token.EE, Token.EKEM1), List.of(Token.S, Token.SE));

    private final String noiseName;
    private final AeadKind aead;
    private final boolean hybrid;

    NoiseProtocol(String noiseName, AeadKind aead, boolean hybrid) {
        this.noiseName = noiseName;
        this.aead = aead;
        this.hybrid = hybrid;
    }

    /// The name that both sides mix into the handshake.
    public String noiseName() {
        return noiseName;
    }

    public AeadKind aead() {
        return aead;
    }

    /// By how many bytes message 0, 1 or 2 is longer than its payload.
    public int overhead(int message) {
        boolean sealed = message > 0;
        int length = 0;
        for (Token token : tokens(message)) {
            length += fieldLength(token, sealed);
            sealed |= token == Token.ES;
        }
        return length + (sealed ? Aead.TAG_LENGTH : 0);
    }

    /// Whether a key is known by the time that the payload of message 0, 1 or 2 is written.
    boolean sealsPayload(int message) {
        return message > 0 || tokens(message).contains(Token.ES);
    }

    private static int fieldLength(Token token, boolean sealed) {
        int tag = sealed ? Aead.TAG_LENGTH : 0;
        return switch (token) {
            case E -> X25519KeyPair.KEY_LENGTH;
            case S -> X25519KeyPair.KEY_LENGTH + tag;
            case E1 -> KemKeyPair.PUBLIC_KEY_LENGTH + tag;
            case EKEM1 -> KemCapsule.CIPHERTEXT_LENGTH + tag;
            case EE, ES, SE -> 0;
        };
    }

    List<Token> tokens(int message) {
        return (hybrid ? XKHFS : XK).get(message);
    }
}
