package org.privatus.simulation.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.scenario.Progress;

/// A bar of simulated seconds on standard error, with the ratio to real time and what is left; nothing where nobody watches.
final class ProgressDisplay implements Progress, AutoCloseable {
    private static final int WIDTH = 100;
    private static final int REDRAW_MILLIS = 250;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private Optional<ProgressBar> bar = Optional.empty();
    private long startNanos;
    private Duration last = Duration.ZERO;

    ProgressDisplay(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void reached(Duration simulated, Duration expected, String doing) {
        if (!terminal.interactive()) {
            return;
        }
        if (simulated.compareTo(last) < 0) {
            close();
        }
        last = simulated;
        ProgressBar shown = bar.orElseGet(() -> open(expected));
        shown.maxHint(Math.max(simulated.toSeconds(), expected.toSeconds()));
        shown.stepTo(simulated.toSeconds());
        double real = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        shown.setExtraMessage(
                String.format(Locale.ROOT, "%.1f x real time %s", simulated.toMillis() / 1000.0 / real, doing));
    }

    private ProgressBar open(Duration expected) {
        startNanos = System.nanoTime();
        ProgressBar opened = new ProgressBarBuilder()
                .setTaskName("simulated")
                .setUnit(" s", 1)
                .setInitialMax(expected.toSeconds())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(this::redraw, WIDTH))
                .build();
        bar = Optional.of(opened);
        return opened;
    }

    private void redraw(String line) {
        terminal.err().print("\r" + line);
        terminal.err().flush();
    }

    @Override
    public void close() {
        bar.ifPresent(shown -> {
            shown.close();
            terminal.err().println();
        });
        bar = Optional.empty();
    }
}
