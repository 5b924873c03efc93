package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.circuit.CircuitEffects;
import org.privatus.onion.circuit.Circuits;
import org.privatus.onion.circuit.CircuitsView;
import org.privatus.onion.lease.LeaseOwner;
import org.privatus.onion.path.PathMemory;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.SplicePath;
import org.privatus.onion.splice.StepOutcome;
import org.privatus.onion.stream.CircuitRequest;
import org.privatus.onion.stream.StreamEvent;
import org.privatus.onion.stream.StreamRequest;

/// Somebody with circuits of their own; what they hear is kept.
public final class WorldPerson implements CircuitEffects {
    private final OnionWorld world;
    private final WorldNode node;
    private final PersonIdentity identity;
    private final PersonAddress address;
    private final OnionSettings settings;
    private Circuits circuits;
    private final TreeMap<Long, SplicePath> opened = new TreeMap<>();
    private final TreeMap<Long, SplicePath> incoming = new TreeMap<>();
    private final TreeMap<Long, SpliceEnd> closed = new TreeMap<>();
    private final TreeMap<Long, ByteArrayOutputStream> received = new TreeMap<>();
    private final TreeMap<Long, Outbox> outboxes = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Published> published = new ArrayList<>();
    private final List<NodeId> failedRelays = new ArrayList<>();
    private final List<Long> circuitsOpened = new ArrayList<>();
    private final List<Long> circuitsGone = new ArrayList<>();
    private final TreeMap<Long, ByteArrayOutputStream> streamed = new TreeMap<>();
    private final TreeMap<Long, Outbox> streamOutboxes = new TreeMap<>();
    private final TreeMap<Long, StreamEnd> streamsClosed = new TreeMap<>();
    private final TreeSet<Long> connected = new TreeSet<>();
    private final TreeSet<Long> otherFinished = new TreeSet<>();
    private boolean reading = true;
    private long armedNanos = Long.MAX_VALUE;
    private PathMemory memory = PathMemory.EMPTY;
    private int jobs;

    public record Step(long splice, AttemptStep step, StepOutcome outcome, long elapsedNanos) {}

    public record Published(long period, long seq, int copies) {}

    /// Bytes on their way to `send`.
    private static final class Outbox {
        private final byte[] bytes;
        private int sent;

        Outbox(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    WorldPerson(OnionWorld world, WorldNode node, OnionSettings settings) {
        this.world = world;
        this.node = node;
        this.identity = PersonIdentity.generate(world.suite(), world.keys());
        this.address = identity.address(NetworkId.DEV);
        this.settings = settings;
        this.circuits = newCircuits();
        node.settle(this);
    }

    private Circuits newCircuits() {
        return new Circuits(settings, node.contact(), world.suite(), world.keys(), world.behaviour(), this);
    }

    /// With nothing but what was to be kept.
    public void startAgain() {
        node.forgetOwnChannels();
        circuits = newCircuits();
        circuits.restore(memory, world.nowNanos(), world.epochMillis());
    }

    public Circuits circuits() {
        return circuits;
    }

    public WorldNode node() {
        return node;
    }

    public PersonAddress address() {
        return address;
    }

    public CircuitsView view() {
        return circuits.view(world.nowNanos());
    }

    public void learn(NodeDescriptor descriptor) {
        circuits.relayLearned(descriptor, world.nowNanos(), world.epochMillis());
        arm();
    }

    public void keepSpares(int count) {
        circuits.keepSpares(count, world.nowNanos(), world.epochMillis());
        arm();
    }

    public void serve() {
        circuits.serve(LeaseOwner.of(identity, NetworkId.DEV), world.nowNanos(), world.epochMillis());
        arm();
    }

    /// Makes somebody else reachable through this node too.
    public void serveAlso(WorldPerson other) {
        circuits.serve(LeaseOwner.of(other.identity, NetworkId.DEV), world.nowNanos(), world.epochMillis());
        arm();
    }

    public long openSplice(WorldPerson to) {
        long id = circuits.openSplice(to.address, world.nowNanos(), world.epochMillis());
        arm();
        return id;
    }

    /// Sends all of it, as room allows.
    public void send(long splice, byte[] bytes) {
        outboxes.put(splice, new Outbox(bytes));
        pour(splice);
    }

    private void pour(long splice) {
        Outbox outbox = outboxes.get(splice);
        while (outbox != null && outbox.sent < outbox.bytes.length && circuits.sendCapacity(splice) > 0) {
            int length = Math.min(circuits.sendCapacity(splice), outbox.bytes.length - outbox.sent);
            byte[] chunk = new byte[length];
            System.arraycopy(outbox.bytes, outbox.sent, chunk, 0, length);
            outbox.sent += length;
            circuits.send(splice, chunk, world.nowNanos());
            arm();
        }
    }

    public void closeSplice(long splice) {
        circuits.closeSplice(splice, world.nowNanos());
        arm();
    }

    public boolean isOpen(long splice) {
        return opened.containsKey(splice);
    }

    public SplicePath path(long splice) {
        return opened.getOrDefault(splice, incoming.get(splice));
    }

    public List<Long> incoming() {
        return List.copyOf(incoming.keySet());
    }

    public Map<Long, SpliceEnd> closed() {
        return closed;
    }

    public byte[] received(long splice) {
        return received.getOrDefault(splice, new ByteArrayOutputStream()).toByteArray();
    }

    public long openCircuit(CircuitRequest request) {
        long id = circuits.openCircuit(request, world.nowNanos(), world.epochMillis());
        arm();
        return id;
    }

    public void closeCircuit(long circuit) {
        circuits.closeCircuit(circuit, world.nowNanos());
        arm();
    }

    public long openStream(long circuit, StreamRequest request) {
        long stream = circuits.openStream(circuit, request, world.nowNanos()).orElseThrow();
        arm();
        return stream;
    }

    /// Writes all of it, as room allows, and then finishes.
    public void write(long stream, byte[] bytes) {
        streamOutboxes.put(stream, new Outbox(bytes));
        pourStream(stream);
    }

    private void pourStream(long stream) {
        Outbox outbox = streamOutboxes.get(stream);
        while (outbox != null && outbox.sent < outbox.bytes.length && circuits.streamRoom(stream) > 0) {
            int length = Math.min(circuits.streamRoom(stream), outbox.bytes.length - outbox.sent);
            byte[] chunk = Arrays.copyOfRange(outbox.bytes, outbox.sent, outbox.sent + length);
            outbox.sent += length;
            circuits.write(stream, chunk, world.nowNanos());
            if (outbox.sent == outbox.bytes.length) {
                circuits.finish(stream, world.nowNanos());
            }
            arm();
        }
    }

    public void finish(long stream) {
        circuits.finish(stream, world.nowNanos());
        arm();
    }

    public void closeStream(long stream) {
        circuits.closeStream(stream, world.nowNanos());
        arm();
    }

    /// From now on nothing that streams bring is read.
    public void stopReading() {
        reading = false;
    }

    public void read(long stream, int bytes) {
        circuits.read(stream, bytes, world.nowNanos());
        arm();
    }

    public List<Long> circuitsOpened() {
        return circuitsOpened;
    }

    public List<Long> circuitsGone() {
        return circuitsGone;
    }

    public byte[] streamed(long stream) {
        return streamed.getOrDefault(stream, new ByteArrayOutputStream()).toByteArray();
    }

    public boolean isConnected(long stream) {
        return connected.contains(stream);
    }

    public boolean isOtherFinished(long stream) {
        return otherFinished.contains(stream);
    }

    public Map<Long, StreamEnd> streamsClosed() {
        return streamsClosed;
    }

    public List<Step> steps() {
        return steps;
    }

    public List<Published> published() {
        return published;
    }

    public List<NodeId> failedRelays() {
        return failedRelays;
    }

    public int jobs() {
        return jobs;
    }

    void arm() {
        long deadline = circuits.deadlineNanos();
        if (deadline < armedNanos) {
            armedNanos = deadline;
            world.atNanos(deadline, () -> {
                armedNanos = Long.MAX_VALUE;
                if (node.isAlive()) {
                    circuits.onDeadline(world.nowNanos(), world.epochMillis());
                    arm();
                }
            });
        }
    }

    // ---- effects

    @Override
    public void openChannel(long channel, Contact to) {
        node.openChannel(channel, to);
    }

    @Override
    public void sendCells(long channel, byte[] run) {
        node.sendCells(channel, run);
    }

    @Override
    public void consumed(long channel, int cells) {
        node.consumed(channel, cells);
    }

    @Override
    public void closeChannel(long channel) {
        node.closeChannel(channel);
    }

    @Override
    public void compute(Job job) {
        jobs++;
        job.cost();
        world.after(100_000L, () -> {
            job.run();
            circuits.computed(job, world.nowNanos(), world.epochMillis());
            arm();
        });
    }

    @Override
    public void spliceOpened(long splice, SplicePath path) {
        opened.put(splice, path);
    }

    @Override
    public void spliceIncoming(long splice, PersonKey served, SplicePath path) {
        incoming.put(splice, path);
    }

    @Override
    public void spliceBytes(long splice, byte[] bytes) {
        received.computeIfAbsent(splice, id -> new ByteArrayOutputStream()).writeBytes(bytes);
    }

    @Override
    public void spliceWritable(long splice, int bytes) {
        world.after(0, () -> pour(splice));
    }

    @Override
    public void spliceClosed(long splice, SpliceEnd reason) {
        closed.put(splice, reason);
    }

    @Override
    public void circuitOpened(long circuit, List<NodeId> hops, long elapsedNanos) {
        circuitsOpened.add(circuit);
    }

    @Override
    public void circuitClosed(long circuit) {
        circuitsGone.add(circuit);
    }

    @Override
    public void stream(long stream, StreamEvent event) {
        assertThat(streamsClosed).as("nothing follows the end").doesNotContainKey(stream);
        switch (event) {
            case StreamEvent.Connected() -> connected.add(stream);
            case StreamEvent.Received(var bytes) -> {
                streamed.computeIfAbsent(stream, id -> new ByteArrayOutputStream())
                        .writeBytes(bytes);
                if (reading) {
                    world.after(0, () -> read(stream, bytes.length));
                }
            }
            case StreamEvent.Writable(var room) -> world.after(0, () -> pourStream(stream));
            case StreamEvent.OtherFinished() -> otherFinished.add(stream);
            case StreamEvent.Closed(var reason) -> streamsClosed.put(stream, reason);
        }
    }

    @Override
    public void circuitBuilt(long elapsedNanos) {}

    @Override
    public void attemptStep(long splice, AttemptStep step, StepOutcome outcome, long elapsedNanos) {
        steps.add(new Step(splice, step, outcome, elapsedNanos));
    }

    @Override
    public void leasePublished(PersonKey person, long period, long seq, int copies) {
        published.add(new Published(period, seq, copies));
    }

    @Override
    public void pathsChanged(PathMemory changed) {
        memory = changed;
    }

    /// What was last asked to be kept.
    public PathMemory memory() {
        return memory;
    }

    @Override
    public void relayFailed(NodeId relay) {
        failedRelays.add(relay);
    }
}
