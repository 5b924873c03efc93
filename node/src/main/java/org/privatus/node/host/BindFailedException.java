package org.privatus.node.host;

import java.io.IOException;
import org.privatus.crypto.identity.Endpoint;

/// A port could not be opened. The message is one line for the user: what is wrong and what to do.
public final class BindFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Endpoint endpoint;

    public BindFailedException(Endpoint endpoint, String message) {
        super(message);
        this.endpoint = endpoint;
    }

    public Endpoint endpoint() {
        return endpoint;
    }
}
