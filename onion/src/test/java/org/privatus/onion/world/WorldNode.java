package org.privatus.onion.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.relay.Relay;
import org.privatus.onion.relay.RelayEffects;

/// A node of the world: a relay, its channels, and perhaps a person.
public final class WorldNode implements RelayEffects {
    private static final int CREDIT_STEP = 16;

    private final OnionWorld world;
    private final NodeIdentity identity;
    private final Contact contact;
    private final OnionKeys onionKeys;
    private final Relay relay;
    private final TreeMap<Long, End> ends = new TreeMap<>();
    private @Nullable WorldPerson person;
    private boolean alive = true;
    private long inboundChannels;
    private long armedNanos = Long.MAX_VALUE;
    private UnaryOperator<byte[]> tamper = UnaryOperator.identity();
    private Hands hands = (channel, cell) -> List.of(cell);
    private int repeat = 1;
    private boolean silent;
    private long slowNanos;
    private long nanosPerCell;
    private long wireFreeNanos;
    private int dials;
    private int jobs;

    /// This node's end of a channel.
    static final class End {
        private final WorldNode node;
        private final long channel;
        private @Nullable End other;
        private int credit;
        private int received;
        private int consumed;

        End(WorldNode node, long channel) {
            this.node = node;
            this.channel = channel;
        }
    }

    WorldNode(OnionWorld world, NodeIdentity identity, Contact contact, RelaySettings settings) {
        this.world = world;
        this.identity = identity;
        this.contact = contact;
        this.onionKeys = world.newOnionKeys();
        this.relay = new Relay(settings, onionKeys, identity, world.suite(), world.keys(), world.behaviour(), this);
    }

    public Relay relay() {
        return relay;
    }

    public Contact contact() {
        return contact;
    }

    public NodeId id() {
        return contact.id();
    }

    public NodeDescriptor descriptor() {
        return world.describe(identity, contact, onionKeys);
    }

    Optional<WorldPerson> person() {
        return Optional.ofNullable(person);
    }

    /// The person's circuits are gone from one moment to the other.
    void forgetOwnChannels() {
        for (long channel : List.copyOf(ends.keySet())) {
            if (ChannelIds.owner(channel) == ChannelIds.OWN_CIRCUITS) {
                closeChannel(channel);
            }
        }
    }

    void settle(WorldPerson inhabitant) {
        person = inhabitant;
    }

    public boolean isAlive() {
        return alive;
    }

    /// Times that the relay dialled for others.
    public int dials() {
        return dials;
    }

    public int jobs() {
        return jobs;
    }

    /// Every cell that this node sends on goes through this first.
    public void tamperWith(UnaryOperator<byte[]> change) {
        tamper = change;
    }

    /// Whoever sits here passes on what it likes in place of each cell.
    interface Hands {
        List<byte[]> pass(long channel, byte[] cell);
    }

    /// Every cell that this node sends on goes through these hands.
    public void fallInto(Hands whose) {
        hands = whose;
    }

    /// Takes everything and passes nothing on.
    public void fallSilent() {
        silent = true;
    }

    /// Everything that it sends takes so much longer.
    public void slowDown(long nanos) {
        slowNanos = nanos;
    }

    /// The next cell that this node sends is sent twice.
    public void repeatNextCell() {
        repeat = 2;
    }

    /// The machine is gone; those who had channels with it notice after a while.
    public void kill() {
        alive = false;
        for (End end : ends.values()) {
            End peer = end.other;
            if (peer != null) {
                world.after(OnionWorld.DEATH_NOTICED_NANOS, () -> peer.node.deliverClosed(peer));
            }
        }
    }

    // ---- channels

    @Override
    public void openChannel(long channel, Contact to) {
        if (ChannelIds.owner(channel) == ChannelIds.RELAY) {
            dials++;
        }
        End near = new End(this, channel);
        ends.put(channel, near);
        world.after(2 * OnionWorld.LATENCY_NANOS, () -> connect(near, to));
    }

    private void connect(End near, Contact to) {
        Optional<WorldNode> target = world.find(to.key());
        if (!alive || !ends.containsKey(near.channel)) {
            return;
        }
        if (target.isEmpty()) {
            world.after(3_000_000_000L, () -> deliverClosed(near));
            return;
        }
        WorldNode peer = target.get();
        End far = new End(peer, ChannelIds.of(ChannelIds.INBOUND, ++peer.inboundChannels));
        peer.ends.put(far.channel, far);
        near.other = far;
        far.other = near;
        near.credit = world.channelWindow();
        far.credit = world.channelWindow();
        peer.relay.channelOpened(far.channel, contact, world.channelWindow(), world.nowNanos());
        peer.arm();
        toOwner(
                near,
                () -> relay.channelReady(near.channel, world.channelWindow(), world.nowNanos()),
                own -> own.circuits().channelReady(near.channel, world.channelWindow(), world.nowNanos()));
    }

    @Override
    public void sendCells(long channel, byte[] run) {
        End near = ends.get(channel);
        assertThat(near).as("channel %x is open", channel).isNotNull();
        assertThat(run.length % ChannelCell.LENGTH).isZero();
        near.credit -= run.length / ChannelCell.LENGTH;
        assertThat(near.credit).as("credit of channel %x", channel).isNotNegative();
        byte[] sent = onTheWire(channel, run);
        if (sent.length > 0) {
            wireFreeNanos = Math.max(wireFreeNanos, world.nowNanos()) + sent.length / ChannelCell.LENGTH * nanosPerCell;
            world.atNanos(wireFreeNanos + OnionWorld.LATENCY_NANOS + slowNanos, () -> deliver(near, sent));
        }
    }

    /// Whatever this node sends leaves it at this rate, first in, first out.
    public void sendAtMost(int cellsPerSecond) {
        nanosPerCell = 1_000_000_000L / cellsPerSecond;
    }

    /// Nothing leaves this node for so long, and nothing is lost.
    public void pause(double seconds) {
        wireFreeNanos = Math.max(wireFreeNanos, world.nowNanos()) + (long) (seconds * 1e9);
    }

    /// Cells that wait to leave this node.
    public int onTheWayOut() {
        return nanosPerCell == 0 ? 0 : (int) (Math.max(0, wireFreeNanos - world.nowNanos()) / nanosPerCell);
    }

    /// What becomes of cells in the hands of whoever sits here.
    private byte[] onTheWire(long channel, byte[] run) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int at = 0; at < run.length && !silent; at += ChannelCell.LENGTH) {
            byte[] cell = tamper.apply(Arrays.copyOfRange(run, at, at + ChannelCell.LENGTH));
            for (; repeat > 0; repeat--) {
                hands.pass(channel, cell).forEach(sent::writeBytes);
            }
            repeat = 1;
        }
        return sent.toByteArray();
    }

    private void deliver(End near, byte[] run) {
        End far = near.other;
        if (far == null || !far.node.alive || !far.node.ends.containsKey(far.channel)) {
            return;
        }
        WorldNode peer = far.node;
        far.received += run.length / ChannelCell.LENGTH;
        peer.toOwner(
                far,
                () -> peer.relay.channelCells(far.channel, run, world.nowNanos()),
                own -> own.circuits().channelCells(far.channel, run, world.nowNanos(), world.epochMillis()));
    }

    @Override
    public void consumed(long channel, int cells) {
        End far = ends.get(channel);
        assertThat(far).as("channel %x is open", channel).isNotNull();
        far.received -= cells;
        assertThat(far.received).as("no cell is done with twice").isNotNegative();
        far.consumed += cells;
        int renewed = far.consumed / CREDIT_STEP * CREDIT_STEP;
        End near = far.other;
        if (renewed > 0 && near != null) {
            far.consumed -= renewed;
            world.after(OnionWorld.LATENCY_NANOS, () -> near.node.credit(near, renewed));
        }
    }

    private void credit(End near, int cells) {
        if (alive && ends.containsKey(near.channel)) {
            near.credit += cells;
            toOwner(
                    near,
                    () -> relay.channelCredit(near.channel, cells, world.nowNanos()),
                    own -> own.circuits().channelCredit(near.channel, cells, world.nowNanos()));
        }
    }

    @Override
    public void closeChannel(long channel) {
        End near = ends.remove(channel);
        End far = near == null ? null : near.other;
        if (far != null) {
            world.after(OnionWorld.LATENCY_NANOS, () -> far.node.deliverClosed(far));
        }
    }

    void deliverClosed(End end) {
        if (alive && ends.remove(end.channel) != null) {
            toOwner(
                    end,
                    () -> relay.channelClosed(end.channel, world.nowNanos()),
                    own -> own.circuits().channelClosed(end.channel, world.nowNanos(), world.epochMillis()));
        }
    }

    private void toOwner(End end, Runnable forRelay, Consumer<WorldPerson> forPerson) {
        if (ChannelIds.owner(end.channel) == ChannelIds.OWN_CIRCUITS && person != null) {
            forPerson.accept(person);
            person.arm();
        } else {
            forRelay.run();
            arm();
        }
    }

    // ---- the relay's other effects

    @Override
    public void compute(Job job) {
        jobs++;
        job.cost();
        world.after(100_000L, () -> {
            job.run();
            relay.computed(job, world.nowNanos());
            arm();
        });
    }

    @Override
    public void dhtGet(long operation, NodeId target) {
        world.after(OnionWorld.DHT_NANOS, () -> {
            relay.dhtDone(operation, world.record(this, target), false, world.nowNanos());
            arm();
        });
    }

    @Override
    public void dhtPut(long operation, byte[] record) {
        world.after(OnionWorld.DHT_NANOS, () -> {
            relay.dhtDone(operation, Optional.empty(), world.store(this, record), world.nowNanos());
            arm();
        });
    }

    private void arm() {
        long deadline = relay.deadlineNanos();
        if (deadline < armedNanos) {
            armedNanos = deadline;
            world.atNanos(deadline, () -> {
                armedNanos = Long.MAX_VALUE;
                if (alive) {
                    relay.onDeadline(world.nowNanos());
                    arm();
                }
            });
        }
    }
}
