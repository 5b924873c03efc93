package org.privatus.simulation.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.GZIPOutputStream;
import org.privatus.simulation.results.report.ReportPage;

/// Writes a result beside its place and puts it there when it is whole. Either [#single] once, or [#seed] for each seed and then
/// [#aggregate]; then [#commit]. Closed without that, everything it wrote is removed.
public final class ResultWriter implements AutoCloseable {
    private static final int NANO_DIGITS_OF_SECOND = 9;
    private static final int NANO_DIGITS_OF_MILLI = 6;

    private final Path target;
    private final Path work;
    private final List<MeasuredRun> seeds = new ArrayList<>();

    private ResultWriter(Path target, Path work) {
        this.target = target;
        this.work = work;
    }

    /// A part of a result that can fail.
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    /// Begins a result.
    ///
    /// @throws ResultDirectoryException if the place is taken by something else or cannot be written
    public static ResultWriter open(Path target) throws ResultDirectoryException {
        ResultPlace.check(target);
        try {
            Path parent = ResultPlace.parentOf(target);
            Files.createDirectories(parent);
            return new ResultWriter(target, ResultPlace.newDirectory(parent));
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /// The only run.
    public void single(RunResult result, List<Attachment> attachments) throws ResultDirectoryException {
        guarded(() -> run(work, result, attachments));
    }

    /// One of several seeds. Its samples are on the disk afterwards and no longer in memory.
    public void seed(RunResult result, List<Attachment> attachments) throws ResultDirectoryException {
        guarded(() -> {
            Path directory = Files.createDirectories(work.resolve(ResultFiles.SEEDS)
                    .resolve(Long.toString(result.info().seed())));
            MeasuredRun measured = run(directory, result, attachments);
            measured.measurements().forgetSamples();
            seeds.add(measured);
        });
    }

    /// What all seeds together say.
    ///
    /// @param partial why seeds are missing
    /// @return what was written
    public RunSet aggregate(Optional<String> partial) throws ResultDirectoryException {
        var set = new RunSet(String.valueOf(target.getFileName()), partial, seeds);
        guarded(() -> {
            write(ResultFiles.SUMMARY, SummaryWriter.json(set, true));
            write(
                    ResultFiles.SCENARIO,
                    ResultFiles.mark(partial) + set.first().info().text());
            try (var csv = csv(work, ResultFiles.SEEDS_TABLE, partial)) {
                seedsTable(csv);
            }
            write(ResultFiles.REPORT, new ReportPage(set).html());
        });
        return set;
    }

    private void write(String name, String text) throws IOException {
        ResultPlace.write(work.resolve(name), text);
    }

    private void seedsTable(CsvWriter csv) throws IOException {
        csv.cell("seed").cell("traceHash");
        for (Figure figure : Figure.values()) {
            csv.cell(figure.key());
        }
        csv.end();
        for (MeasuredRun run : seeds) {
            csv.cell(run.info().seed()).cell(run.info().traceHash());
            for (Figure figure : Figure.values()) {
                OptionalDouble value = run.figure(figure);
                csv.cell(value.orElse(Double.NaN));
            }
            csv.end();
        }
    }

    private static MeasuredRun run(Path directory, RunResult result, List<Attachment> attachments) throws IOException {
        MeasuredRun run = result.measured();
        Optional<String> partial = run.info().partial();
        var set = RunSet.of("run", run);
        ResultPlace.write(directory.resolve(ResultFiles.SUMMARY), SummaryWriter.json(set, false));
        ResultPlace.write(
                directory.resolve(ResultFiles.SCENARIO),
                ResultFiles.mark(partial) + run.info().text());
        try (var csv = csv(directory, ResultFiles.SERIES, partial)) {
            series(csv, run.measurements());
        }
        for (Distribution each : run.measurements().distributions()) {
            try (var csv = csv(directory, ResultFiles.samples(each.metric()), partial)) {
                samples(csv, each);
            }
        }
        if (!run.measurements().violations().isEmpty()) {
            try (var csv = csv(directory, ResultFiles.VIOLATIONS, partial)) {
                violations(csv, run.measurements());
            }
        }
        try (var out = new GZIPOutputStream(stream(directory, ResultFiles.RECORDING))) {
            out.write(result.recording().toBytes());
        }
        for (Attachment attachment : attachments) {
            try (var out = stream(directory, attachment.name())) {
                attachment.content().writeTo(out);
            }
        }
        ResultPlace.write(directory.resolve(ResultFiles.REPORT), new ReportPage(set).html());
        return run;
    }

    private static void series(CsvWriter csv, Measurements seen) throws IOException {
        csv.cell("second");
        List<long[]> columns = new ArrayList<>();
        for (Series which : Series.values()) {
            csv.cell(which.key());
            columns.add(seen.values(which));
        }
        csv.end();
        for (int i = 0; i < seen.buckets(); i++) {
            csv.cell((long) i * seen.secondsPerBucket());
            for (long[] column : columns) {
                csv.cell(column[i]);
            }
            csv.end();
        }
    }

    private static void samples(CsvWriter csv, Distribution samples) throws IOException {
        csv.cell("atSeconds").cell("node").cell("ms").end();
        for (int i = 0; i < samples.keptCount(); i++) {
            csv.nanos(samples.keptAtNanos(i), NANO_DIGITS_OF_SECOND)
                    .cell(samples.keptNode(i))
                    .nanos(samples.keptNanos(i), NANO_DIGITS_OF_MILLI)
                    .end();
        }
    }

    private static void violations(CsvWriter csv, Measurements seen) throws IOException {
        csv.cell("atSeconds").cell("check").cell("node").cell("what").end();
        for (CheckViolation each : seen.violations()) {
            csv.nanos(Math.max(0, each.timeNanos()), NANO_DIGITS_OF_SECOND)
                    .cell(each.check())
                    .cell(each.node())
                    .cell(each.line())
                    .end();
        }
    }

    private static CsvWriter csv(Path directory, String name, Optional<String> partial) throws IOException {
        return new CsvWriter(stream(directory, name), partial);
    }

    private static OutputStream stream(Path directory, String name) throws IOException {
        return new SyncedStream(directory.resolve(name));
    }

    /// On the disk when it is closed.
    private static final class SyncedStream extends BufferedOutputStream {
        private final Path file;

        SyncedStream(Path file) throws IOException {
            super(Files.newOutputStream(file), 1 << 16);
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            super.close();
            ResultPlace.sync(file);
        }
    }

    /// Puts the result in its place.
    public void commit() throws ResultDirectoryException {
        guarded(() -> {
            ResultPlace.sync(work);
            ResultPlace.replace(work, target);
        });
    }

    private void guarded(Writing writing) throws ResultDirectoryException {
        try {
            writing.run();
        } catch (IOException e) {
            throw failed(target, e);
        } catch (UncheckedIOException e) {
            throw new ResultDirectoryException("no result was written to " + target + ": " + Failures.reason(e));
        }
    }

    private static ResultDirectoryException failed(Path target, IOException e) {
        return new ResultDirectoryException("no result was written to " + target + ": " + Failures.reason(e));
    }

    /// Removes what was not committed.
    @Override
    public void close() throws ResultDirectoryException {
        guarded(() -> ResultPlace.delete(work));
    }
}
