package org.privatus.node.messaging.core;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.X25519KeyPair;
import org.privatus.crypto.wire.WireWriter;
import org.privatus.node.store.Blob;
import org.privatus.node.store.EnvelopeDigest;

/// What every part of the core was given when it was made.
///
/// @param self our own address, which every introduction tells
/// @param pair the X25519 image of our key
record Surroundings(
        MessagingSettings settings,
        PersonAddress self,
        X25519KeyPair pair,
        CryptoSuite suite,
        SecureRandom keys,
        RandomGenerator behaviour,
        ConversationEffects effects) {

    PersonKey key() {
        return self.key();
    }

    NetworkId network() {
        return self.network();
    }

    byte[] addressBytes() {
        WireWriter out = WireWriter.allocate(PersonAddress.LENGTH);
        self.write(out);
        return out.toBytes();
    }

    EnvelopeDigest digest(Blob payload) {
        return EnvelopeDigest.of(suite.sha256(payload.toBytes()));
    }
}
