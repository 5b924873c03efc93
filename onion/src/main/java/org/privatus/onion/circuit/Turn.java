package org.privatus.onion.circuit;

import java.util.ArrayDeque;

/// The lanes that have something to send when the present turn is over.
final class Turn {
    private final ArrayDeque<OutwardLane> touched = new ArrayDeque<>(4);

    void add(OutwardLane lane) {
        touched.add(lane);
    }

    void end(long nowNanos) {
        while (!touched.isEmpty()) {
            touched.removeFirst().endTurn(nowNanos);
        }
    }
}
