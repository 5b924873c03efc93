package org.privatus.node.terminal;

import java.util.regex.Pattern;

/// Makes text that others wrote harmless for a terminal: it can move no cursor, set no title or colour, turn no line
/// around, and pass for nothing
/// that this program says.
public final class RemoteText {
    /// Whole control sequences of ECMA-48, so that nothing of them stays as letters: CSI, then strings (OSC, DCS,
    /// SOS, PM, APC) up to their end,
    /// then the short ones.
    private static final Pattern SEQUENCES = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]?"
            + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c)?"
            + "|\u001b[ -/]*[0-~]?");

    private static final String INDENT = "\n    ";

    private RemoteText() {}

    /// On one line: line ends and tabs become single spaces.
    public static String line(String text) {
        return clean(text, " ");
    }

    /// Line ends stay, and what follows them is indented, so that no line of it looks like one of ours.
    public static String block(String text) {
        return clean(text, INDENT);
    }

    private static String clean(String text, String lineEnd) {
        var out = new StringBuilder();
        SEQUENCES
                .matcher(text)
                .replaceAll("")
                .replace("\r\n", "\n")
                .codePoints()
                .forEach(point -> {
                    if (point == '\n' || point == 0x2028 || point == 0x2029 || point == 0x85) {
                        out.append(lineEnd);
                    } else if (point == '\t') {
                        out.append(' ');
                    } else if (isShown(point)) {
                        out.appendCodePoint(point);
                    }
                });
        return out.toString();
    }

    /// Control characters go, and format characters: bidirectional marks, embeddings, overrides and isolates, tags,
    /// invisible operators. Of these
    /// only the joiners stay, without which some scripts and emoji cannot be written.
    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            case Character.FORMAT -> point == 0x200c || point == 0x200d;
            default -> true;
        };
    }
}
