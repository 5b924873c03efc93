package org.privatus.simulation.results;

/// Durations that are sampled one by one: each sample has a time, a node and a value in nanoseconds.
public enum Metric {
    /// From a lookup's start to its end, at the node that asked.
    LOOKUP("lookup", "Lookup"),
    /// From the first cell of a circuit until its last hop answered, at the node that built it.
    CIRCUIT_BUILD("circuit-build", "Circuit build"),
    /// From a person's writing to the first showing at the receiver; results from joining messages.
    DELIVERY("delivery", "Delivery"),
    /// From a person's writing until the sender learned that it arrived; results from joining messages.
    ACKNOWLEDGEMENT("acknowledgement", "Acknowledgement"),
    /// From the loss of a circuit or a partner until messages flow again.
    RECOVERY("recovery", "Recovery");

    private final String key;
    private final String title;

    Metric(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /// The name in files: `samples-KEY.csv`, keys of `summary.json`. Stays as it is.
    public String key() {
        return key;
    }

    /// The name for a person.
    public String title() {
        return title;
    }
}
