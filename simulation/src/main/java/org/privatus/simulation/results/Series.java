package org.privatus.simulation.results;

/// What is counted per simulated second. [#NODES_UP] is a level, everything else a number of happenings.
public enum Series {
    /// Steps of the event loops.
    EVENTS("events"),
    /// Datagrams handed to the network.
    DATAGRAMS("datagrams"),
    /// UDP payload of these.
    BYTES("bytes"),
    /// Datagrams that never arrived, whatever the reason.
    LOST("lost"),
    /// Messages that people wrote; counted by [Recording#sent].
    SENT("sent"),
    /// Showings of messages to a person; counted by [Recording#shown].
    DELIVERED("delivered"),
    /// Messages whose sender learned that they arrived; counted by [Recording#acknowledged].
    ACKNOWLEDGED("acknowledged"),
    /// Lookups that ended.
    LOOKUPS("lookups"),
    /// Requests that these lookups sent.
    LOOKUP_REQUESTS("lookupRequests"),
    CIRCUITS_BUILT("circuitsBuilt"),
    CIRCUITS_FAILED("circuitsFailed"),
    /// Nodes that run at the end of the second.
    NODES_UP("nodesUp"),
    STARTED("started"),
    /// Nodes that left and said so.
    STOPPED("stopped"),
    /// Nodes that ended without a word.
    CRASHED("crashed");

    private final String key;

    Series(String key) {
        this.key = key;
    }

    /// The column of `series.csv`. Stays as it is.
    public String key() {
        return key;
    }

    /// Whether it is a level that stays until it is set again.
    public boolean isLevel() {
        return this == NODES_UP;
    }
}
