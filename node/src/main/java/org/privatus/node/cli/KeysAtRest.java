package org.privatus.node.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.keystore.KeystoreException;
import org.privatus.crypto.keystore.Passphrase;
import org.privatus.crypto.keystore.PersonKeystore;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.terminal.UserError;

/// Reads the person's address from the key store of a node that does not run.
final class KeysAtRest {
    private KeysAtRest() {}

    /// Empty where no node was ever started.
    ///
    /// @param passphrase asked for only when the keys have one
    static Optional<String> address(DataDirectory home, NodeRunner.PassphraseInput passphrase) {
        try {
            Optional<NetworkId> network = home.network();
            if (network.isEmpty() || !PersonKeystore.exists(home.keys())) {
                return Optional.empty();
            }
            return Optional.of(open(home, passphrase, network.get()));
        } catch (KeystoreException e) {
            throw UserError.runtime(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw UserError.runtime("cannot read the keys in " + home.keys() + ": see whether they are yours");
        }
    }

    private static String open(DataDirectory home, NodeRunner.PassphraseInput passphrase, NetworkId network)
            throws IOException, KeystoreException {
        var suite = new StandardSuite();
        boolean needed = PersonKeystore.needsPassphrase(home.keys(), suite);
        Optional<Passphrase> given = needed ? passphrase.ofKeys(false) : Optional.empty();
        try {
            PersonKeystore keys = PersonKeystore.open(home.keys(), suite, new SecureRandom(), given);
            String address = keys.identity().address(network).encode();
            keys.erase();
            return address;
        } finally {
            given.ifPresent(Passphrase::erase);
        }
    }
}
