package org.privatus.simulation.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.results.Figure;
import org.privatus.simulation.results.ResultDirectory;
import org.privatus.simulation.results.ResultDirectoryException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `privatus simulate report`: pages from results that are there, without a run.
@Command(
        name = "report",
        description = {
            "Draw the report of a result again, or compare two results.%n",
            "A result is a directory that 'privatus simulate … --out DIR' wrote: of one seed or of several."
        },
        footer = {
            "  privatus simulate report DIR                       draw DIR/report.html again",
            "  privatus simulate report --compare A B             what differs beyond noise; writes B/compare.html",
            "  privatus simulate report --compare A B --out FILE",
            "  privatus simulate report --keys                    the keys of summary.json, their units and meanings"
        })
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The result whose report is drawn again.")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--compare", arity = "2", paramLabel = "DIR", description = "Two results to compare.")
    private List<Path> compared = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Where the comparison goes. Default: B/compare.html.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--keys", description = "Print the keys of summary.json.")
    private boolean keys;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if ((keys ? 1 : 0) + (directory.isPresent() ? 1 : 0) + (compared.isEmpty() ? 0 : 1) != 1) {
            throw UserError.usage("give one of: DIR, --compare A B, --keys");
        }
        if (out.isPresent() && compared.isEmpty()) {
            throw UserError.usage("--out belongs to --compare");
        }
        if (keys) {
            printKeys();
        } else if (directory.isPresent()) {
            redraw(directory.get());
        } else {
            new ComparisonRun(terminal).run(compared.getFirst(), compared.getLast(), out);
        }
        return ExitCodes.OK;
    }

    private void redraw(Path result) {
        try {
            ResultDirectory.redraw(result);
        } catch (ResultDirectoryException e) {
            throw UserError.runtime(String.valueOf(e.getMessage()));
        }
        terminal.out().println(result.resolve("report.html"));
    }

    private void printKeys() {
        Arrays.stream(Figure.values())
                .forEach(figure -> terminal.out()
                        .println(String.format(
                                Locale.ROOT,
                                "%-24s %-5s %s%s",
                                figure.key(),
                                figure.unit().symbol(),
                                figure.meaning(),
                                figure.isCost() ? " (of the machine)" : "")));
    }
}
