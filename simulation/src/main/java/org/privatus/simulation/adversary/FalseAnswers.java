package org.privatus.simulation.adversary;

import java.util.random.RandomGenerator;
import org.privatus.node.host.NodeHost;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.fault.AlteredHost;
import org.privatus.simulation.fault.Span;
import org.privatus.simulation.scenario.Adversary;
import org.privatus.simulation.suite.TappedSuite;

/// What a Sybil does with requests: its links stay up, its answers are empty or mean nothing.
public final class FalseAnswers {
    private static final int ID = 4;

    private final EventLoop loop;
    private final Span span;
    private final Adversary.Answers answers;
    private final RandomGenerator chance;

    private FalseAnswers(EventLoop loop, Span span, Adversary.Answers answers, RandomGenerator chance) {
        this.loop = loop;
        this.span = span;
        this.answers = answers;
        this.chance = chance;
    }

    /// The surroundings of such a node.
    public static NodeHost on(NodeHost host, EventLoop loop, Span span, Adversary.Answers answers) {
        var liar = new FalseAnswers(loop, span, answers, host.behaviour("false-answers"));
        return AlteredHost.of(host).withSuite(new TappedSuite(host.suite(), liar::tamper));
    }

    private void tamper(byte[] packet) {
        if (span.contains(loop.nowNanos())) {
            Frames.visit(packet, this::tamper);
        }
    }

    private void tamper(byte[] packet, int at, int length) {
        if (packet[at] != FrameType.ANSWER) {
            return;
        }
        switch (answers) {
            case SILENCE -> packet[at] = Frames.UNKNOWN;
            case GARBAGE -> {
                for (int i = ID; i < length; i++) {
                    packet[at + FrameType.HEADER + i] = (byte) chance.nextInt();
                }
            }
        }
    }
}
