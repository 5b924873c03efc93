package org.privatus.onion.cell;

import static org.privatus.testing.Fuzzing.BASE_BYTES;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.stream.StreamRequest;
import org.privatus.onion.work.WorkAsked;
import org.privatus.onion.work.WorkDone;
import org.privatus.testing.Fuzzing;
import org.privatus.testing.Seeded;

/// Cells and what is in them once they are open: from a channel's peer, or from the far end of a circuit.
class CellFuzzTest {
    private static final int SOAK_SECONDS = 60;
    private static final int TOKEN = 32;

    @Seeded(5)
    void cells_are_read_or_refused_and_nothing_else_happens(long seed) {
        decoders().forEach(decoder -> decoder.mutations(seed, 500));
    }

    /// For a minute each.
    @Test
    @Tag("soak")
    void the_same_for_long() {
        decoders().forEach(decoder -> decoder.mutationsFor(SOAK_SECONDS));
    }

    private static List<Fuzzing> decoders() {
        return List.of(
                new Fuzzing("cells", BASE_BYTES, 8, runs(), CellFuzzTest::readRun),
                new Fuzzing("relay-message", BASE_BYTES, 8, relayCells(), CellFuzzTest::readMessage),
                new Fuzzing("fragments", BASE_BYTES, 16, fragments(), CellFuzzTest::reassemble),
                new Fuzzing("stream-request", BASE_BYTES, 8, streamRequests(), StreamRequest::of),
                new Fuzzing("work-asked", BASE_BYTES, 8, workAsked(), WorkAsked::read),
                new Fuzzing(
                        "work-done",
                        BASE_BYTES,
                        8,
                        List.of(new WorkDone(7, 9).behind(new byte[TOKEN])),
                        bytes -> WorkDone.read(bytes, TOKEN)),
                new Fuzzing("status", BASE_BYTES, 8, List.of(Status.OK.toBytes()), Status::of));
    }

    /// As a channel's owner takes a run in: each cell, and the fragments that it may hold.
    private static void readRun(byte[] run) throws MalformedPacketException {
        int count = ChannelCell.count(run);
        var created = new Reassembly();
        for (int i = 0; i < count; i++) {
            int at = i * ChannelCell.LENGTH;
            ChannelCell.check(run, at);
            switch (ChannelCell.command(run, at)) {
                case ChannelCell.CREATE -> created.acceptCell(Fragments.Kind.CREATE, run, at, 0);
                case ChannelCell.CREATED -> created.acceptCell(Fragments.Kind.CREATED, run, at, 0);
                case ChannelCell.DESTROY -> DestroyReason.of(run, at);
                default -> RelayMessage.read(run, at);
            }
        }
    }

    /// The input is what an opened cell holds behind its tag.
    private static void readMessage(byte[] content) throws MalformedPacketException {
        byte[] cell = ChannelCell.allocate(ChannelCell.RELAY);
        int length = Math.min(content.length, ChannelCell.MESSAGE_LENGTH);
        System.arraycopy(content, 0, cell, ChannelCell.MESSAGE_OFFSET, length);
        RelayMessage message = RelayMessage.read(cell, 0);
        if (message.body().length != message.bodyLength()) {
            throw new IllegalStateException("a body of another length");
        }
    }

    /// The input is cut into messages of a circuit, as many bytes each as a body holds.
    private static void reassemble(byte[] bodies) throws MalformedPacketException {
        var gathering = new Reassembly();
        for (int at = 0; at < bodies.length; at += RelayMessage.MAX_CIRCUIT_BODY) {
            byte[] body = Arrays.copyOfRange(bodies, at, Math.min(bodies.length, at + RelayMessage.MAX_CIRCUIT_BODY));
            gathering.acceptMessage(Fragments.Kind.EXTEND, RelayMessage.onCircuit(RelayCommand.EXTEND, body), 0);
        }
    }

    private static List<byte[]> runs() {
        List<byte[]> runs = new ArrayList<>();
        runs.add(Fragments.cells(Fragments.Kind.CREATE, ChannelCell.CREATE, new byte[1_312]));
        runs.add(Fragments.cells(Fragments.Kind.CREATED, ChannelCell.CREATED, new byte[1_152]));
        runs.add(ChannelCell.destroy(DestroyReason.NONE));
        return runs;
    }

    private static List<byte[]> relayCells() {
        List<byte[]> contents = new ArrayList<>();
        var fill = new RandomFill(new StandardSuite(), new SecureRandom());
        for (RelayMessage message : List.of(
                RelayMessage.onCircuit(RelayCommand.EXTEND, new byte[RelayMessage.MAX_CIRCUIT_BODY]),
                RelayMessage.onStream(RelayCommand.DATA, 1, new byte[RelayMessage.MAX_STREAM_BODY]),
                RelayMessage.onStream(RelayCommand.DATA, 0xffff, new byte[0]))) {
            byte[] cell = ChannelCell.of(ChannelCell.RELAY, message, fill);
            contents.add(Arrays.copyOfRange(cell, ChannelCell.MESSAGE_OFFSET, cell.length));
        }
        return contents;
    }

    private static List<byte[]> fragments() {
        byte[] all = new byte[0];
        for (byte[] body : Fragments.split(Fragments.Kind.EXTEND, new byte[1_400], Fragments.CIRCUIT_CHUNK)) {
            all = Arrays.copyOf(all, all.length + body.length);
            System.arraycopy(body, 0, all, all.length - body.length, body.length);
        }
        return List.of(all);
    }

    private static List<byte[]> streamRequests() {
        return Arrays.stream(StreamRequest.Kind.values())
                .map(kind -> new StreamRequest(kind, 1_000).toBytes())
                .toList();
    }

    private static List<byte[]> workAsked() {
        return List.of(new WorkAsked(5, new byte[WorkAsked.CHALLENGE_LENGTH]).toBytes(Status.OK.toBytes()));
    }
}
