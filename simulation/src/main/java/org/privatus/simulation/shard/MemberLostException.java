package org.privatus.simulation.shard;

/// Another shard of the run is gone, so the run cannot go on.
public final class MemberLostException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Says who is lost.
    ///
    /// @param message one line for a person: who is gone and what is known of why
    public MemberLostException(String message) {
        super(message);
    }
}
