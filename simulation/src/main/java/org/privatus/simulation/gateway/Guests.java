package org.privatus.simulation.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.network.Addresses;
import org.privatus.simulation.network.SimulatedNetwork;

/// Real nodes in the simulated network. Each has the number of a node that nobody simulates, and with it a place: an address
/// with a socket of the gateway, latency to everybody, chance and all that the network does to its nodes.
///
/// What a real node sends to a socket is sent, in virtual time, by its number to the node of that socket, and what reaches the
/// number leaves by the socket of the sender. Other nodes know a real one by its number's address, so that what two real nodes
/// say to each other crosses the simulated network too; where it really is they find it as well, as long as it tells them so.
///
/// A real node is whoever sends from an endpoint of this machine. At most [#PLACES] at a time: beyond, whoever was silent for
/// [#SILENCE_NANOS] gives way, and if all speak, datagrams of others are dropped and counted. For the loop's thread.
final class Guests {
    static final int PLACES = 64;
    static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final Endpoint ANYWHERE = Endpoint.parse("0.0.0.0:0");

    private final EventLoop loop;
    private final SimulatedNetwork network;
    private final Places places;
    private final Exit exit;
    private final Consumer<Endpoint> joined;
    private final Map<Integer, Guest> guests = new TreeMap<>();
    private long refused;
    private long everJoined;

    /// By which datagrams leave.
    @FunctionalInterface
    interface Exit {
        /// Sends to a real node.
        ///
        /// @param from an endpoint in the simulated network
        /// @param to the real endpoint of a real node
        void send(Endpoint from, Endpoint to, byte[] datagram);
    }

    /// @param joined is told of each new one
    Guests(EventLoop loop, SimulatedNetwork network, Places places, Exit exit, Consumer<Endpoint> joined) {
        this.loop = loop;
        this.network = network;
        this.places = places;
        this.exit = exit;
        this.joined = joined;
    }

    /// Where nodes are: simulated ones at the plan's addresses, real ones there and where they really are.
    static final class Places implements Addresses {
        private final Addresses plan;
        private final int first;
        private final Map<Endpoint, Integer> real = new TreeMap<>();

        /// @param first the number of the first real node
        Places(Addresses plan, int first) {
            this.plan = plan;
            this.first = first;
        }

        @Override
        public Endpoint endpoint(int node) {
            return plan.endpoint(node);
        }

        @Override
        public int node(Endpoint endpoint) {
            Integer number = real.get(endpoint);
            return number == null ? plan.node(endpoint) : number;
        }

        @Override
        public int nodesMax() {
            return plan.nodesMax();
        }
    }

    private static final class Guest {
        private final Endpoint real;
        private final DatagramPort place;
        private final Optional<DatagramPort> home;
        private long lastHeardNanos;

        Guest(Endpoint real, DatagramPort place, Optional<DatagramPort> home) {
            this.real = real;
            this.place = place;
            this.home = home;
        }
    }

    /// Takes what came from outside; it enters the simulated network when it came, or now if that is over.
    void arrived(Arrival arrival) {
        Integer known = places.real.get(arrival.from());
        int number = known == null ? welcome(arrival.from()) : known;
        Guest guest = guests.get(number);
        if (guest == null) {
            refused++;
            return;
        }
        guest.lastHeardNanos = arrival.wallNanos();
        long delay = arrival.wallNanos() - loop.nowNanos();
        loop.runAs(
                number,
                () -> loop.after(
                        delay,
                        EventKind.SCENARIO,
                        () -> guest.place.send(arrival.at(), arrival.bytes(), arrival.bytes().length)));
    }

    /// Real nodes that have a place.
    int present() {
        return guests.size();
    }

    /// How many had one since the run began.
    long everJoined() {
        return everJoined;
    }

    /// Datagrams of real nodes that found no place.
    long refused() {
        return refused;
    }

    private int welcome(Endpoint real) {
        int number = freePlace();
        if (number < 0) {
            return number;
        }
        DatagramListener outward = (from, datagram) -> exit.send(from, real, datagram);
        Endpoint place = places.endpoint(number);
        DatagramPort port = open(number, ANYWHERE, outward)
                .orElseThrow(() -> new IllegalStateException("the place " + place + " is taken"));
        places.real.put(real, number);
        guests.put(number, new Guest(real, port, open(number, place.withPort(real.port()), outward)));
        everJoined++;
        joined.accept(real);
        return number;
    }

    private Optional<DatagramPort> open(int number, Endpoint local, DatagramListener outward) {
        try {
            return Optional.of(network.of(number).bind(local, outward));
        } catch (BindFailedException e) {
            // behind a NAT box, or on the very port of the gateway, a real node is found at its place alone
            return Optional.empty();
        }
    }

    /// A number, or -1 when there is none.
    private int freePlace() {
        for (int number = places.first; number < places.first + PLACES; number++) {
            if (!guests.containsKey(number)) {
                return number;
            }
        }
        return dismissSilent();
    }

    /// The number of whoever was silent for longest, if that is long enough to go.
    private int dismissSilent() {
        int number = -1;
        Optional<Guest> silent = Optional.empty();
        long heard = loop.nowNanos() - SILENCE_NANOS;
        for (Map.Entry<Integer, Guest> entry : guests.entrySet()) {
            Guest guest = entry.getValue();
            if (guest.lastHeardNanos < heard) {
                heard = guest.lastHeardNanos;
                number = entry.getKey();
                silent = Optional.of(guest);
            }
        }
        guests.remove(number);
        silent.ifPresent(this::dismiss);
        return number;
    }

    private void dismiss(Guest gone) {
        places.real.remove(gone.real);
        gone.home.ifPresent(DatagramPort::close);
        gone.place.close();
    }
}
