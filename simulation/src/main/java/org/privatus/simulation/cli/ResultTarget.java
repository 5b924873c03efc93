package org.privatus.simulation.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.results.Attachment;
import org.privatus.simulation.results.ResultDirectory;
import org.privatus.simulation.results.ResultDirectoryException;

/// Where `--out` wants the result of a single run, if anywhere.
record ResultTarget(Terminal terminal, Optional<Path> place) {
    /// Better known before the run than after it.
    void requireWritable() {
        if (place.isPresent()) {
            try {
                ResultDirectory.check(place.get());
            } catch (ResultDirectoryException e) {
                throw UserError.usage("--out: " + e.getMessage());
            }
        }
    }

    void write(RunReport report, List<Attachment> attachments) {
        if (place.isEmpty()) {
            return;
        }
        try {
            ResultDirectory.write(place.get(), report.result(), attachments);
            terminal.err().println("results are in " + place.get());
        } catch (ResultDirectoryException e) {
            throw UserError.runtime("--out: " + e.getMessage());
        }
    }
}
