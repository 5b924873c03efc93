package org.privatus.crypto.identity;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;

/// Who this node is, secrets included: the seed of its Ed25519 key, the solution of its puzzle, and what follows from
/// them.
public final class NodeIdentity {
    private final byte[] seed;
    private final byte[] linkSecret;
    private final NodeKey key;
    private final PuzzleNonce nonce;
    private final PuzzleProof proof;
    private final NodeId id;

    private NodeIdentity(CryptoSuite suite, byte[] seed, NodeKey key, PuzzleNonce nonce, PuzzleProof proof) {
        this.seed = seed;
        this.linkSecret = suite.x25519OfEd25519Seed(seed);
        this.key = key;
        this.nonce = nonce;
        this.proof = proof;
        this.id = NodeId.of(proof, key);
    }

    /// A new identity. Takes 2^puzzleBits milliseconds, more or less.
    public static NodeIdentity generate(CryptoSuite suite, SecureRandom keys, int puzzleBits) {
        byte[] seed = suite.ed25519Generate(keys);
        NodeKey key = NodeKey.of(suite.ed25519Public(seed));
        Puzzle.Solution solution = Puzzle.solve(suite, key, puzzleBits, keys);
        return new NodeIdentity(suite, seed, key, solution.nonce(), solution.proof());
    }

    /// An identity that was kept. The proof is taken as it is: it comes from where the seed came from.
    public static NodeIdentity restore(CryptoSuite suite, byte[] seed, PuzzleNonce nonce, PuzzleProof proof) {
        return new NodeIdentity(suite, seed.clone(), NodeKey.of(suite.ed25519Public(seed)), nonce, proof);
    }

    public NodeKey key() {
        return key;
    }

    public PuzzleNonce nonce() {
        return nonce;
    }

    public PuzzleProof proof() {
        return proof;
    }

    public NodeId id() {
        return id;
    }

    /// The Ed25519 seed, a copy that the caller erases.
    public byte[] seed() {
        return seed.clone();
    }

    /// The X25519 secret of the node's links, a copy that the caller erases.
    public byte[] linkSecret() {
        return linkSecret.clone();
    }

    public byte[] sign(CryptoSuite suite, byte[] message) {
        return suite.ed25519Sign(seed, message);
    }

    /// This node as a contact at `endpoint`, with the flags of [Contact].
    public Contact contact(Endpoint endpoint, int flags) {
        return new Contact(key, proof, flags, endpoint).withId(id);
    }

    /// Forgets the secrets; nothing can be signed or agreed upon after it.
    public void erase() {
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(linkSecret, (byte) 0);
    }

    @Override
    public String toString() {
        return "NodeIdentity " + id;
    }
}
