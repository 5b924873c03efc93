package org.privatus.simulation.results;

/// Bytes that are no recording, or one of another version.
public final class MalformedRecordingException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedRecordingException(String message) {
        super(message);
    }
}
