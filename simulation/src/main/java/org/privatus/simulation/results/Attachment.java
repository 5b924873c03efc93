package org.privatus.simulation.results;

import java.io.IOException;
import java.io.OutputStream;

/// One more file of a result, such as an event log or a capture.
///
/// @param name of the file, `events…`, `….pcapng` or `state.txt`
public record Attachment(String name, Content content) {
    /// Writes the file.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public Attachment {
        if (!ResultFiles.isAttachment(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of an attachment");
        }
    }
}
