package org.privatus.node.link.core;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.packet.FrameReader;
import org.privatus.node.link.core.packet.PacketLayout;
import org.privatus.node.link.core.packet.Versions;

/// What the parts of one {@link Links} share: settings, the way out, the index of everything by its ids, and buffers. No behaviour of its own.
final class LinkContext {
    private static final int JITTER_PART = 8;
    private static final int MAX_SHIFT = 10;
    private static final long LONGEST_RETRY_NANOS = 1_000_000_000;

    final LinkSettings settings;
    final CryptoSuite suite;

    /// In the highest version.
    final HandshakeContext handshakes;

    final NodeKey self;
    final LinkEffects effects;
    final LinkCounters counters = new LinkCounters();
    final DeadlineQueue deadlines = new DeadlineQueue();

    /// By the link id that is written on packets to us.
    final ById<Addressee> addressees = new ById<>();

    /// By the owner's name, closed ones excluded.
    final ById<Channel> channels = new ById<>();

    /// By the owner's id: who takes care of a request.
    final ById<Carrier> requests = new ById<>();

    /// Our contact flags, as peers are told.
    int flags;

    /// Cells kept out of order, over all links.
    int reorderedCells;

    /// Cells promised to owners beyond what each channel may send at first, over all links.
    int promisedBeyond;

    /// Whether links are to wait with sending until more inputs have come.
    boolean holding;

    /// Links that wait.
    private final List<Link> held = new ArrayList<>(0);

    /// Channels with cells for their owners.
    private final List<Channel> withCells = new ArrayList<>(0);

    /// Made with the first cell.
    private @Nullable Shaper shaper;

    /// Made with the first link.
    private @Nullable Buffers buffers;

    /// Where packets are opened, read and written: one at a time.
    private static final class Buffers {
        byte[] plaintext = new byte[PacketLayout.MAX_PACKET];
        final PacketTrain train;
        final FrameReader frames = new FrameReader();

        Buffers(LinkEffects effects) {
            train = new PacketTrain(effects, PacketLayout.MAX_PACKET);
        }
    }

    /// Used by jobs too, on their threads.
    final SecureRandom keys;

    private final RandomGenerator behaviour;
    private long inboundChannels;

    LinkContext(
            LinkSettings settings,
            NodeIdentity self,
            NetworkId network,
            CryptoSuite suite,
            SecureRandom keys,
            RandomGenerator behaviour,
            LinkEffects effects,
            Versions versions) {
        this.settings = settings;
        this.suite = suite;
        this.handshakes = new HandshakeContext(suite, keys, self, network, versions);
        this.self = self.key();
        this.effects = effects;
        this.keys = keys;
        this.behaviour = behaviour;
    }

    private Buffers buffers() {
        Buffers known = buffers;
        if (known == null) {
            known = new Buffers(effects);
            buffers = known;
        }
        return known;
    }

    /// When cells of which class may leave, over all links.
    Shaper shaper() {
        Shaper known = shaper;
        if (known == null) {
            known = new Shaper(settings.traffic());
            shaper = known;
        }
        return known;
    }

    /// Where packets of at most that length are opened: one at a time.
    byte[] plaintext(int packetBytes) {
        Buffers known = buffers();
        if (known.plaintext.length < packetBytes) {
            known.plaintext = new byte[packetBytes];
        }
        return known.plaintext;
    }

    /// Where packets are written, one after the other.
    PacketTrain train() {
        return buffers().train;
    }

    FrameReader frames() {
        return buffers().frames;
    }

    /// A link id that nobody can guess and nobody has.
    long newLinkId() {
        long id = keys.nextLong();
        while (addressees.containsKey(id)) {
            id = keys.nextLong();
        }
        return id;
    }

    /// What nobody can guess.
    long unpredictable() {
        return keys.nextLong();
    }

    /// How long to wait for something to come back before message 1 or 3 is sent again, after it was sent `sends` times. Doubles up to a second.
    long handshakeRetry(int sends) {
        long first = settings.handshakeRetryNanos();
        long doubled = first << Math.min(sends - 1, MAX_SHIFT);
        return jittered(Math.min(doubled, Math.max(first, LONGEST_RETRY_NANOS)));
    }

    long nextInbound() {
        return inboundChannels++;
    }

    /// Remembers that the link has something to send.
    void hold(Link link) {
        held.add(link);
    }

    /// Takes the links that have something to send.
    List<Link> takeHeld() {
        var all = new ArrayList<Link>(held);
        held.clear();
        return all;
    }

    /// The channel has cells for its owner: it gets them at once, or when there are no more.
    void hasCells(Channel channel) {
        if (!holding) {
            handOver(channel);
        } else if (!channel.isWithCells) {
            channel.isWithCells = true;
            withCells.add(channel);
        }
    }

    /// Gives all owners their cells.
    void handOverCells() {
        withCells.forEach(this::handOver);
        withCells.clear();
    }

    private void handOver(Channel channel) {
        channel.isWithCells = false;
        byte[] run = channel.receiver.takeGathered();
        if (run != null && channels.get(channel.name) == channel) {
            effects.channelCells(channel.name, run);
        }
    }

    /// Sends a message of a handshake, which may be sent again: it is not changed any more by anybody.
    void transmit(Endpoint to, byte[] message) {
        counters.datagramsSent++;
        counters.bytesSent += message.length;
        effects.transmit(to, message, message.length);
    }

    int releaseCells(int count) {
        reorderedCells -= count;
        return count;
    }

    /// Whether there are as many channels as there may be, over all links.
    boolean hasAllChannels() {
        return channels.size() > settings.channelLimit();
    }

    void endChannel(Channel channel, ChannelEnd reason) {
        handOver(channel);
        if (channels.remove(channel.name, channel)) {
            effects.channelClosed(channel.name, reason);
        }
    }

    void failRequest(long requestId) {
        if (requests.remove(requestId) != null) {
            effects.requestFailed(requestId);
        }
    }

    /// Up to an eighth more than `nanos`, so that nodes that began together do not go on together.
    private long jittered(long nanos) {
        return nanos + behaviour.nextLong(nanos / JITTER_PART + 1);
    }
}
