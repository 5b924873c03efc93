package org.privatus.simulation.results;

/// A directory of results that cannot be written or read. The message is one line for a person: which place, what is wrong and
/// what to do.
public final class ResultDirectoryException extends Exception {
    private static final long serialVersionUID = 1;

    public ResultDirectoryException(String message) {
        super(message);
    }
}
