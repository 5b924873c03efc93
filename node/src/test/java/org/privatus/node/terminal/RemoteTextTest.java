package org.privatus.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.privatus.testing.Seeded;

class RemoteTextTest {
    private static final char ESCAPE = 0x1b;

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("red " + ESCAPE + "[31mcolour" + ESCAPE + "[0m", "red colour"),
                arguments("title " + ESCAPE + "]0;owned" + (char) 7 + "here", "title here"),
                arguments("title " + ESCAPE + "]0;owned" + ESCAPE + "\\here", "title here"),
                arguments("c1 " + (char) 0x9b + "2Jsequence", "c1 sequence"),
                arguments("bell" + (char) 7 + " backspace\b null" + (char) 0, "bell backspace null"),
                arguments("turned " + (char) 0x202e + "gnp.exe", "turned gnp.exe"),
                arguments("isolates " + (char) 0x2066 + "a" + (char) 0x2069, "isolates a"),
                arguments("two\nlines", "two lines"),
                arguments("carriage\rreturn", "carriagereturn"),
                arguments("tags " + Character.toString(0xe0041) + "!", "tags !"),
                arguments("a" + ESCAPE, "a"),
                arguments("a" + ESCAPE + "[", "a"),
                arguments("a" + ESCAPE + "[31", "a"),
                arguments("lone " + (char) 0xd800 + "surrogate", "lone surrogate"),
                arguments("plain ümlaut 漢字 🙂", "plain ümlaut 漢字 🙂"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_reaches_the_terminal_but_letters(String text, String shown) {
        assertThat(RemoteText.line(text)).isEqualTo(shown);
    }

    @Test
    void later_lines_of_a_text_are_indented() {
        String text = "hello\nNode stopped." + (char) 0x2028 + "Ha";
        assertThat(RemoteText.block(text)).isEqualTo("hello\n    Node stopped.\n    Ha");
    }

    @Seeded
    void random_text_keeps_no_control_or_format_character(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append((char) random.nextInt(0x3000));
        }
        String shown = RemoteText.line(text.toString());
        assertThat(shown.codePoints().filter(Character::isISOControl)).isEmpty();
        assertThat(shown.codePoints()
                        .filter(point -> Character.getType(point) == Character.FORMAT)
                        .filter(point -> point != 0x200c && point != 0x200d))
                .isEmpty();
    }
}
