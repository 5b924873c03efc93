import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Checks or rewrites the format of every Java source below a directory: `java Format.java --check|--write ROOT`.
/// Exits with 1 when a file cannot be formatted or, with `--check`, is not.
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    private static final Pattern MARKDOWN = Pattern.compile("(?m)^([ \\t]*)(///.*)$");
    private static final Pattern STAND_IN = Pattern.compile("(?m)^([ \\t]*)/// <(\\d+)>$");

    public static void main(String[] args) throws IOException {
        boolean write = args[0].equals("--write");
        Path root = Path.of(args[1]);
        var broken = new ConcurrentLinkedQueue<String>();
        List<Path> differing = sources(root).parallel()
                .filter(file -> differs(file, write, broken))
                .sorted()
                .toList();
        broken.forEach(System.err::println);
        for (Path file : differing) {
            System.err.println((write ? "formatted " : "ERROR not formatted: ") + root.relativize(file));
        }
        if (!write && !differing.isEmpty()) {
            System.err.println("ERROR run: mvn -Pformat -N process-sources");
        }
        System.exit(!broken.isEmpty() || (!write && !differing.isEmpty()) ? 1 : 0);
    }

    private static boolean differs(Path file, boolean write, ConcurrentLinkedQueue<String> broken) {
        try {
            String source = Files.readString(file);
            String formatted = format(source);
            boolean differs = !Objects.equals(source, formatted);
            if (differs && write) {
                Files.writeString(file, formatted);
            }
            return differs;
        } catch (Exception e) {
            broken.add("ERROR " + file + ": " + e.getMessage());
            return false;
        }
    }

    /// Markdown documentation is left as it is written: the formatter would wrap its tables and drawings like prose. Each of
    /// its lines becomes a short stand-in, which is put back after formatting.
    private static String format(String source) throws FormatterException {
        var lines = new ArrayList<String>();
        String hidden = MARKDOWN.matcher(source).replaceAll(line -> {
            lines.add(line.group(2).stripTrailing());
            return line.group(1) + "/// <" + (lines.size() - 1) + ">";
        });
        return STAND_IN.matcher(FORMATTER.formatSourceAndFixImports(hidden))
                .replaceAll(line ->
                        Matcher.quoteReplacement(line.group(1) + lines.get(Integer.parseInt(line.group(2)))));
    }

    private static Stream<Path> sources(Path root) throws IOException {
        var files = Stream.<Path>builder();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = !directory.equals(root) && (name.equals("target") || name.startsWith("."));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files.build();
    }
}
