package org.privatus.node.link.core;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.identity.PuzzleNonce;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.link.core.handshake.HandshakeContext;
import org.privatus.node.link.core.packet.Versions;

/// A node of the test world: links with real cryptography on a simulated socket, and a record of all that they said.
final class Peer implements LinkEffects {
    static final CryptoSuite SUITE = new StandardSuite();
    private static final long JOB_NANOS = Wire.MILLISECOND;

    final NodeIdentity identity;
    final Links links;

    final Map<Long, byte[]> answers = new LinkedHashMap<>();
    final Map<Long, Long> roundTrips = new LinkedHashMap<>();
    final List<Long> failed = new ArrayList<>();
    final List<Optional<Contact>> askers = new ArrayList<>();
    final List<byte[]> asked = new ArrayList<>();
    final List<Contact> verified = new ArrayList<>();
    final List<NodeKey> closedLinks = new ArrayList<>();
    final List<Endpoint> observed = new ArrayList<>();
    final List<Long> inbound = new ArrayList<>();
    final Map<Long, Integer> credit = new LinkedHashMap<>();
    final Map<Long, List<byte[]>> cells = new LinkedHashMap<>();
    final Map<Long, ChannelEnd> ended = new LinkedHashMap<>();

    /// What requests are answered with; null for silence.
    UnaryOperator<byte[]> answering = body -> body;

    /// Whether cells are done with as soon as they come.
    boolean consuming = true;

    /// How long a job that is handed out now takes.
    LongUnaryOperator workers = now -> JOB_NANOS;

    private final Wire wire;
    private Endpoint endpoint;
    private final List<Runnable> afterwards = new ArrayList<>();

    Peer(Wire wire, long seed, String address, LinkSettings settings) {
        this(wire, seed, address, settings, identity(seed), Versions.CURRENT, SUITE);
    }

    Peer(Wire wire, long seed, String address, LinkSettings settings, NodeIdentity identity) {
        this(wire, seed, address, settings, identity, Versions.CURRENT, SUITE);
    }

    /// With another suite than usual, which does not make its long-term keys.
    Peer(Wire wire, long seed, String address, LinkSettings settings, CryptoSuite suite) {
        this(wire, seed, address, settings, identity(seed), Versions.CURRENT, suite);
    }

    /// Speaks these versions, of which all have the same layout.
    Peer(Wire wire, long seed, String address, LinkSettings settings, NodeIdentity identity, Versions versions) {
        this(wire, seed, address, settings, identity, versions, SUITE);
    }

    private Peer(
            Wire wire,
            long seed,
            String address,
            LinkSettings settings,
            NodeIdentity identity,
            Versions versions,
            CryptoSuite suite) {
        this.wire = wire;
        this.endpoint = Endpoint.parse(address);
        this.identity = identity;
        SecureRandom keys = seeded(seed);
        this.links =
                new Links(settings, identity, NetworkId.DEV, suite, keys, new SplittableRandom(seed), this, versions);
        wire.open(endpoint, this::receive);
    }

    static NodeIdentity identity(long seed) {
        return NodeIdentity.generate(SUITE, seeded(~seed), 0);
    }

    /// Of nobody in particular.
    static HandshakeContext handshakes() {
        SecureRandom random = seeded(1);
        return new HandshakeContext(SUITE, random, NodeIdentity.generate(SUITE, random, 0), NetworkId.DEV);
    }

    static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    Contact contact() {
        return identity.contact(endpoint, 0);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /// Comes out of another port from now on; nothing reaches the old one.
    void moveTo(String address) {
        wire.close(endpoint);
        endpoint = Endpoint.parse(address);
        wire.open(endpoint, this::receive);
    }

    /// The same node after a crash: it knows nothing of its links.
    Peer restarted() {
        return new Peer(wire, 77, endpoint.toString(), LinkSettings.defaults(), identity);
    }

    /// Hears and says nothing any more.
    void unplug() {
        wire.close(endpoint);
    }

    void receive(Wire.Datagram datagram) {
        links.onDatagram(datagram.from(), datagram.bytes(), wire.now());
        settle();
    }

    /// Lets the owner react, as an actor would after the input.
    void settle() {
        while (!afterwards.isEmpty()) {
            afterwards.removeFirst().run();
        }
    }

    void tick() {
        links.onDeadline(wire.now());
        settle();
    }

    @Override
    public void transmit(Endpoint to, byte[] datagram, int length) {
        byte[] bytes = length == datagram.length ? datagram : Arrays.copyOf(datagram, length);
        wire.send(new Wire.Datagram(endpoint, to, bytes));
    }

    @Override
    public void transmitTrain(Endpoint to, byte[] train, int length, int segment) {
        for (int at = 0; at < length; at += segment) {
            wire.send(new Wire.Datagram(endpoint, to, Arrays.copyOfRange(train, at, Math.min(at + segment, length))));
        }
    }

    @Override
    public void compute(Job job) {
        job.run();
        wire.after(workers.applyAsLong(wire.now()), () -> {
            links.computed(job, wire.now());
            settle();
        });
    }

    @Override
    public void requestArrived(long handle, Optional<Contact> asker, Endpoint from, byte[] body) {
        askers.add(asker);
        asked.add(body);
        byte[] answer = answering.apply(body);
        if (answer != null) {
            afterwards.add(() -> links.answer(handle, answer, wire.now()));
        }
    }

    @Override
    public void answerArrived(long requestId, byte[] body, long rttNanos) {
        answers.put(requestId, body);
        roundTrips.put(requestId, rttNanos);
    }

    @Override
    public void requestFailed(long requestId) {
        failed.add(requestId);
    }

    @Override
    public void peerVerified(Contact peer, PuzzleNonce nonce, boolean weDialed, long rttNanos) {
        verified.add(peer);
    }

    @Override
    public void linkClosed(NodeKey peer) {
        closedLinks.add(peer);
    }

    @Override
    public void endpointObserved(Contact observer, Endpoint seen) {
        observed.add(seen);
    }

    @Override
    public void channelOpened(long channel, Contact peer, int initial) {
        inbound.add(channel);
        credit.put(channel, initial);
    }

    @Override
    public void channelReady(long channel, int initial) {
        credit.put(channel, initial);
    }

    @Override
    public void channelCells(long channel, byte[] run) {
        List<byte[]> known = cells.computeIfAbsent(channel, c -> new ArrayList<>());
        for (int at = 0; at < run.length; at += Links.CELL_LENGTH) {
            known.add(Arrays.copyOfRange(run, at, at + Links.CELL_LENGTH));
        }
        if (consuming) {
            afterwards.add(() -> links.consumed(channel, run.length / Links.CELL_LENGTH, wire.now()));
        }
    }

    @Override
    public void channelCredit(long channel, int more) {
        credit.merge(channel, more, Integer::sum);
    }

    @Override
    public void channelClosed(long channel, ChannelEnd reason) {
        if (ended.put(channel, reason) != null) {
            throw new AssertionError("channel ended twice");
        }
    }
}
