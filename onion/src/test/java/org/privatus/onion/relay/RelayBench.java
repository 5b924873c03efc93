package org.privatus.onion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.random.RandomGeneratorFactory;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.ChannelCell;

/// One relay on the bench: what it asks for is kept, jobs run at once, and time stands still unless moved.
final class RelayBench implements RelayEffects {
    final CryptoSuite suite = new StandardSuite();
    final SecureRandom keys = new SecureRandom();
    final NodeIdentity identity = NodeIdentity.generate(suite, keys, 0);
    final OnionKeys onionKeys = OnionKeys.generate(suite, keys, 0);
    final Relay relay;
    final Map<Long, ArrayDeque<byte[]>> sent = new TreeMap<>();
    final Map<Long, Integer> consumed = new TreeMap<>();
    final List<Long> closed = new ArrayList<>();
    final Map<Long, Contact> dialled = new TreeMap<>();
    final List<NodeId> lookups = new ArrayList<>();
    final List<byte[]> stores = new ArrayList<>();
    final ArrayDeque<Job> jobs = new ArrayDeque<>();
    LongConsumer onSend = channel -> {};
    int jobsRun;
    long operation;
    long now = 1_000_000_000L;
    private long channels;

    RelayBench() {
        this(RelaySettings.defaults());
    }

    RelayBench(RelaySettings settings) {
        relay = new Relay(
                settings,
                onionKeys,
                identity,
                suite,
                keys,
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                this);
    }

    Contact someone(int number) {
        Endpoint endpoint = Endpoint.of(new byte[] {81, (byte) (number >> 8), (byte) number, 1}, 4000);
        return NodeIdentity.generate(suite, keys, 0).contact(endpoint, Contact.RELAYS);
    }

    /// A new channel from a peer that nobody has seen before.
    long channel(int credit) {
        return channel(someone((int) channels + 1), credit);
    }

    /// A new channel from this peer.
    long channel(Contact peer, int credit) {
        long channel = ChannelIds.of(ChannelIds.INBOUND, ++channels);
        sent.put(channel, new ArrayDeque<>());
        relay.channelOpened(channel, peer, credit, now);
        return channel;
    }

    /// A client with a circuit that ends at this relay.
    BareClient client(int credit) {
        BareClient client =
                new BareClient(this, channel(credit), onionKeys.current().key());
        client.create();
        assertThat(client.isOpen()).isTrue();
        return client;
    }

    void cell(long channel, byte[] cell) {
        relay.channelCells(channel, cell, now);
        runJobs();
    }

    void runJobs() {
        while (!jobs.isEmpty()) {
            Job job = jobs.poll();
            job.run();
            jobsRun++;
            relay.computed(job, now);
        }
    }

    void pass(double seconds) {
        now += (long) (seconds * 1e9);
        while (relay.deadlineNanos() <= now) {
            relay.onDeadline(now);
            runJobs();
        }
    }

    boolean isClosed(long channel) {
        return closed.contains(channel);
    }

    @Override
    public void openChannel(long channel, Contact to) {
        sent.put(channel, new ArrayDeque<>());
        dialled.put(channel, to);
    }

    @Override
    public void sendCells(long channel, byte[] run) {
        onSend.accept(channel);
        for (int at = 0; at < run.length; at += ChannelCell.LENGTH) {
            sent.get(channel).add(Arrays.copyOfRange(run, at, at + ChannelCell.LENGTH));
        }
    }

    @Override
    public void consumed(long channel, int cells) {
        consumed.merge(channel, cells, Integer::sum);
    }

    @Override
    public void closeChannel(long channel) {
        closed.add(channel);
    }

    @Override
    public void compute(Job job) {
        jobs.add(job);
    }

    @Override
    public void dhtGet(long number, NodeId target) {
        operation = number;
        lookups.add(target);
    }

    @Override
    public void dhtPut(long number, byte[] record) {
        operation = number;
        stores.add(record);
    }

    void dhtDone(Optional<byte[]> record, boolean stored) {
        relay.dhtDone(operation, record, stored, now);
        runJobs();
    }
}
