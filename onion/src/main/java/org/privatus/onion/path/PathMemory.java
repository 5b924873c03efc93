package org.privatus.onion.path;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// What path selection keeps over restarts: guards, and descriptors and measurements of relays, among them the
/// guards', so that circuits begin with the same first hops before the pool is full. Whoever keeps it keeps it private. Bounded.
///
/// ```
///  version 1 | n 1 | n × first guard 64 | n 1 | n × second guard 64 | n 1 | n × (length 2, descriptor,
///  measure 16)
/// ```
///
/// @param first in the order in which they are used
/// @param second second hops of circuits through which others come in
/// @param relays verified when they were kept
public record PathMemory(List<KeptGuard> first, List<KeptGuard> second, List<KeptRelay> relays) {
    public static final PathMemory EMPTY = new PathMemory(List.of(), List.of(), List.of());

    /// Guards of each layer.
    public static final int MAX_GUARDS = 90;

    public static final int MAX_RELAYS = 64;

    /// Of {@link #toBytes}.
    public static final int MAX_LENGTH =
            4 + 2 * MAX_GUARDS * KeptGuard.LENGTH + MAX_RELAYS * (2 + NodeDescriptor.MAX_LENGTH + KeptMeasure.LENGTH);

    private static final int VERSION = 1;

    public PathMemory {
        first = List.copyOf(first);
        second = List.copyOf(second);
        relays = List.copyOf(relays);
        if (first.size() > MAX_GUARDS || second.size() > MAX_GUARDS || relays.size() > MAX_RELAYS) {
            throw new IllegalArgumentException(first.size() + " and " + second.size() + " guards, " + relays.size());
        }
    }

    public byte[] toBytes() {
        WireWriter out = WireWriter.allocate(MAX_LENGTH);
        out.u8(VERSION);
        write(out, first);
        write(out, second);
        out.u8(relays.size());
        for (KeptRelay relay : relays) {
            byte[] bytes = relay.descriptor().toBytes();
            out.u16(bytes.length).bytes(bytes);
            relay.measure().write(out);
        }
        return out.toBytes();
    }

    public List<NodeDescriptor> descriptors() {
        return relays.stream().map(KeptRelay::descriptor).toList();
    }

    private static void write(WireWriter out, List<KeptGuard> guards) {
        out.u8(guards.size());
        guards.forEach(guard -> guard.write(out));
    }

    /// Reads what {@link #toBytes} wrote. Descriptors are not verified again.
    public static PathMemory read(byte[] bytes) throws MalformedPacketException {
        WireReader in = new WireReader(bytes);
        if (in.u8() != VERSION) {
            throw new MalformedPacketException(Reason.BAD_VERSION);
        }
        List<KeptGuard> first = readGuards(in);
        List<KeptGuard> second = readGuards(in);
        List<KeptRelay> relays = new ArrayList<>();
        for (int i = count(in, MAX_RELAYS); i > 0; i--) {
            NodeDescriptor descriptor = NodeDescriptor.read(in.bytes(in.u16()));
            relays.add(new KeptRelay(descriptor, KeptMeasure.read(in)));
        }
        in.expectEnd();
        return new PathMemory(first, second, relays);
    }

    private static List<KeptGuard> readGuards(WireReader in) throws MalformedPacketException {
        List<KeptGuard> guards = new ArrayList<>();
        for (int i = count(in, MAX_GUARDS); i > 0; i--) {
            guards.add(KeptGuard.read(in));
        }
        return guards;
    }

    private static int count(WireReader in, int most) throws MalformedPacketException {
        int count = in.u8();
        if (count > most) {
            throw new MalformedPacketException(Reason.TOO_LONG);
        }
        return count;
    }

    /// Only how much there is.
    @Override
    public String toString() {
        return "PathMemory[" + first.size() + " and " + second.size() + " guards, " + relays.size() + " relays]";
    }
}
