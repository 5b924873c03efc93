package org.privatus.onion.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.identity.OnionKey;
import org.privatus.crypto.ntor.HybridClient;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.cell.ChannelCell;
import org.privatus.onion.cell.Fragments;
import org.privatus.onion.cell.Fragments.Kind;
import org.privatus.onion.cell.Reassembly;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;

/// The client of a one-hop circuit that does just what it is told, the forbidden included.
final class BareClient {
    private final RelayBench bench;
    private final long channel;
    private final OnionKey onionKey;
    private final ClientCircuitCrypto crypto;
    private final List<RelayMessage> received = new ArrayList<>();
    private final List<byte[]> tags = new ArrayList<>();
    private boolean destroyed;

    BareClient(RelayBench bench, long channel, OnionKey onionKey) {
        this.bench = bench;
        this.channel = channel;
        this.onionKey = onionKey;
        this.crypto = new ClientCircuitCrypto(bench.suite);
    }

    long channel() {
        return channel;
    }

    HybridClient start() {
        try {
            return HybridClient.start(
                    bench.suite, bench.identity.key().toBytes(), onionKey.toBytes(), new byte[0], bench.keys);
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }

    void create() {
        HybridClient client = start();
        bench.cell(channel, Fragments.cells(Kind.CREATE, ChannelCell.CREATE, client.handshake()));
        Reassembly reassembly = new Reassembly();
        Optional<byte[]> reply = Optional.empty();
        ArrayDeque<byte[]> cells = bench.sent.get(channel);
        try {
            while (!cells.isEmpty() && reply.isEmpty() && ChannelCell.command(cells.peek()) == ChannelCell.CREATED) {
                reply = reassembly.acceptCell(Kind.CREATED, cells.poll(), 0, 0);
            }
            if (reply.isPresent()) {
                crypto.addHop(client.finish(reply.get()).seed());
            }
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }

    boolean isOpen() {
        return crypto.hops() > 0 && !bench.isClosed(channel);
    }

    byte[] seal(RelayMessage message, int cellCommand) {
        byte[] cell = ChannelCell.of(cellCommand, message, new RandomFill(bench.suite, bench.keys));
        crypto.originate(0, cellCommand, cell, ChannelCell.BODY_OFFSET);
        return cell;
    }

    void send(RelayMessage message) {
        bench.cell(channel, seal(message, ChannelCell.RELAY));
    }

    void sendEarly(RelayMessage message) {
        bench.cell(channel, seal(message, ChannelCell.RELAY_EARLY));
    }

    void data(int stream, byte[] body) {
        send(RelayMessage.onStream(RelayCommand.DATA, stream, body));
    }

    void sendme(byte[] tag) {
        byte[] body = new byte[19];
        body[0] = 1;
        body[2] = 16;
        System.arraycopy(tag, 0, body, 3, 16);
        send(RelayMessage.onCircuit(RelayCommand.SENDME, body));
    }

    /// What came since the last look; a DESTROY is noted and not listed.
    List<RelayMessage> read() {
        List<RelayMessage> fresh = new ArrayList<>();
        ArrayDeque<byte[]> cells = bench.sent.get(channel);
        while (!cells.isEmpty()) {
            byte[] cell = cells.poll();
            if (ChannelCell.command(cell) == ChannelCell.DESTROY) {
                destroyed = true;
                continue;
            }
            if (crypto.receive(ChannelCell.command(cell), cell, ChannelCell.BODY_OFFSET) != 0) {
                throw new AssertionError("a cell that nobody recognises");
            }
            try {
                RelayMessage message = RelayMessage.read(cell, 0);
                fresh.add(message);
                tags.add(crypto.receivedTag());
            } catch (MalformedPacketException e) {
                throw new AssertionError(e);
            }
        }
        received.addAll(fresh);
        return fresh;
    }

    /// Everything that ever came with this command.
    List<RelayMessage> received(int command) {
        read();
        return received.stream().filter(message -> message.command() == command).toList();
    }

    /// The tag of the n-th message with this command, counted from 0.
    byte[] tag(int command, int n) {
        read();
        int seen = 0;
        for (int i = 0; i < received.size(); i++) {
            if (received.get(i).command() == command && seen++ == n) {
                return tags.get(i);
            }
        }
        throw new AssertionError("fewer messages with command " + command);
    }

    boolean isDestroyed() {
        read();
        return destroyed && bench.isClosed(channel);
    }
}
