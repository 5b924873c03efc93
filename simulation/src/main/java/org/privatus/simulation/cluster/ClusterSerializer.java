package org.privatus.simulation.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes [ClusterMessage]s: the manifest is a letter, the bytes are the components in order, strings in UTF-8 and everything
/// with its length before it.
public final class ClusterSerializer extends SerializerWithStringManifest {
    /// Of these messages and of [Chunks].
    static final int VERSION = 1;

    private static final int IDENTIFIER = 0x50726976;
    private static final int LENGTH_MAX = 256 * 1024;

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return switch ((ClusterMessage) message) {
            case ClusterMessage.Hello _ -> "H";
            case ClusterMessage.Welcome _ -> "W";
            case ClusterMessage.Here _ -> "E";
            case ClusterMessage.Assigned _ -> "A";
            case ClusterMessage.Chunk _ -> "C";
            case ClusterMessage.Finished _ -> "F";
            case ClusterMessage.Fetch _ -> "G";
            case ClusterMessage.Part _ -> "P";
            case ClusterMessage.Failed _ -> "X";
            case ClusterMessage.Lost _ -> "L";
            case ClusterMessage.Goodbye _ -> "B";
        };
    }

    @Override
    public byte[] toBinary(Object message) {
        if (message instanceof ClusterMessage.Chunk(var bytes)) {
            return bytes;
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            write((ClusterMessage) message, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(ClusterMessage message, DataOutputStream out) throws IOException {
        switch (message) {
            case ClusterMessage.Hello(var member, var version) -> {
                writeText(out, member);
                out.writeInt(version);
            }
            case ClusterMessage.Welcome(var transport, var file, var token) -> {
                writeText(out, transport.name());
                writeText(out, file);
                writeText(out, token);
            }
            case ClusterMessage.Here(var member, var sameMachine, var endpoint) -> {
                writeText(out, member);
                out.writeBoolean(sameMachine);
                writeText(out, endpoint);
            }
            case ClusterMessage.Assigned assigned -> write(assigned, out);
            case ClusterMessage.Chunk(var bytes) -> out.write(bytes);
            case ClusterMessage.Finished(var shard, var length) -> {
                out.writeInt(shard);
                out.writeInt(length);
            }
            case ClusterMessage.Fetch(var offset) -> out.writeInt(offset);
            case ClusterMessage.Part(var shard, var offset, var bytes) -> {
                out.writeInt(shard);
                out.writeInt(offset);
                writeBytes(out, bytes);
            }
            case ClusterMessage.Failed(var shard, var line) -> {
                out.writeInt(shard);
                writeText(out, line);
            }
            case ClusterMessage.Lost(var line) -> writeText(out, line);
            case ClusterMessage.Goodbye() -> {}
        }
    }

    private static void write(ClusterMessage.Assigned assigned, DataOutputStream out) throws IOException {
        out.writeInt(assigned.shard());
        writeText(out, assigned.transport().name());
        writeTexts(out, assigned.peers());
        writeTexts(out, assigned.endpoints());
        writeText(out, assigned.directory());
        writeBytes(out, assigned.description());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        if (manifest.equals("C")) {
            return new ClusterMessage.Chunk(bytes);
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return read(manifest, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClusterMessage read(String manifest, DataInputStream in) throws IOException {
        return switch (manifest) {
            case "H" -> new ClusterMessage.Hello(readText(in), in.readInt());
            case "W" -> new ClusterMessage.Welcome(TransportKind.valueOf(readText(in)), readText(in), readText(in));
            case "E" -> new ClusterMessage.Here(readText(in), in.readBoolean(), readText(in));
            case "A" ->
                new ClusterMessage.Assigned(
                        in.readInt(),
                        TransportKind.valueOf(readText(in)),
                        readTexts(in),
                        readTexts(in),
                        readText(in),
                        readBytes(in));
            case "F" -> new ClusterMessage.Finished(in.readInt(), in.readInt());
            case "G" -> new ClusterMessage.Fetch(in.readInt());
            case "P" -> new ClusterMessage.Part(in.readInt(), in.readInt(), readBytes(in));
            case "X" -> new ClusterMessage.Failed(in.readInt(), readText(in));
            case "L" -> new ClusterMessage.Lost(readText(in));
            case "B" -> new ClusterMessage.Goodbye();
            default -> throw new IOException("no message of a cluster run: " + manifest);
        };
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        int count = in.readInt();
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LENGTH_MAX) {
            throw new IOException("a length of " + length);
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
