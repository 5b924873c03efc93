package org.privatus.onion.flow;

/// A window that grows until cells begin to wait along the path (Tor proposal 324, TOR_VEGAS; after TCP Vegas).
///
/// The shortest round trip ever seen is that of an empty path; what the window holds beyond `window · shortest / present`
/// waits in queues. That surplus is kept between α = `queue` and β = 4/3 of it; beyond δ = 5/3 the window falls at once to
/// what fits. Slow start doubles the window with each round trip, half as fast from {@link #SLOW_START_CELLS} on (RFC
/// 3742), and ends when the surplus reaches γ = α.
///
/// Different from there: steps are 32 cells once per window, and a window at its minimum takes the present round trip for
/// the shortest little by little: a path that has become longer would keep it there for ever.
final class VegasWindow implements CongestionWindow {
    private static final int STEP = SendWindow.INCREMENT;
    private static final int SLOW_START_CELLS = 1_024;
    private static final int MAX_SMOOTHING = 10;
    private static final int FORGET_SHIFT = 3;

    private final WindowSettings settings;
    private int cells;
    private boolean slowStart = true;
    private long shortestNanos = Long.MAX_VALUE;
    private long smoothedNanos;
    private int acknowledged;
    private boolean full;

    VegasWindow(WindowSettings settings) {
        this.settings = settings;
        this.cells = settings.initial();
    }

    @Override
    public int cells() {
        return cells;
    }

    @Override
    public void acknowledged(long rttNanos, boolean wasFull) {
        full |= wasFull;
        acknowledged += STEP;
        measure(Math.max(1, rttNanos));
        int fitting = fitting();
        if (slowStart) {
            start(fitting);
        } else if (acknowledged >= cells) {
            steer(fitting);
            acknowledged = 0;
            full = false;
        }
    }

    /// Smoothed over half the acknowledgements of a window, as new samples cost little and old ones mislead.
    private void measure(long rttNanos) {
        int samples = slowStart ? 2 : Math.clamp(cells / (2 * STEP), 2, MAX_SMOOTHING);
        smoothedNanos = smoothedNanos == 0 ? rttNanos : (2 * rttNanos + (samples - 1) * smoothedNanos) / (samples + 1);
        if (rttNanos < shortestNanos) {
            shortestNanos = rttNanos;
        } else if (!slowStart && cells == settings.min()) {
            shortestNanos += (smoothedNanos - Math.min(shortestNanos, smoothedNanos)) >> FORGET_SHIFT;
        }
    }

    /// Cells that are on the path while none waits.
    private int fitting() {
        return smoothedNanos <= shortestNanos ? cells : (int) (cells * (double) shortestNanos / smoothedNanos);
    }

    private void start(int fitting) {
        if (cells - fitting >= settings.queue()) {
            slowStart = false;
            set(fitting + settings.queue());
        } else if (full) {
            set(cells + (cells < SLOW_START_CELLS ? STEP : STEP / 2));
            slowStart = cells < settings.max();
        }
        full = false;
    }

    private void steer(int fitting) {
        int surplus = cells - fitting;
        if (surplus > settings.queue() * 5 / 3) {
            set(fitting + settings.queue() * 5 / 3 - STEP);
        } else if (surplus > settings.queue() * 4 / 3) {
            set(cells - STEP);
        } else if (surplus < settings.queue() && full) {
            set(cells + STEP);
        }
    }

    private void set(int wanted) {
        cells = Math.clamp(wanted, settings.min(), settings.max());
    }
}
