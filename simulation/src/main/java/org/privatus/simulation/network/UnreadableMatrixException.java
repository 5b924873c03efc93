package org.privatus.simulation.network;

/// A latency matrix that cannot be used; the message is one line for the user and names the file, and the line where there are
/// lines.
public final class UnreadableMatrixException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableMatrixException(String message) {
        super(message);
    }
}
