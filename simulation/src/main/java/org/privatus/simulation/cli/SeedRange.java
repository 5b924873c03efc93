package org.privatus.simulation.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Seeds as given: `1..200`, or `3,5,8`.
///
/// @param seeds in rising order, each once
record SeedRange(List<Long> seeds) {
    private static final int SEEDS_MAX = 10_000;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
    private static final Pattern LIST = Pattern.compile("\\d{1,18}(,\\d{1,18}){0,999}");

    SeedRange {
        seeds = List.copyOf(seeds);
    }

    /// Reads them from the command line.
    static final class Converter implements ITypeConverter<SeedRange> {
        @Override
        public SeedRange convert(String text) {
            Matcher range = RANGE.matcher(text);
            if (range.matches()) {
                return between(text, Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
            }
            if (!LIST.matcher(text).matches()) {
                throw new TypeConversionException("'" + text + "' are no seeds: write 1..20 or 3,5,8");
            }
            return new SeedRange(Arrays.stream(text.split(",", -1))
                    .map(Long::parseLong)
                    .distinct()
                    .sorted()
                    .toList());
        }

        private static SeedRange between(String text, long from, long to) {
            if (to < from || to - from >= SEEDS_MAX) {
                throw new TypeConversionException("'" + text + "': 1 to " + SEEDS_MAX + " seeds, the smallest first");
            }
            return new SeedRange(LongStream.rangeClosed(from, to).boxed().toList());
        }
    }
}
