package org.privatus.simulation.results.report;

import java.util.Locale;

/// HTML being written. What comes from outside goes through [#text].
final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /// Markup of this program's own.
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Markup of this program's own with values in it, none of which is text from outside.
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency
    Html format(String markup, Object... values) {
        out.append(String.format(Locale.ROOT, markup, values));
        return this;
    }

    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /// An element that holds text alone.
    Html element(String tag, String attributes, String text) {
        return raw("<" + tag + (attributes.isEmpty() ? "" : " " + attributes) + ">")
                .text(text)
                .raw("</" + tag + ">");
    }

    Html add(Html other) {
        out.append(other.out);
        return this;
    }

    /// Safe between tags and inside quoted attributes. Control characters, which HTML does not allow, become replacement characters.
    static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.append(c);
                default -> escaped.append(isPlain(c) ? c : '\uFFFD');
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(char c) {
        boolean turnsAround = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        return !Character.isISOControl(c) && !Character.isSurrogate(c) && !turnsAround;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
