package org.privatus.crypto.identity;

import java.security.SecureRandom;
import java.util.Arrays;
import org.privatus.crypto.suite.CryptoSuite;

/// Who a person is, secrets included: the seed of an Ed25519 key and the secret half of the address. It shares
/// nothing with the node that it is used on.
public final class PersonIdentity {
    private final byte[] seed;
    private final byte[] agreementSecret;
    private final PersonKey key;
    private final AddressSecret addressSecret;

    private PersonIdentity(CryptoSuite suite, byte[] seed, AddressSecret addressSecret) {
        this.seed = seed;
        this.agreementSecret = suite.x25519OfEd25519Seed(seed);
        this.key = PersonKey.of(suite.ed25519Public(seed));
        this.addressSecret = addressSecret;
    }

    public static PersonIdentity generate(CryptoSuite suite, SecureRandom keys) {
        return new PersonIdentity(suite, suite.ed25519Generate(keys), AddressSecret.generate(keys));
    }

    /// An identity that was kept. Copies.
    public static PersonIdentity restore(CryptoSuite suite, byte[] seed, byte[] addressSecret) {
        return new PersonIdentity(suite, seed.clone(), AddressSecret.of(addressSecret));
    }

    public PersonKey key() {
        return key;
    }

    /// A copy: it stays valid when this identity is erased.
    public AddressSecret addressSecret() {
        return AddressSecret.of(addressSecret.toBytes());
    }

    /// What others need to reach this person.
    public PersonAddress address(NetworkId network) {
        return new PersonAddress(network, key, addressSecret());
    }

    /// The Ed25519 seed, a copy that the caller erases.
    public byte[] seed() {
        return seed.clone();
    }

    /// The X25519 secret that is the seed's image, a copy that the caller erases.
    public byte[] xSecret() {
        return agreementSecret.clone();
    }

    public byte[] sign(CryptoSuite suite, byte[] message) {
        return suite.ed25519Sign(seed, message);
    }

    /// Forgets the secrets; nothing can be signed or agreed upon after it.
    public void erase() {
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(agreementSecret, (byte) 0);
        addressSecret.erase();
    }

    /// Says nothing about who it is.
    @Override
    public String toString() {
        return "PersonIdentity";
    }
}
