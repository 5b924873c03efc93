package org.privatus.node.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.crypto.wire.WireReader;
import org.privatus.crypto.wire.WireWriter;

/// One attempt to reach a person: its steps in order, and how it ended.
///
/// Kept as `outcome 1, elapsed 8, count 1`, then for each step `stage 1, outcome 1, elapsed 8, length 2, detail` in
/// UTF-8.
///
/// @param startedAt epoch milliseconds
/// @param steps at most {@link #MAX_STEPS}
public record Attempt(long startedAt, List<AttemptStep> steps, AttemptStep.Outcome outcome, long elapsedMillis) {
    public static final int MAX_STEPS = 32;

    private static final int FIXED = 10;
    private static final int FIXED_PER_STEP = 12;

    public Attempt {
        steps = List.copyOf(steps.size() > MAX_STEPS ? steps.subList(0, MAX_STEPS) : steps);
    }

    /// All but `startedAt`, which stands beside it.
    Blob encode() {
        var details = new ArrayList<byte[]>();
        int length = FIXED;
        for (AttemptStep step : steps) {
            byte[] detail = step.detail().getBytes(StandardCharsets.UTF_8);
            details.add(detail);
            length += FIXED_PER_STEP + detail.length;
        }
        WireWriter out = WireWriter.allocate(length)
                .u8(outcome.code())
                .u64(elapsedMillis)
                .u8(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            AttemptStep step = steps.get(i);
            out.u8(step.stage().code())
                    .u8(step.outcome().code())
                    .u64(step.elapsedMillis())
                    .u16(details.get(i).length)
                    .bytes(details.get(i));
        }
        return Blob.of(out.toBytes());
    }

    static Attempt decode(long startedAt, byte[] bytes) throws MalformedPacketException {
        var in = new WireReader(bytes);
        AttemptStep.Outcome outcome = outcome(in.u8());
        long elapsed = in.u64();
        int count = in.u8();
        var steps = new ArrayList<AttemptStep>();
        for (int i = 0; i < count; i++) {
            AttemptStep.Stage stage = stage(in.u8());
            AttemptStep.Outcome stepOutcome = outcome(in.u8());
            long stepElapsed = in.u64();
            String detail = new String(in.bytes(in.u16()), StandardCharsets.UTF_8);
            steps.add(new AttemptStep(stage, stepOutcome, stepElapsed, detail));
        }
        in.expectEnd();
        return new Attempt(startedAt, steps, outcome, elapsed);
    }

    private static AttemptStep.Stage stage(int code) throws MalformedPacketException {
        for (AttemptStep.Stage stage : AttemptStep.Stage.values()) {
            if (stage.code() == code) {
                return stage;
            }
        }
        throw new MalformedPacketException(Reason.BAD_VALUE);
    }

    private static AttemptStep.Outcome outcome(int code) throws MalformedPacketException {
        for (AttemptStep.Outcome outcome : AttemptStep.Outcome.values()) {
            if (outcome.code() == code) {
                return outcome;
            }
        }
        throw new MalformedPacketException(Reason.BAD_VALUE);
    }
}
