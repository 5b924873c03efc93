package org.privatus.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketReportTest {
    @ParameterizedTest
    @CsvSource({
        "8192, 8192, false",
        "2048, 2048, false",
        "2047, 8192, true",
        "8192, 2047, true",
        "0, 0, false",
    })
    void a_quarter_of_what_was_asked_is_enough(int receive, int send, boolean isTooLittle) {
        String hint = new SocketReport("nio", 8192, receive, send, 0).hint();
        assertThat(hint.contains("net.core.rmem_max=8192")).isEqualTo(isTooLittle);
        assertThat(hint.isEmpty()).isEqualTo(!isTooLittle);
    }
}
