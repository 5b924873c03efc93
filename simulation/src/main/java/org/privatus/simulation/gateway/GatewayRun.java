package org.privatus.simulation.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.node.cli.Shutdown;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.scenario.Scenario;

/// One run of a gateway as its user sees it: whom to join, how far it is behind, and in the end a summary.
public final class GatewayRun {
    private static final int PEOPLE_SHOWN = 5;
    /// Beyond, real cryptography of all nodes fills a processor.
    private static final int NODES_AT_EASE = 100;

    private static final long WARNINGS_APART_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final GatewayOptions options;
    private boolean toldReady;
    private long warnedAtNanos;
    private long warnedOfNanos;

    public GatewayRun(Terminal terminal, GatewayOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /// Stays up until Ctrl-C or the end of the time it was given; the exit code.
    public int run() {
        var shutdown = new Shutdown();
        var stop = new AtomicBoolean();
        var ended = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            shutdown.await(ended);
            stop.set(true);
        });
        try (var gateway = new Gateway(options, this::joined)) {
            introduce(gateway);
            long limit = options.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE);
            gateway.run(() -> stop.get() || gateway.wallNanos() >= limit, () -> eachSecond(gateway));
            summarise(gateway);
            return ExitCodes.OK;
        } catch (IOException e) {
            throw UserError.runtime("the gateway cannot be opened: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        } finally {
            ended.complete(null);
            shutdown.finished();
        }
    }

    private void introduce(Gateway gateway) {
        Scenario scenario = options.scenario();
        int people = gateway.inhabitants().withPerson().size();
        say(
                "%,d simulated nodes at %s, %d with people. Virtual time is real time, cryptography is real.",
                scenario.nodes(), gateway.at(), people);
        if (!scenario.realCrypto() && scenario.nodes() > NODES_AT_EASE) {
            say("The scenario has stubs for cryptography; real nodes need the real one, which so many nodes may"
                    + " not keep up with.");
        }
        say("To join from another terminal, either of:");
        say("  privatus node --join %s", gateway.at());
        say("  privatus node --join %s", gateway.inhabitants().joinAddress());
        if (people > 0) {
            say("People who answer whoever writes to them:");
        }
        gateway.inhabitants().withPerson().stream()
                .limit(PEOPLE_SHOWN)
                .forEach(node -> say(
                        "  privatus add person-%d %s",
                        node, gateway.inhabitants().addressOf(node)));
        say("Ctrl-C ends it.");
    }

    private void joined(Endpoint real) {
        clearLine();
        note("A real node came: " + real);
    }

    private void eachSecond(Gateway gateway) {
        Lag lag = gateway.lag();
        long recent = lag.takeRecent();
        GatewayStatistics now = gateway.statistics();
        warn(recent, now.wallNanos());
        int people = gateway.inhabitants().withPerson().size();
        if (!toldReady && people > 0 && gateway.inhabitants().ready() == people) {
            toldReady = true;
            note("All people can be reached.");
        }
        if (terminal.interactive()) {
            terminal.err()
                    .printf(
                            Locale.ROOT,
                            "\r%s  lag %.1f ms (worst %.1f)  real nodes %d  in %,d  out %,d  dropped %,d ",
                            clock(now.wallNanos()),
                            recent / NANOS_PER_MILLI,
                            lag.worst() / NANOS_PER_MILLI,
                            now.present(),
                            now.received(),
                            now.sent(),
                            now.dropped() + now.unsent());
            terminal.err().flush();
        }
    }

    /// Again when it has become twice as bad, or is still bad after a while.
    private void warn(long lagNanos, long wallNanos) {
        boolean worse = lagNanos > 2 * warnedOfNanos || wallNanos - warnedAtNanos >= WARNINGS_APART_NANOS;
        if (lagNanos > Lag.WORTH_A_WARNING && worse) {
            warnedAtNanos = wallNanos;
            warnedOfNanos = lagNanos;
            clearLine();
            note(String.format(
                    Locale.ROOT,
                    "Warning: %.1f s behind the wall clock: this machine has too much to do for so many nodes",
                    lagNanos / NANOS_PER_SECOND));
        }
    }

    private void summarise(Gateway gateway) {
        GatewayStatistics all = gateway.statistics();
        clearLine();
        say("run          %s, %,d events", clock(all.wallNanos()), all.events());
        say("lag          %.1f ms at worst", all.worstLagNanos() / NANOS_PER_MILLI);
        say("real nodes   %,d came, %d present in the end", all.everJoined(), all.present());
        say(
                "datagrams    %,d from real nodes, %,d to them; %,d dropped, %,d not sent",
                all.received(), all.sent(), all.dropped(), all.unsent());
        say("answers      %,d acknowledged", all.answered());
        gateway.crashes().forEach(crash -> say("CRASHED      %s", crash));
    }

    private static String clock(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private void clearLine() {
        if (terminal.interactive()) {
            terminal.err().print("\r" + " ".repeat(100) + "\r");
        }
    }

    private void note(String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }

    private void say(String format, Object... values) {
        terminal.out().printf(Locale.ROOT, format + "%n", values);
        terminal.out().flush();
    }
}
