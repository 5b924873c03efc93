package org.privatus.onion.world;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.circuit.CircuitEffects;
import org.privatus.onion.circuit.Circuits;
import org.privatus.onion.circuit.CircuitsView;
import org.privatus.onion.path.PathMemory;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.SplicePath;
import org.privatus.onion.splice.StepOutcome;

/// Somebody with circuits of their own; what they hear is kept.
public final class WorldPerson implements CircuitEffects {
    private final OnionWorld world;
    private final WorldNode node;
    private final PersonAddress address;
    private final Circuits circuits;
    private final TreeMap<Long, SplicePath> opened = new TreeMap<>();
    private final TreeMap<Long, SplicePath> incoming = new TreeMap<>();
    private final TreeMap<Long, SpliceEnd> closed = new TreeMap<>();
    private final TreeMap<Long, ByteArrayOutputStream> received = new TreeMap<>();
    private final TreeMap<Long, Outbox> outboxes = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Published> published = new ArrayList<>();
    private final List<NodeId> failedRelays = new ArrayList<>();
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
        this.address = PersonIdentity.generate(world.suite(), world.keys()).address(NetworkId.DEV);
        this.circuits = new Circuits(settings, node.contact(), world.suite(), world.keys(), world.behaviour(), this);
        node.settle(this);
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
        circuits.serve(address, world.nowNanos(), world.epochMillis());
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
