package org.privatus.simulation.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privatus.simulation.engine.EventKind;
import org.privatus.simulation.engine.EventLoop;

/// The step after which a run is to stop. What a node sends, or the network loses, is no step: it happens in one.
public sealed interface Breakpoint {
    /// What [#parse] takes, for people.
    String FORMS = "the number of a step of the run (391), NODE:N for event N that a node caused (4:17, as --check"
            + " and event logs say), or a moment (12.5s, of one node 12.5s:4)";

    /// The so-manieth step of a run on one shard.
    record Nth(long number) implements Breakpoint {}

    /// The event that `cause` caused as its so-manieth; the same for any number of shards.
    record Caused(int cause, long counter) implements Breakpoint {}

    /// The first step of a node at a moment or later.
    ///
    /// @param node empty: of any
    record Moment(long nanos, OptionalInt node) implements Breakpoint {}

    /// Whether a step is meant.
    ///
    /// @param number of the step, from 1
    /// @param node whose step it is
    /// @param detail as a [org.privatus.simulation.engine.Trace] gets it
    default boolean isAt(long number, int node, long timeNanos, long detail) {
        return switch (this) {
            case Nth(long wanted) -> number == wanted;
            case Caused(int cause, long counter) ->
                EventKind.causeIn(detail) == cause && EventKind.counterIn(detail) == counter;
            case Moment(long nanos, OptionalInt of) ->
                timeNanos >= nanos && (of.isPresent() ? of.getAsInt() == node : node != EventLoop.WORLD);
        };
    }

    /// Reads one of [#FORMS].
    ///
    /// @throws IllegalArgumentException when it is none
    static Breakpoint parse(String text) {
        Matcher form = Form.ANY.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no event: write " + FORMS);
        }
        if (form.group("number") != null) {
            return new Nth(Long.parseLong(form.group("number")));
        }
        if (form.group("cause") != null) {
            return new Caused(Integer.parseInt(form.group("cause")), Long.parseLong(form.group("counter")));
        }
        String node = form.group("node");
        return new Moment(
                Form.nanos(form.group("time"), form.group("unit")),
                node == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(node)));
    }

    /// The breakpoint of an entry, as [#parse] takes it: for what is no step, the node's first step at that moment.
    static String of(TraceEntry entry) {
        return entry.kind().isStep()
                ? EventKind.causeIn(entry.detail()) + ":" + EventKind.counterIn(entry.detail())
                : at(entry.timeNanos(), entry.node());
    }

    /// The breakpoint of a moment of a node, as [#parse] takes it.
    static String at(long timeNanos, int node) {
        return BigDecimal.valueOf(timeNanos, 9).stripTrailingZeros().toPlainString() + "s:" + node;
    }

    /// How people write it.
    final class Form {
        private static final Pattern ANY = Pattern.compile("(?<number>[0-9]{1,18})"
                + "|(?<cause>-1|[0-9]{1,9}):(?<counter>[0-9]{1,12})"
                + "|(?<time>[0-9]{1,9}(\\.[0-9]{1,9})?)(?<unit>ms|s|m|h)(:(?<node>[0-9]{1,9}))?");

        private Form() {}

        /// What no run reaches is the end of time.
        private static long nanos(String number, String unit) {
            long unitNanos = switch (unit) {
                case "ms" -> 1_000_000L;
                case "s" -> 1_000_000_000L;
                case "m" -> 60_000_000_000L;
                default -> 3_600_000_000_000L;
            };
            return new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(unitNanos))
                    .setScale(0, RoundingMode.FLOOR)
                    .min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .longValue();
        }
    }
}
