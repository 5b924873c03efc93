package org.privatus.node.actor;

import java.io.Serial;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.host.DatagramBurst;
import org.privatus.node.host.DatagramListener;
import org.privatus.node.host.DatagramPort;
import org.privatus.node.host.NodeHost;

/// Owns the life of the node's socket and nothing else: the [LinkManager] gets what arrives and writes it itself.
public final class UdpTransport {
    /// The socket has no commands: it is there while the actor is.
    public interface Command {}

    /// Datagrams that may wait for the links, about 12 MB: a node that falls further behind loses the newest, as a full
    /// socket buffer does.
    private static final int WAITING_MAX = 8_192;

    private UdpTransport() {}

    /// Binds `listen` at start and closes the socket at the end. A port that cannot be bound is told to the guardian.
    public static Behavior<Command> create(
            Endpoint listen,
            NodeHost host,
            ActorRef<LinkManager.Command> links,
            ActorRef<NodeGuardian.Command> guardian) {
        return Behaviors.setup(context -> {
            try {
                DatagramPort port = host.datagrams().bind(listen, new Arrivals(host, links));
                links.tell(new LinkManager.PortBound(port));
                guardian.tell(new NodeGuardian.Bound(port.local()));
                return new Receiving<>(command -> Behaviors.same(), port::close);
            } catch (BindFailedException e) {
                guardian.tell(new NodeGuardian.BindFailed(e));
                return Behaviors.stopped();
            }
        });
    }

    /// Hands over what arrives, and is the number of those that wait.
    private static final class Arrivals extends AtomicInteger implements DatagramListener {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient NodeHost host;
        private final transient ActorRef<LinkManager.Command> links;

        Arrivals(NodeHost host, ActorRef<LinkManager.Command> links) {
            this.host = host;
            this.links = links;
        }

        @Override
        public void received(Endpoint from, byte[] datagram) {
            if (isRoomFor(1)) {
                links.tell(LinkManager.arrived(host, from, datagram, this));
            }
        }

        @Override
        public void received(DatagramBurst burst) {
            if (isRoomFor(burst.size())) {
                links.tell(new LinkManager.DatagramsArrived(burst, host.time().nanos(), this));
            }
        }

        private boolean isRoomFor(int datagrams) {
            if (addAndGet(datagrams) <= WAITING_MAX) {
                return true;
            }
            addAndGet(-datagrams);
            return false;
        }
    }
}
