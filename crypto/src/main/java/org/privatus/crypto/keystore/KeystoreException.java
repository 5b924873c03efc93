package org.privatus.crypto.keystore;

import java.nio.file.Path;

/// Why a keystore does not open. Each message is one sentence for the user: what is wrong, and what to do. Nothing
/// was changed on disk.
public abstract sealed class KeystoreException extends Exception {
    private static final long serialVersionUID = 1L;

    KeystoreException(String message) {
        super(message, null, false, false);
    }

    /// The passphrase does not open it.
    public static final class WrongPassphrase extends KeystoreException {
        private static final long serialVersionUID = 1L;

        WrongPassphrase(Path file) {
            super("wrong passphrase for " + file + ": try again; nobody can recover a lost one");
        }
    }

    /// It is protected by a passphrase and none was given.
    public static final class PassphraseNeeded extends KeystoreException {
        private static final long serialVersionUID = 1L;

        PassphraseNeeded(Path file) {
            super(file + " is locked by a passphrase: give it when asked, or by --passphrase-file");
        }
    }

    /// The file ends early.
    public static final class Truncated extends KeystoreException {
        private static final long serialVersionUID = 1L;

        Truncated(Path file, long length) {
            super(file + " is cut short (" + length + " bytes are left): restore it from a backup");
        }
    }

    /// The file is no keystore, or holds something else than what was asked for.
    public static final class Foreign extends KeystoreException {
        private static final long serialVersionUID = 1L;

        Foreign(Path file, String expected) {
            super(file + " does not hold " + expected
                    + ": is this another program's directory? Choose another by --data");
        }
    }

    /// Bytes in it have changed.
    public static final class Damaged extends KeystoreException {
        private static final long serialVersionUID = 1L;

        Damaged(Path file) {
            super(file + " is damaged (its checksum does not fit): restore it from a backup");
        }
    }

    /// Written by a version of the program that is newer than this one.
    public static final class UnsupportedVersion extends KeystoreException {
        private static final long serialVersionUID = 1L;

        UnsupportedVersion(Path file, int version) {
            super(file + " has format " + version + ", which this version does not know: run a newer one");
        }
    }

    /// It asks for a weaker or a costlier key derivation than anybody may.
    public static final class ParametersOutOfBounds extends KeystoreException {
        private static final long serialVersionUID = 1L;

        ParametersOutOfBounds(Path file) {
            super(file + " asks for a key derivation outside " + ArgonParameters.BOUNDS
                    + ": it was not written by this program; restore it from a backup");
        }
    }

    /// The file that holds the key to it is not there.
    public static final class KeyFileMissing extends KeystoreException {
        private static final long serialVersionUID = 1L;

        KeyFileMissing(Path keyFile, Path file) {
            super(keyFile + " is missing, and without it " + file + " cannot be opened: restore it from a backup");
        }
    }

    /// The file that should hold the key to it holds another.
    public static final class KeyFileMismatch extends KeystoreException {
        private static final long serialVersionUID = 1L;

        KeyFileMismatch(Path keyFile, Path file) {
            super(keyFile + " is not the key to " + file + ": restore both from the same backup");
        }
    }

    /// Others on this machine can read the file that holds the key.
    public static final class TooOpen extends KeystoreException {
        private static final long serialVersionUID = 1L;

        TooOpen(Path keyFile) {
            super("others can read " + keyFile + ": run chmod 600 on it, and see who may have copied it");
        }
    }
}
