package org.privatus.onion.circuit;

import java.util.Optional;
import java.util.TreeMap;

/// Circuits that were asked for, and their streams, by the numbers under which the surroundings know them.
final class StreamTable {
    private final TreeMap<Long, StreamCircuit> circuits = new TreeMap<>();
    private final TreeMap<Long, OwnStream> streams = new TreeMap<>();
    private long lastCircuit;
    private long lastStream;

    long nextCircuit() {
        return ++lastCircuit;
    }

    long nextStream() {
        return ++lastStream;
    }

    void put(long id, StreamCircuit circuit) {
        circuits.put(id, circuit);
    }

    void put(OwnStream stream) {
        streams.put(stream.id(), stream);
    }

    boolean contains(long circuit) {
        return circuits.containsKey(circuit);
    }

    /// Whether it was there.
    boolean remove(long circuit) {
        return circuits.remove(circuit) != null;
    }

    void remove(OwnStream stream) {
        streams.remove(stream.id());
    }

    Optional<StreamCircuit> circuit(long id) {
        return Optional.ofNullable(circuits.get(id));
    }

    Optional<OwnStream> stream(long id) {
        return Optional.ofNullable(streams.get(id));
    }
}
