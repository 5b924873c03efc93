package org.privatus.simulation.adversary;

import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.Datagrams;
import org.privatus.node.host.NodeHost;
import org.privatus.simulation.fault.AlteredHost;
import org.privatus.simulation.network.SimulatedNetwork;
import org.privatus.simulation.scenario.Adversary;

/// Sends datagrams that nobody asked for to random nodes, from the port of the node that it lives on: random bytes, or that node's
/// own datagrams damaged.
public final class Flooder {
    private static final int LONGEST = 1200;
    private static final int KEPT = 16;

    private final Adversary.Flood role;
    private final int nodes;
    private final RandomGenerator chance;
    private final byte[][] kept = new byte[KEPT][];
    private int keptCount;
    private @Nullable DatagramPort port;

    private enum Tick {
        NEXT,
        END
    }

    private Flooder(Adversary.Flood role, int nodes, RandomGenerator chance) {
        this.role = role;
        this.nodes = nodes;
        this.chance = chance;
    }

    /// A flooder of one node.
    ///
    /// @param nodes how many there are to flood
    public static Flooder of(NodeHost host, Adversary.Flood role, int nodes) {
        return new Flooder(role, nodes, host.behaviour("flood"));
    }

    /// The host of the node whose port it uses.
    public NodeHost on(NodeHost host) {
        Datagrams real = host.datagrams();
        return AlteredHost.of(host).withDatagrams((local, listener) -> bind(real, local, listener));
    }

    private DatagramPort bind(Datagrams real, Endpoint local, DatagramListener listener) throws BindFailedException {
        var opened = new OverheardPort(real.bind(local, listener));
        port = opened.inner;
        return opened;
    }

    /// The actor that floods.
    ///
    /// @param begin from now
    /// @param length how long; negative: without end
    public Behavior<?> actor(Duration begin, Duration length) {
        return Behaviors.<Tick>withTimers(timers -> {
            timers.startSingleTimer(Tick.NEXT, begin);
            if (!length.isNegative()) {
                timers.startSingleTimer(Tick.END, begin.plus(length));
            }
            Duration interval = Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / role.rate()));
            return Behaviors.receiveMessage(tick -> {
                if (tick == Tick.END) {
                    return Behaviors.stopped();
                }
                flood();
                timers.startSingleTimer(Tick.NEXT, interval);
                return Behaviors.same();
            });
        });
    }

    private void flood() {
        byte[] datagram = role.content() == Adversary.Content.RANDOM || keptCount == 0 ? randomBytes() : damaged();
        if (port != null) {
            port.send(SimulatedNetwork.endpointOf(chance.nextInt(nodes)), datagram, datagram.length);
        }
    }

    private byte[] randomBytes() {
        var bytes = new byte[1 + chance.nextInt(LONGEST)];
        chance.nextBytes(bytes);
        return bytes;
    }

    private byte[] damaged() {
        byte[] real = kept[chance.nextInt(Math.min(keptCount, KEPT))];
        byte[] bytes = chance.nextInt(4) == 0 ? Arrays.copyOf(real, 1 + chance.nextInt(real.length)) : real.clone();
        int flips = chance.nextInt(4);
        for (int i = 0; i < flips; i++) {
            bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
        }
        return bytes;
    }

    /// The node's port; what goes out is kept for damaging.
    private final class OverheardPort implements DatagramPort {
        private final DatagramPort inner;

        OverheardPort(DatagramPort inner) {
            this.inner = inner;
        }

        @Override
        public Endpoint local() {
            return inner.local();
        }

        @Override
        public void send(Endpoint to, byte[] datagram, int length) {
            if (length > 0) {
                kept[keptCount++ % KEPT] = Arrays.copyOf(datagram, length);
            }
            inner.send(to, datagram, length);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
