package org.privatus.onion.flow;

/// Bounds of the windows of circuits, in cells; `window` in `reference.conf`, where each key is explained.
///
/// @param queue cells of a circuit that may wait along its path; 0 keeps all windows at `initial`
public record WindowSettings(int initial, int min, int max, int queue) {
    /// More is sent by nobody at one time: relays count on it.
    public static final int MAX_CELLS = 4_096;

    private static final int MAX_QUEUE = 2_048;

    public WindowSettings {
        in("min", min, SendWindow.INCREMENT, MAX_CELLS);
        in("max", max, min, MAX_CELLS);
        in("initial", initial, min, max);
        in("queue", queue, 0, MAX_QUEUE);
    }

    public static WindowSettings defaults() {
        return new WindowSettings(128, 64, MAX_CELLS, 128);
    }

    /// Windows that stay as they are.
    public static WindowSettings fixed(int cells) {
        return new WindowSettings(cells, cells, cells, 0);
    }

    /// A window for one direction of one circuit.
    CongestionWindow window() {
        return queue == 0 ? CongestionWindow.fixed(initial) : new VegasWindow(this);
    }

    private static void in(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("window." + key + " = " + value + " is not in " + min + " to " + max);
        }
    }
}
