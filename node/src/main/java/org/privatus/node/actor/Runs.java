package org.privatus.node.actor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.privatus.node.link.core.Links;

/// Runs of cells: consecutive cells of one channel in one array.
final class Runs {
    private Runs() {}

    static int count(byte[] run) {
        return run.length / Links.CELL_LENGTH;
    }

    /// Each in an array of its own.
    static List<byte[]> cells(byte[] run) {
        if (count(run) == 1) {
            return List.of(run);
        }
        return IntStream.range(0, count(run))
                .mapToObj(i -> Arrays.copyOfRange(run, i * Links.CELL_LENGTH, (i + 1) * Links.CELL_LENGTH))
                .toList();
    }
}
