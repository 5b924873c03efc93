package org.privatus.simulation.results.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.Trace;
import org.privatus.simulation.results.Attachment;

/// Every event of one shard as a line, compressed by gzip:
///
/// ```
/// nanos,node,kind,cause,counter,datagram
/// 1520000000,17,received,4,391,
/// 1520000000,17,sent,,,00ab34ff19c2d1e7
/// ```
///
/// A step has the node that caused it (-1: the scenario) and that node's counter; a datagram sent or lost has its hash. Lines are in
/// the order of the shard. The file ends at [#BYTES_MAX] compressed bytes, with a line `# cut: so many events more`.
///
/// Belongs to the shard's thread until the run is over.
public final class EventLog implements Trace {
    public static final int BYTES_MAX = 256 << 20;

    private static final int BUFFER = 1 << 16;

    private final int shard;
    private final int limit;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final GZIPOutputStream compressed;
    private final StringBuilder lines = new StringBuilder();
    private long cut;

    /// The log of a shard, from now on.
    public EventLog(int shard) {
        this(shard, BYTES_MAX);
    }

    EventLog(int shard, int limit) {
        this.shard = shard;
        this.limit = limit;
        try {
            compressed = new GZIPOutputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        lines.append("nanos,node,kind,cause,counter,datagram\n");
    }

    @Override
    public void record(int node, long timeNanos, EventKind kind, long detail) {
        if (file.size() >= limit) {
            cut++;
            return;
        }
        lines.append(timeNanos).append(',').append(node).append(',');
        lines.append(kind.name().toLowerCase(Locale.ROOT)).append(',');
        if (kind.isStep()) {
            lines.append(EventKind.causeIn(detail))
                    .append(',')
                    .append(EventKind.counterIn(detail))
                    .append(',');
        } else {
            lines.append(",,").append(String.format(Locale.ROOT, "%016x", detail));
        }
        lines.append('\n');
        if (lines.length() >= BUFFER) {
            flush();
        }
    }

    private void flush() {
        try {
            compressed.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        lines.setLength(0);
    }

    /// `events-SHARD.csv.gz`, for the result; nothing may be recorded afterwards.
    public Attachment attachment() {
        return new Attachment("events-" + shard + ".csv.gz", this::writeTo);
    }

    private void writeTo(OutputStream out) throws IOException {
        if (cut > 0) {
            lines.append("# cut: ").append(cut).append(" events more\n");
        }
        flush();
        compressed.finish();
        file.writeTo(out);
    }
}
