package org.privatus.onion.path;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// What was measured of one relay, as it is kept over restarts.
///
/// ```
///  worked 2 | failed 2 | dropped 2 | refused 2 | kbit/s 4 | seconds up 4
/// ```
///
/// @param worked in sixteenths, as the three after it; at most 65,535
/// @param kbits 0 where nothing was measured
/// @param upSeconds for how long it worked whenever it was asked
public record KeptMeasure(int worked, int failed, int dropped, int refused, long kbits, long upSeconds) {
    static final int LENGTH = 16;
    static final long MAX = 0xffff_ffffL;

    static KeptMeasure read(WireReader in) throws MalformedPacketException {
        return new KeptMeasure(in.u16(), in.u16(), in.u16(), in.u16(), in.u32(), in.u32());
    }

    void write(WireWriter out) {
        out.u16(worked).u16(failed).u16(dropped).u16(refused).u32(kbits).u32(upSeconds);
    }
}
