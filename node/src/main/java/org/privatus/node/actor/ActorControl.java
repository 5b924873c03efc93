package org.privatus.node.actor;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.privatus.node.control.ControlPort;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlReply.Failed;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;

/// A running node behind the control port: every question becomes a message to its guardian.
public final class ActorControl implements ControlPort {
    /// How long a question may take that has no patience of its own.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final AtomicLong followings = new AtomicLong();

    public ActorControl(ActorSystem<?> system, ActorRef<NodeGuardian.Command> guardian) {
        this.system = system;
        this.guardian = guardian;
    }

    @Override
    public CompletionStage<ControlReply> ask(ControlRequest request) {
        return Asking.<NodeGuardian.Command, ControlReply>ask(
                        system, guardian, patience(request), replyTo -> new NodeGuardian.Control(request, replyTo))
                .exceptionally(late -> new Failed(
                        Failed.Kind.UNAVAILABLE, "the node did not answer in time", "see 'privatus status'"));
    }

    /// A text is answered for by the messenger when its own time is over.
    private static Duration patience(ControlRequest request) {
        return request instanceof ControlRequest.Send send
                ? Duration.ofMillis(Math.max(0, send.timeoutMillis())).plus(PATIENCE)
                : PATIENCE;
    }

    @Override
    public Following follow(long afterSequence, Consumer<MessageView> sink) {
        long number = followings.incrementAndGet();
        guardian.tell(new NodeGuardian.Follow(number, afterSequence, sink));
        return () -> guardian.tell(new NodeGuardian.Unfollow(number));
    }
}
