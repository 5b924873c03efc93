package org.privatus.simulation.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.shard.RunObserver;

/// A bar of simulated seconds on standard error, with the time that is left, the ratio to real time, events per second and the
/// heap; nothing where nobody watches. Ends the run when it is interrupted.
final class ProgressDisplay implements RunObserver, AutoCloseable {
    private static final int WIDTH = 110;
    private static final int REDRAW_MILLIS = 250;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEGA = 1e6;

    private final Terminal terminal;
    private final long expectedSeconds;
    private final Interruption interruption;
    private Optional<ProgressBar> bar = Optional.empty();
    private long startNanos;

    ProgressDisplay(Terminal terminal, Scenario scenario, Interruption interruption) {
        this.terminal = terminal;
        this.expectedSeconds = scenario.end().toSeconds();
        this.interruption = interruption;
    }

    @Override
    public void second(long simulatedNanos, long[] totals, long events) {
        if (!terminal.interactive()) {
            return;
        }
        ProgressBar shown = bar.orElseGet(this::open);
        long simulated = Duration.ofNanos(simulatedNanos).toSeconds();
        shown.maxHint(Math.max(simulated, expectedSeconds));
        shown.stepTo(simulated);
        double real = Math.max(1, System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        Runtime java = Runtime.getRuntime();
        shown.setExtraMessage(String.format(
                Locale.ROOT,
                "%.1fx real time, %.2fM events/s, heap %.0f MB%s",
                simulated / real,
                events / real / MEGA,
                (java.totalMemory() - java.freeMemory()) / MEGA,
                interruption.wanted() ? ", stopping" : simulated > expectedSeconds ? ", waiting for the last" : ""));
    }

    @Override
    public boolean stopWanted() {
        return interruption.wanted();
    }

    private ProgressBar open() {
        startNanos = System.nanoTime();
        ProgressBar opened = new ProgressBarBuilder()
                .setTaskName("simulated")
                .setUnit(" s", 1)
                .setInitialMax(expectedSeconds)
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

    /// The run is over: what is printed next begins on a line of its own.
    void done() {
        bar.ifPresent(shown -> {
            shown.close();
            terminal.err().println();
        });
        bar = Optional.empty();
    }

    @Override
    public void close() {
        done();
    }
}
