package org.privatus.node.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;

/// An argument that may be `-`: read from standard input, because arguments show in process lists.
final class StandardInput {
    /// In bytes; more than any message may have.
    private static final int MAX = 1 << 17;

    private StandardInput() {}

    /// The argument, or all of standard input but one line end at its end.
    static String orArgument(Terminal terminal, String argument) {
        if (!argument.equals("-")) {
            return argument;
        }
        try {
            byte[] bytes = terminal.in().readNBytes(MAX + 1);
            if (bytes.length > MAX) {
                throw UserError.usage("standard input holds more than " + MAX + " bytes: send less");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw UserError.usage("standard input is not text in UTF-8: send text only");
        } catch (IOException e) {
            throw UserError.runtime("cannot read standard input: " + e.getMessage());
        }
    }
}
