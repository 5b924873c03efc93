package org.privatus.simulation.gateway;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Datagrams from outside that wait for the loop: all that threads of a gateway share. Takes [#CAPACITY]; what comes beyond is
/// dropped and counted, as a full socket buffer does.
final class Inbox implements PacedLoop.Outside {
    /// Some 12 MB of the longest datagrams.
    static final int CAPACITY = 8192;

    private final ArrayBlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();

    /// Takes a datagram; from any thread.
    void offer(Arrival arrival) {
        if (!arrivals.offer(arrival)) {
            dropped.increment();
        }
    }

    /// Datagrams for which there was no room.
    long dropped() {
        return dropped.sum();
    }

    @Override
    public Optional<Arrival> next(long waitNanos) throws InterruptedException {
        Arrival arrival = waitNanos <= 0 ? arrivals.poll() : arrivals.poll(waitNanos, TimeUnit.NANOSECONDS);
        return Optional.ofNullable(arrival);
    }
}
