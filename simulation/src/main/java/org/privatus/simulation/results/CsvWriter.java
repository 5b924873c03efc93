package org.privatus.simulation.results;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Comma-separated values as RFC 4180 has them: quoted where needed, quotes doubled; but lines end with a line feed alone.
///
/// A file of a partial run begins with a line `# PARTIAL: why`, which `comment='#'` skips in most readers.
final class CsvWriter implements Closeable {
    private final BufferedWriter out;
    private boolean begun;

    CsvWriter(OutputStream out, Optional<String> partial) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.out.write(ResultFiles.mark(partial));
    }

    CsvWriter cell(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == '#');
        return raw(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }

    CsvWriter cell(long number) {
        return raw(Long.toString(number));
    }

    /// NaN is an empty cell.
    CsvWriter cell(double number) {
        return raw(Double.isNaN(number) ? "" : Numbers.plain(number));
    }

    /// A number of nanoseconds, in a unit of `digits` more digits, exactly: no floating point.
    CsvWriter nanos(long nanos, int digits) {
        long unit = 1;
        for (int i = 0; i < digits; i++) {
            unit *= 10;
        }
        String fraction = Long.toString(unit + nanos % unit).substring(1).replaceAll("0+$", "");
        return raw(fraction.isEmpty() ? Long.toString(nanos / unit) : nanos / unit + "." + fraction);
    }

    private CsvWriter raw(String text) {
        try {
            if (begun) {
                out.write(',');
            }
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begun = true;
        return this;
    }

    void end() throws IOException {
        out.write('\n');
        begun = false;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
