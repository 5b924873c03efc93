package org.privatus.node.link.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.privatus.crypto.identity.Endpoint;

/// A network in virtual time between sockets: latency, jitter (and so reordering), loss, duplication, all drawn from a seed.
final class Wire {
    static final long MILLISECOND = 1_000_000;

    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Endpoint, Consumer<Datagram>> sockets = new LinkedHashMap<>();
    private final List<Datagram> log = new ArrayList<>();
    private long now = 1_000_000_000;
    private long order;

    long latency = 20 * MILLISECOND;
    long jitter;
    double loss;
    double duplication;
    /// Says which datagrams vanish, beside random loss.
    Predicate<Datagram> swallow = datagram -> false;

    /// A datagram, as it was sent: the sender's array, which nobody may change.
    static final class Datagram {
        private final Endpoint from;
        private final Endpoint to;
        private final byte[] bytes;
        private final byte[] sent;

        Datagram(Endpoint from, Endpoint to, byte[] bytes) {
            this.from = from;
            this.to = to;
            this.bytes = bytes;
            this.sent = bytes.clone();
        }

        Endpoint from() {
            return from;
        }

        Endpoint to() {
            return to;
        }

        byte[] bytes() {
            expectUnchanged();
            return bytes;
        }

        void expectUnchanged() {
            if (!Arrays.equals(bytes, sent)) {
                throw new AssertionError("somebody has changed a datagram from " + from + " to " + to);
            }
        }

        int kind() {
            return bytes[0] & 0xff;
        }

        boolean isData() {
            return (bytes[0] & 0xc0) == 0x40;
        }
    }

    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    Wire(long seed) {
        random = new SplittableRandom(seed);
    }

    long now() {
        return now;
    }

    void open(Endpoint endpoint, Consumer<Datagram> socket) {
        sockets.put(endpoint, socket);
    }

    void close(Endpoint endpoint) {
        sockets.remove(endpoint);
    }

    void send(Datagram datagram) {
        log.add(datagram);
        if (swallow.test(datagram)) {
            return;
        }
        int copies = random.nextDouble() < duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= loss) {
                deliver(datagram, latency + (jitter == 0 ? 0 : random.nextLong(jitter)));
            }
        }
    }

    /// Brings a datagram to whoever is at its address then, past all loss.
    void deliver(Datagram datagram, long delay) {
        after(delay, () -> {
            Consumer<Datagram> socket = sockets.get(datagram.to());
            if (socket != null) {
                socket.accept(datagram);
                datagram.expectUnchanged();
            }
        });
    }

    void after(long delay, Runnable what) {
        events.add(new Event(now + delay, order++, what));
    }

    /// All that was ever sent, in order.
    List<Datagram> log() {
        return log;
    }

    long nextEventNanos() {
        return events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
    }

    void advanceTo(long time) {
        now = Math.max(now, time);
    }

    void runNext() {
        Event event = events.poll();
        advanceTo(event.at());
        event.what().run();
    }
}
