package org.privatus.node.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.crypto.identity.NodeId;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.StepOutcome;

class SpliceWordsTest {
    private static final NodeId GATEWAY = NodeId.hashOf(new byte[] {1});

    @ParameterizedTest
    @EnumSource(
            value = StepOutcome.class,
            names = {"REFUSED", "TIMED_OUT", "DIED"})
    void what_was_refused_or_got_no_answer_is_explained_without_naming_a_relay(StepOutcome outcome) {
        List<AttemptStep> steps = List.of(
                new AttemptStep.CircuitBuilt(List.of()),
                new AttemptStep.GatewayExtended(GATEWAY),
                new AttemptStep.WorkAsked(GATEWAY, 123_456),
                new AttemptStep.Spliced(GATEWAY));
        assertThat(steps)
                .extracting(step -> SpliceWords.detail(step, outcome))
                .doesNotHaveDuplicates()
                .allSatisfy(detail -> assertThat(detail).isNotBlank().doesNotContain(GATEWAY.toString()));
    }

    @ParameterizedTest
    @EnumSource(
            value = StepOutcome.class,
            names = {"OK", "REFUSED"})
    void how_much_work_a_gateway_wants_is_said(StepOutcome outcome) {
        assertThat(SpliceWords.detail(new AttemptStep.WorkAsked(GATEWAY, 123_456), outcome))
                .contains("123456 hashes");
    }
}
