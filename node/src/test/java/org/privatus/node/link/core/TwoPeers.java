package org.privatus.node.link.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.node.link.core.packet.Versions;

/// Two nodes, or more, on one {@link Wire}. Nothing happens but by {@link #step()}.
final class TwoPeers {
    static final long SECOND = 1_000 * Wire.MILLISECOND;

    final Wire wire;
    final Peer a;
    final Peer b;

    private final long seed;
    private final LinkSettings settings;
    private final List<Peer> peers = new ArrayList<>();
    private long channels;

    TwoPeers(long seed) {
        this(seed, Settings.with(settings -> {}));
    }

    TwoPeers(long seed, LinkSettings settings) {
        this.seed = seed;
        this.settings = settings;
        this.wire = new Wire(seed);
        this.a = another("10.0.0.1:1001");
        this.b = another("10.0.0.2:1002");
    }

    Peer another(String address) {
        return another(address, settings);
    }

    Peer another(String address, CryptoSuite suite) {
        Peer peer = new Peer(wire, 31 * seed + peers.size(), address, settings, suite);
        peers.add(peer);
        return peer;
    }

    /// Speaks these versions of the protocol.
    Peer another(String address, Versions versions) {
        long seedOfPeer = 31 * seed + peers.size();
        var identity = Peer.identity(seedOfPeer);
        Peer peer = new Peer(wire, seedOfPeer, address, settings, identity, versions);
        peers.add(peer);
        return peer;
    }

    Peer another(String address, LinkSettings settings) {
        Peer peer = new Peer(wire, 31 * seed + peers.size(), address, settings);
        peers.add(peer);
        return peer;
    }

    long now() {
        return wire.now();
    }

    /// Lets the next thing happen: an event, or a deadline. False if nothing ever will.
    boolean step() {
        Peer first = null;
        long earliest = wire.nextEventNanos();
        for (Peer peer : peers) {
            if (peer.links.deadlineNanos() < earliest) {
                earliest = peer.links.deadlineNanos();
                first = peer;
            }
        }
        if (earliest == Long.MAX_VALUE) {
            return false;
        }
        if (first == null) {
            wire.runNext();
        } else {
            wire.advanceTo(earliest);
            first.tick();
        }
        return true;
    }

    void runFor(long nanos) {
        long until = now() + nanos;
        boolean[] over = {false};
        wire.after(nanos, () -> over[0] = true);
        while (!over[0] && step()) {
            if (now() > until) {
                throw new AssertionError("time went past " + until);
            }
        }
    }

    /// Runs until something is so; fails when it is not within virtual `nanos`.
    void runUntil(long nanos, BooleanSupplier done) {
        long until = now() + nanos;
        while (!done.getAsBoolean()) {
            if (now() > until || !step()) {
                throw new AssertionError("not so after " + nanos / 1e9 + " s: a dropped "
                        + a.links.statistics().dropped() + ", b dropped "
                        + b.links.statistics().dropped());
            }
        }
    }

    /// A link, confirmed on both sides.
    void connect() {
        long channel = openChannel(a, b);
        runUntil(
                10 * SECOND,
                () -> a.credit.containsKey(channel) && b.links.links().size() == 1);
        a.links.closeChannel(channel, now());
        runFor(SECOND);
    }

    long openChannel(Peer from, Peer to) {
        long channel = ChannelIds.of(ChannelIds.OWN_CIRCUITS, channels++);
        from.links.openChannel(channel, to.contact(), now());
        from.settle();
        return channel;
    }

    /// Sends as many of the cells numbered `from` to `to` as there is credit for; returns the first that was not sent.
    int send(Peer peer, long channel, int from, int to) {
        int next = from;
        while (next < to && peer.credit.getOrDefault(channel, 0) > 0) {
            peer.credit.merge(channel, -1, Integer::sum);
            peer.links.send(channel, cell(next++), now());
        }
        return next;
    }

    static byte[] cell(int number) {
        byte[] cell = new byte[Links.CELL_LENGTH];
        ByteBuffer.wrap(cell).putInt(number).putInt(508, ~number);
        return cell;
    }

    static List<Integer> numbers(List<byte[]> cells) {
        return cells.stream().map(cell -> ByteBuffer.wrap(cell).getInt()).toList();
    }
}
