package org.privatus.simulation.cluster;

/// A run on several processes could not begin or not end as it should.
public final class ClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Says what is wrong.
    ///
    /// @param line one line for a person: what is wrong and what to do
    public ClusterException(String line) {
        super(line);
    }
}
