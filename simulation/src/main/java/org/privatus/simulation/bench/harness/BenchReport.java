package org.privatus.simulation.bench.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.privatus.node.terminal.Table;
import org.privatus.node.terminal.Terminal;

/// All figures of one bench, as a table for people or as JSON for programs.
///
/// @param bench its name
/// @param about lines that say what was measured
/// @param opponent the other program whose figures stand beside ours; empty: none was asked for
/// @param notes lines below the table
public record BenchReport(
        String bench,
        int rounds,
        List<String> about,
        List<BenchRow> rows,
        Optional<String> opponent,
        List<String> notes) {
    private static final String NOTHING = "";

    public BenchReport {
        about = List.copyOf(about);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /// Whether every row that has a target reached it.
    public boolean allReached() {
        return rows.stream().allMatch(row -> row.reached().orElse(true));
    }

    /// On standard output, as a table or as JSON.
    public void show(Terminal terminal, boolean asJson) {
        if (asJson) {
            terminal.out().println(json());
            terminal.out().flush();
        } else {
            print(terminal.out());
        }
    }

    public void print(PrintWriter out) {
        about.forEach(out::println);
        out.println(rounds == 1 ? "One round." : "The median of " + rounds + " rounds, and the extremes.");
        out.println();
        table().print(out);
        if (!notes.isEmpty()) {
            out.println();
            notes.forEach(out::println);
        }
        out.flush();
    }

    private Table table() {
        Table table = opponent.map(name -> Table.of("", "median", "min–max", "unit", "target", "", name, "ratio"))
                .orElseGet(() -> Table.of("", "median", "min–max", "unit", "target", ""));
        for (BenchRow row : rows) {
            String target = row.goal().map(Goal::text).orElse(NOTHING);
            String verdict =
                    row.reached().map(yes -> yes ? "reached" : "MISSED").orElse(NOTHING);
            String median = Decimals.three(row.spread().median());
            String range = rounds == 1
                    ? NOTHING
                    : Decimals.three(row.spread().min()) + "–"
                            + Decimals.three(row.spread().max());
            if (opponent.isPresent()) {
                table.row(
                        row.label(),
                        median,
                        range,
                        row.unit(),
                        target,
                        verdict,
                        row.other().map(other -> Decimals.three(other.median())).orElse("–"),
                        ratio(row).map(Decimals::three).orElse(NOTHING));
            } else {
                table.row(row.label(), median, range, row.unit(), target, verdict);
            }
        }
        return table;
    }

    /// Ours divided by the other's.
    private static Optional<Double> ratio(BenchRow row) {
        return row.other()
                .filter(other -> other.median() != 0)
                .map(other -> row.spread().median() / other.median());
    }

    /// `{bench, rounds, processors, java, opponent?, rows: [{key, label, unit, median, min, max, samples, target?, reached?, other?}], notes}`.
    public String json() {
        var mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        all.put("bench", bench);
        all.put("rounds", rounds);
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("java", Runtime.version().toString());
        opponent.ifPresent(name -> all.put("opponent", name));
        var list = all.putArray("rows");
        rows.forEach(row -> write(row, list.addObject()));
        var more = all.putArray("notes");
        notes.forEach(more::add);
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures that are no JSON", e);
        }
    }

    private static void write(BenchRow row, ObjectNode to) {
        to.put("key", row.key());
        to.put("label", row.label());
        to.put("unit", row.unit());
        write(row.spread(), to);
        row.goal().ifPresent(goal -> to.putObject("target").put(goal.key(), Decimals.plain(goal.bound())));
        row.reached().ifPresent(reached -> to.put("reached", reached));
        row.other().ifPresent(other -> {
            ObjectNode beside = to.putObject("other");
            write(other, beside);
            ratio(row).ifPresent(ratio -> beside.put("ratio", Decimals.plain(ratio)));
        });
    }

    private static void write(Spread spread, ObjectNode to) {
        to.put("median", Decimals.plain(spread.median()));
        to.put("min", Decimals.plain(spread.min()));
        to.put("max", Decimals.plain(spread.max()));
        var samples = to.putArray("samples");
        spread.samples().forEach(sample -> samples.add(Decimals.plain(sample)));
    }
}
