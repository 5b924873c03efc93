package org.privatus.simulation.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What an error of the file system means, in words.
final class Failures {
    private Failures() {}

    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException gone -> gone.getFile() + " does not exist";
            case NotDirectoryException none -> none.getFile() + " is no directory";
            case FileAlreadyExistsException there -> there.getFile() + " is no directory";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> oneLine(e);
        };
    }

    static String reason(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? oneLine(e) : reason(cause);
    }

    private static String oneLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("error of input or output");
    }
}
