package org.privatus.onion.lease;

import java.util.Arrays;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.suite.CryptoSuite;

/// Whoever publishes the leases of an address: the address, and a copy of the seed of its person's key, without which nobody
/// can sign them. It lives until it is erased, whatever becomes of the identity.
public final class LeaseOwner {
    private final PersonAddress address;
    private final byte[] seed;

    private LeaseOwner(PersonAddress address, byte[] seed) {
        this.address = address;
        this.seed = seed;
    }

    public static LeaseOwner of(PersonIdentity person, NetworkId network) {
        return new LeaseOwner(person.address(network), person.seed());
    }

    public PersonAddress address() {
        return address;
    }

    byte[] sign(CryptoSuite suite, byte[] parameter, byte[] message) {
        return suite.ed25519BlindedSign(seed, parameter, message);
    }

    /// Forgets the seed; what is signed after it is worthless.
    public void erase() {
        Arrays.fill(seed, (byte) 0);
    }

    /// Says nothing about whose they are.
    @Override
    public String toString() {
        return "LeaseOwner";
    }
}
