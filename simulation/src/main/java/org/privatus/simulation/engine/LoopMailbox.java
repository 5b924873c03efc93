package org.privatus.simulation.engine;

import com.typesafe.config.Config;
import java.util.ArrayDeque;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import org.apache.pekko.dispatch.UnboundedMessageQueueSemantics;
import org.jspecify.annotations.Nullable;
import scala.Option;

/// The mailbox of every simulated actor: a plain queue that only the loop's thread may fill. The executor alone would not
/// notice a foreign thread whose message meets a mailbox that is running just then: nothing has to be scheduled for it.
public final class LoopMailbox implements MailboxType, ProducesMessageQueue<LoopMailbox.Queue> {
    private final EventLoop loop;

    /// Called by Pekko.
    public LoopMailbox(ActorSystem.Settings settings, Config config) {
        this.loop = LoopSetup.in(settings);
    }

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        return new Queue(loop);
    }

    /// First in, first out. Hardly ever do two messages wait: the deque is made for the second.
    public static final class Queue implements MessageQueue, UnboundedMessageQueueSemantics {
        private final EventLoop loop;
        private @Nullable Envelope first;
        private @Nullable ArrayDeque<Envelope> others;

        Queue(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void enqueue(ActorRef receiver, Envelope message) {
            loop.checkThread();
            if (first == null) {
                first = message;
                return;
            }
            ArrayDeque<Envelope> waiting = others;
            if (waiting == null) {
                waiting = new ArrayDeque<>(1);
                others = waiting;
            }
            waiting.addLast(message);
        }

        @Override
        @SuppressWarnings("NullAway") // Pekko's way to say that it is empty
        public Envelope dequeue() {
            Envelope taken = first;
            first = others == null ? null : others.pollFirst();
            return taken;
        }

        @Override
        public int numberOfMessages() {
            return (first == null ? 0 : 1) + (others == null ? 0 : others.size());
        }

        @Override
        public boolean hasMessages() {
            return first != null;
        }

        @Override
        public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
            while (hasMessages()) {
                deadLetters.enqueue(owner, dequeue());
            }
        }
    }
}
