package org.privatus.crypto.keystore;

/// What opens a keystore.
public sealed interface Protection {
    /// A passphrase.
    record ByPassphrase(Passphrase passphrase, ArgonParameters parameters) implements Protection {
        public ByPassphrase(Passphrase passphrase) {
            this(passphrase, ArgonParameters.DEFAULT);
        }
    }

    /// A random key in a file beside the keystore that only its owner can read: against other users of the machine,
    /// and nobody else.
    record ByKeyFile() implements Protection {}
}
