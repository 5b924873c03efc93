package org.privatus.node.store;

import java.io.Serial;

/// A store that cannot be opened. The message is one line for the user: what is wrong and what to do. Nothing was
/// changed.
public final class StoreOpenException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public StoreOpenException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public StoreOpenException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /// What is wrong with the file.
    public enum Problem {
        /// Encrypted under another key, or no database at all: without the key the two look alike.
        WRONG_KEY_OR_FOREIGN,
        /// A database, but not one of ours.
        FOREIGN,
        /// Ours, but pages are missing.
        TRUNCATED,
        /// Ours, but its content does not hold together.
        DAMAGED,
        /// Written by a later version.
        NEWER,
        /// The file or its directory cannot be read or written.
        UNREADABLE
    }
}
