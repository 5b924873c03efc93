package org.privatus.simulation.bench.work;

import java.nio.ByteBuffer;

/// What stands before a piece of work on the stream: `kind 1 | amount 8 | size 4`.
final class Header {
    static final int LENGTH = Byte.BYTES + Long.BYTES + Integer.BYTES;

    private static final Work.Kind[] KINDS = Work.Kind.values();

    private Header() {}

    static byte[] write(Work work) {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) work.kind().code())
                .putLong(work.amount())
                .putInt(work.size())
                .array();
    }

    static Work read(byte[] header) {
        ByteBuffer in = ByteBuffer.wrap(header);
        int kind = in.get();
        if (kind < 0 || kind >= KINDS.length) {
            throw new IllegalArgumentException("a kind of work numbered " + kind);
        }
        return new Work(KINDS[kind], in.getLong(), in.getInt(), false);
    }
}
