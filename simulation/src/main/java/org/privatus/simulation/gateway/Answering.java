package org.privatus.simulation.gateway;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.MessageView;
import org.privatus.node.control.RequestView;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.world.World;

/// A simulated person to whom anybody may write: takes every stranger into the address book and answers each text. People who
/// are in the book otherwise are left to whoever put them there.
final class Answering {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);
    private static final Duration SEND_PATIENCE = Duration.ofMinutes(5);
    private static final String STRANGER = "stranger-";
    private static final int QUOTED_MAX = 1000;

    private final World world;
    private final int node;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final Runnable answered;

    /// @param answered called when an answer was acknowledged
    Answering(World world, int node, ActorRef<NodeGuardian.Command> guardian, Runnable answered) {
        this.world = world;
        this.node = node;
        this.guardian = guardian;
        this.answered = answered;
    }

    /// Begins to read and to answer; in a step of the node or between two.
    void begin() {
        guardian.tell(new NodeGuardian.Follow(1, 0, this::read));
        look();
    }

    private void look() {
        ask(ANSWER_PATIENCE, new ControlRequest.Requests(), reply -> {
            if (reply instanceof ControlReply.Requests(var requests)) {
                requests.forEach(this::accept);
            }
        });
        world.loop().after(LOOK_EVERY.toNanos(), node, EventKind.SCENARIO, this::look);
    }

    private void accept(RequestView request) {
        ask(ANSWER_PATIENCE, new ControlRequest.Accept(request.id(), STRANGER + request.id()), reply -> {});
    }

    /// How many answers may wait is the node's own limit.
    private void read(MessageView message) {
        if (message.outgoing() || !message.name().startsWith(STRANGER)) {
            return;
        }
        var answer = new ControlRequest.Send(message.name(), answerTo(message.text()), SEND_PATIENCE.toMillis());
        ask(SEND_PATIENCE.plus(ANSWER_PATIENCE), answer, reply -> {
            if (reply instanceof ControlReply.Acknowledged) {
                answered.run();
            }
        });
    }

    private String answerTo(String text) {
        return "I am simulated person " + node + "; you wrote: " + quoted(text);
    }

    private static String quoted(String text) {
        if (text.length() <= QUOTED_MAX) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(QUOTED_MAX - 1)) ? QUOTED_MAX - 1 : QUOTED_MAX;
        return text.substring(0, end) + "…";
    }

    private void ask(Duration patience, ControlRequest request, Consumer<ControlReply> outcome) {
        world.<NodeGuardian.Command, ControlReply>ask(
                node, guardian, patience, replyTo -> new NodeGuardian.Control(request, replyTo), outcome);
    }
}
