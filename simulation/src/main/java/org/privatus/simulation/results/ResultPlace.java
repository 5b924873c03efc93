package org.privatus.simulation.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a result goes: what may be replaced there, and how things appear at once.
final class ResultPlace {
    private static final String REPLACEMENT = "replacement";
    private static final int ATTEMPTS_MAX = 1000;

    private ResultPlace() {}

    static void check(Path target) throws ResultDirectoryException {
        if (!Files.exists(target)) {
            Path ancestor = parentOf(target);
            while (!Files.exists(ancestor)) {
                ancestor = parentOf(ancestor);
            }
            if (!Files.isDirectory(ancestor) || !Files.isWritable(ancestor)) {
                throw new ResultDirectoryException("no result can be written to " + target + ": " + ancestor
                        + (Files.isDirectory(ancestor) ? " is not writable" : " is no directory"));
            }
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new ResultDirectoryException(target + " is a file; a result is a directory: choose another name");
        }
        List<String> names = names(target);
        if (names.isEmpty()) {
            return;
        }
        for (String name : names) {
            if (!ResultFiles.isPart(name)) {
                throw new ResultDirectoryException(
                        target + " has '" + name + "', which is no part of a result: choose another directory");
            }
        }
        SummaryReader.open(target);
    }

    private static List<String> names(Path directory) throws ResultDirectoryException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(
                            entry -> Objects.requireNonNull(entry.getFileName()).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ResultDirectoryException(directory + " cannot be read: " + Failures.reason(e));
        } catch (UncheckedIOException e) {
            throw new ResultDirectoryException(directory + " cannot be read: " + Failures.reason(e));
        }
    }

    static Path parentOf(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        return parent == null ? path.toAbsolutePath().normalize() : parent;
    }

    /// A new directory beside a result, hidden, with the usual permissions.
    static Path newDirectory(Path parent) throws IOException {
        for (int i = 0; ; i++) {
            Path wanted = parent.resolve(".privatus-" + ProcessHandle.current().pid() + "-" + i);
            try {
                return Files.createDirectory(wanted);
            } catch (FileAlreadyExistsException e) {
                if (i == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /// Puts a finished directory in place of an older one. If that fails the older one is there again.
    static void replace(Path finished, Path target) throws IOException {
        Path parent = parentOf(target);
        if (!Files.exists(target)) {
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
            sync(parent);
            return;
        }
        Path old = newDirectory(parent);
        Path aside = old.resolve("result");
        Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
            throw e;
        }
        sync(parent);
        delete(old);
    }

    static void replaceFile(Path file, String text) throws ResultDirectoryException {
        Path parent = parentOf(file);
        try {
            Path beside = newDirectory(parent);
            try {
                Path written = beside.resolve(REPLACEMENT);
                write(written, text);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                sync(parent);
            } finally {
                delete(beside);
            }
        } catch (IOException e) {
            throw new ResultDirectoryException("cannot write " + file + ": " + Failures.reason(e));
        }
    }

    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        sync(file);
    }

    /// Returns when a file or a directory is on the disk.
    static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
