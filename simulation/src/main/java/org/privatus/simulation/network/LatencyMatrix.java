package org.privatus.simulation.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Measured round trips between some hosts, as read from a file. Two forms:
///
/// - a name that ends in `.u16be`: unsigned 16-bit big-endian numbers, row by row, in tenths of a millisecond, no header;
/// - any other: text, one row per line, round trips in milliseconds parted by blanks or commas; `#` begins a comment.
///
/// The matrix is square; each round trip but a host's with itself is above 0 and at most 60 s. Half of it counts each way.
public final class LatencyMatrix {
    static final int ROWS_MOST = 4_096;

    private static final String BINARY = ".u16be";
    private static final long FILE_BYTES_MOST = 256L << 20;
    private static final double MILLIS_MOST = 60_000;
    private static final int MICROS_PER_TENTH_ONE_WAY = 50;
    private static final double MICROS_PER_MILLI_ONE_WAY = 500;

    private final int rows;
    private final int[] oneWayMicros;

    private LatencyMatrix(int rows, int[] oneWayMicros) {
        this.rows = rows;
        this.oneWayMicros = oneWayMicros;
    }

    /// Reads a matrix in the form that the file's name says.
    ///
    /// @throws UnreadableMatrixException with one line for the user
    public static LatencyMatrix read(Path file) throws UnreadableMatrixException {
        try {
            long bytes = Files.size(file);
            if (bytes > FILE_BYTES_MOST) {
                throw new UnreadableMatrixException(
                        file + ": " + bytes + " bytes are too many; at most " + FILE_BYTES_MOST);
            }
            return file.toString().endsWith(BINARY)
                    ? binary(file, Files.readAllBytes(file))
                    : new TextMatrix(file).read();
        } catch (NoSuchFileException e) {
            throw new UnreadableMatrixException(file + ": there is no such file");
        } catch (IOException e) {
            throw new UnreadableMatrixException(file + ": cannot be read (" + e + ")");
        }
    }

    private static LatencyMatrix binary(Path file, byte[] bytes) throws UnreadableMatrixException {
        int rows = (int) Math.sqrt(bytes.length / (double) Short.BYTES);
        if (rows * rows * Short.BYTES != bytes.length || rows < 2 || rows > ROWS_MOST) {
            throw new UnreadableMatrixException(file + ": " + bytes.length
                    + " bytes are no square of 16-bit numbers with 2 to " + ROWS_MOST + " rows");
        }
        var numbers = ByteBuffer.wrap(bytes).asShortBuffer();
        var micros = new int[rows * rows];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = MICROS_PER_TENTH_ONE_WAY * Short.toUnsignedInt(numbers.get(i));
            if (micros[i] == 0 && i / rows != i % rows) {
                throw new UnreadableMatrixException(file + ": row " + (i / rows + 1) + ", column " + (i % rows + 1)
                        + ": a round trip of 0 between two hosts");
            }
        }
        return new LatencyMatrix(rows, micros);
    }

    /// @param millis all round trips, row by row; checked by who read them
    static LatencyMatrix ofMillis(int rows, double[] millis) {
        var micros = new int[millis.length];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = (int) (MICROS_PER_MILLI_ONE_WAY * millis[i] + 0.5);
        }
        return new LatencyMatrix(rows, micros);
    }

    static boolean isRoundTrip(double millis, boolean withItself) {
        return millis <= MILLIS_MOST && (withItself ? millis >= 0 : millis > 0);
    }

    public int rows() {
        return rows;
    }

    /// Half the round trip from one host to another.
    public int oneWayMicros(int row, int column) {
        return oneWayMicros[row * rows + column];
    }
}
