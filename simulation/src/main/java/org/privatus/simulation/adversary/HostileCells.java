package org.privatus.simulation.adversary;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.privatus.node.host.NodeHost;
import org.privatus.node.link.core.packet.FrameType;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.fault.AlteredHost;
import org.privatus.simulation.fault.LateDatagrams;
import org.privatus.simulation.fault.Span;
import org.privatus.simulation.scenario.Adversary;
import org.privatus.simulation.suite.TappedSuite;

/// What a relay does to the cells that it should forward. Links and requests of the DHT are served well, so that others choose it.
public final class HostileCells {
    private final EventLoop loop;
    private final Span span;
    private final Adversary.HostileRelay role;
    private final RandomGenerator chance;
    private long delayNanos;

    private HostileCells(EventLoop loop, Span span, Adversary.HostileRelay role, RandomGenerator chance) {
        this.loop = loop;
        this.span = span;
        this.role = role;
        this.chance = chance;
    }

    /// The surroundings of such a relay.
    public static NodeHost on(NodeHost host, EventLoop loop, Span span, Adversary.HostileRelay role) {
        var cells = new HostileCells(loop, span, role, host.behaviour("hostile-cells"));
        LongSupplier delay = cells::takeDelay;
        AlteredHost tampered = AlteredHost.of(host).withSuite(new TappedSuite(host.suite(), cells::tamper));
        return role.treatment() == Adversary.Treatment.DELAY
                ? tampered.withDatagrams(new LateDatagrams(host.datagrams(), loop, delay))
                : tampered;
    }

    private void tamper(byte[] packet) {
        if (span.contains(loop.nowNanos())) {
            Frames.visit(packet, this::tamper);
        }
    }

    private void tamper(byte[] packet, int at, int length) {
        if (packet[at] != FrameType.CELLS || chance.nextDouble() >= role.share()) {
            return;
        }
        switch (role.treatment()) {
            case DROP -> packet[at] = Frames.UNKNOWN;
            case TAG -> {
                int cells = FrameType.HEADER + length - FrameType.CELLS_HEAD;
                packet[at + FrameType.CELLS_HEAD + chance.nextInt(cells)] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
            }
            case DELAY -> delayNanos = role.delay().toNanos();
        }
    }

    /// The delay of the packet that was sealed last.
    private long takeDelay() {
        long taken = delayNanos;
        delayNanos = 0;
        return taken;
    }
}
