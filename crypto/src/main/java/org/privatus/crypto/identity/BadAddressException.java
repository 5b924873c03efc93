package org.privatus.crypto.identity;

/// A person's or a node's address that a user gave and that is none. The message is one sentence for that user: what
/// is wrong and what to do. It repeats none of the address.
public final class BadAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadAddressException(String message) {
        super(message, null, false, false);
    }
}
