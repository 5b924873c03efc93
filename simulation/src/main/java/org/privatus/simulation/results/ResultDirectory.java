package org.privatus.simulation.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.privatus.simulation.results.compare.Comparison;
import org.privatus.simulation.results.report.ComparePage;
import org.privatus.simulation.results.report.ReportPage;

/// A result as files.
///
/// | file | what |
/// |---|---|
/// | `summary.json` | keys of [Figure], metrics, counters, costs |
/// | `report.html` | the same for people, with plots; needs nothing but a browser |
/// | `series.csv` | numbers per simulated second, a column per [Series] |
/// | `samples-METRIC.csv` | when, at which node, how many milliseconds; at most 100,000 rows |
/// | `violations.csv` | checks that did not hold, the first 100; absent if there are none |
/// | `scenario.conf` | the whole scenario: with it the run can be made again |
/// | `recording.gz` | everything recorded, for `simulate report` and comparisons |
/// | `seeds/N/`, `seeds.csv` | with several seeds: all of the above for each, and a table |
///
/// A result is whole or not there: it is written beside its place and renamed when all is on the disk ([ResultWriter]).
public final class ResultDirectory {
    private static final int RECORDING_MAX = 512 << 20;
    private static final int SCENARIO_MAX = 16 << 20;

    private ResultDirectory() {}

    /// Whether a result could be written there: asked before a run, so that it does not end with nothing.
    ///
    /// @throws ResultDirectoryException if something else is there
    public static void check(Path target) throws ResultDirectoryException {
        ResultPlace.check(target);
    }

    /// Writes the result of one run; replaces an older result.
    ///
    /// @throws ResultDirectoryException if it cannot be written; then nothing new is there
    public static void write(Path target, RunResult result, List<Attachment> attachments)
            throws ResultDirectoryException {
        try (var writer = ResultWriter.open(target)) {
            writer.single(result, attachments);
            writer.commit();
        }
    }

    /// Reads the result of one run or of several seeds.
    ///
    /// @throws ResultDirectoryException if there is none, or a damaged one
    public static RunSet read(Path directory) throws ResultDirectoryException {
        SummaryReader summary = SummaryReader.open(directory);
        String label = Optional.ofNullable(
                        directory.toAbsolutePath().normalize().getFileName())
                .map(Path::toString)
                .orElse("result");
        if (!summary.isOfSeeds()) {
            return RunSet.of(label, readRun(directory, summary));
        }
        var runs = new ArrayList<MeasuredRun>();
        for (long seed : summary.seeds()) {
            Path each = directory.resolve(ResultFiles.SEEDS).resolve(Long.toString(seed));
            MeasuredRun run = readRun(each, SummaryReader.open(each));
            run.measurements().forgetSamples();
            runs.add(run);
        }
        if (runs.isEmpty()) {
            throw new ResultDirectoryException(directory + " has no seeds");
        }
        return new RunSet(label, summary.partial(), runs);
    }

    private static MeasuredRun readRun(Path directory, SummaryReader summary) throws ResultDirectoryException {
        Path scenario = directory.resolve(ResultFiles.SCENARIO);
        Path recording = directory.resolve(ResultFiles.RECORDING);
        try {
            String text = ResultFiles.unmarked(new String(bytes(scenario, SCENARIO_MAX), StandardCharsets.UTF_8));
            byte[] recorded;
            try (var in = new GZIPInputStream(Files.newInputStream(recording))) {
                recorded = in.readNBytes(RECORDING_MAX);
            }
            return new RunResult(summary.info(text), Recording.fromBytes(recorded)).measured();
        } catch (IOException e) {
            throw new ResultDirectoryException(directory + " cannot be read: " + Failures.reason(e));
        } catch (MalformedRecordingException e) {
            throw new ResultDirectoryException(recording + ": " + e.getMessage());
        }
    }

    private static byte[] bytes(Path file, int limit) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(limit);
        }
    }

    /// Draws `report.html` again, for one run, or for several seeds together and each alone.
    ///
    /// @throws ResultDirectoryException if it cannot be read or written
    public static void redraw(Path directory) throws ResultDirectoryException {
        SummaryReader summary = SummaryReader.open(directory);
        if (summary.isOfSeeds()) {
            for (long seed : summary.seeds()) {
                redraw(directory.resolve(ResultFiles.SEEDS).resolve(Long.toString(seed)));
            }
        }
        String page = new ReportPage(read(directory)).html();
        ResultPlace.replaceFile(directory.resolve(ResultFiles.REPORT), page);
    }

    /// Writes the page of a comparison; replaces an older file of that name.
    ///
    /// @return the file
    /// @throws ResultDirectoryException if it cannot be written
    public static Path writeComparison(Comparison comparison, Path file) throws ResultDirectoryException {
        ResultPlace.replaceFile(file, new ComparePage(comparison).html());
        return file;
    }
}
