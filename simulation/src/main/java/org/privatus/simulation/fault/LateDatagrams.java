package org.privatus.simulation.fault;

import java.util.function.LongSupplier;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.Datagrams;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

/// Sends what a node sends, but later.
///
/// @param delayNanos is asked at each datagram; 0 sends at once
public record LateDatagrams(Datagrams inner, EventLoop loop, LongSupplier delayNanos) implements Datagrams {
    @Override
    public DatagramPort bind(Endpoint local, DatagramListener listener) throws BindFailedException {
        return new Port(inner.bind(local, listener), loop, delayNanos);
    }

    private record Port(DatagramPort inner, EventLoop loop, LongSupplier delayNanos) implements DatagramPort {
        @Override
        public Endpoint local() {
            return inner.local();
        }

        @Override
        public void send(Endpoint to, byte[] datagram, int length) {
            long delay = delayNanos.getAsLong();
            if (delay == 0) {
                inner.send(to, datagram, length);
            } else {
                loop.after(delay, EventKind.TIMER, () -> inner.send(to, datagram, length));
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
