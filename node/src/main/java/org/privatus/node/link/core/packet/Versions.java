package org.privatus.node.link.core.packet;

import java.util.Arrays;
import java.util.HexFormat;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// The wire versions that a node speaks: 1 to {@link #MOST} numbers of one byte, none of them 0. Written in ascending order.
public final class Versions {
    /// So many fit beside the longest answer.
    public static final int MOST = 4;

    /// What this code speaks.
    public static final Versions CURRENT = of(PacketLayout.WIRE_VERSION);

    private static final int LARGEST = 255;

    private final byte[] ascending;

    private Versions(byte[] ascending) {
        this.ascending = ascending;
    }

    /// Takes them in ascending order, none twice.
    public static Versions of(int... ascending) {
        byte[] bytes = new byte[ascending.length];
        int last = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (ascending[i] <= last || ascending[i] > LARGEST) {
                throw new IllegalArgumentException("versions " + Arrays.toString(ascending));
            }
            last = ascending[i];
            bytes[i] = (byte) last;
        }
        if (bytes.length == 0 || bytes.length > MOST) {
            throw new IllegalArgumentException(bytes.length + " versions");
        }
        return new Versions(bytes);
    }

    public int count() {
        return ascending.length;
    }

    /// The lowest has place 0.
    public int at(int place) {
        return ascending[place] & 0xff;
    }

    private boolean contains(int version) {
        for (byte spoken : ascending) {
            if ((spoken & 0xff) == version) {
                return true;
            }
        }
        return false;
    }

    /// What two nodes that speak these and those have to speak: the highest that both do; 0 if there is none.
    public int best(Versions others) {
        for (int place = ascending.length - 1; place >= 0; place--) {
            if (others.contains(at(place))) {
                return at(place);
            }
        }
        return 0;
    }

    /// The body of a VERSIONS frame.
    void write(WireWriter out) {
        out.bytes(ascending);
    }

    /// Reads all that is left.
    static Versions read(WireReader in) throws MalformedPacketException {
        byte[] stated = in.rest();
        if (stated.length == 0 || stated.length > MOST) {
            throw new MalformedPacketException(Reason.BAD_VALUE);
        }
        int last = 0;
        for (byte version : stated) {
            if ((version & 0xff) <= last) {
                throw new MalformedPacketException(Reason.BAD_VALUE);
            }
            last = version & 0xff;
        }
        return new Versions(stated);
    }

    /// Reads a whole VERSIONS frame and leaves what follows.
    public static Versions readFrame(WireReader in) throws MalformedPacketException {
        if (in.u8() != FrameType.VERSIONS) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        return read(new WireReader(in.bytes(in.u16())));
    }

    @Override
    public String toString() {
        return "[" + HexFormat.ofDelimiter(", ").formatHex(ascending) + "]";
    }
}
