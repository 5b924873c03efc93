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

    /// First in, first out. Most actors of an idle node hold no message: the deque is made for the first.
    public static final class Queue implements MessageQueue, UnboundedMessageQueueSemantics {
        private final EventLoop loop;
        private @Nullable ArrayDeque<Envelope> messages;

        Queue(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void enqueue(ActorRef receiver, Envelope message) {
            loop.checkThread();
            ArrayDeque<Envelope> waiting = messages;
            if (waiting == null) {
                waiting = new ArrayDeque<>(1);
                messages = waiting;
            }
            waiting.addLast(message);
        }

        @Override
        @SuppressWarnings("NullAway") // Pekko's way to say that it is empty
        public Envelope dequeue() {
            return messages == null ? null : messages.pollFirst();
        }

        @Override
        public int numberOfMessages() {
            return messages == null ? 0 : messages.size();
        }

        @Override
        public boolean hasMessages() {
            return messages != null && !messages.isEmpty();
        }

        @Override
        public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
            while (hasMessages()) {
                deadLetters.enqueue(owner, dequeue());
            }
        }
    }
}
