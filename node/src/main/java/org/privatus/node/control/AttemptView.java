package org.privatus.node.control;

import java.util.List;

/// One attempt to reach a person: what was tried, in order, and how it ended.
///
/// Stages and outcomes are words and not an enumeration, so that an older command line shows what a newer node says.
///
/// @param startedAtMillis since 1970
/// @param outcome in lower case, such as `ok`, `timed out`, `not found`, `still running`
public record AttemptView(long startedAtMillis, String outcome, long elapsedMillis, List<Step> steps) {
    public AttemptView {
        steps = List.copyOf(steps);
    }

    /// One thing that was tried.
    ///
    /// @param stage in lower case, such as `circuit`, `lease lookup`, `splice`, `handshake`, `acknowledged`
    /// @param elapsedMillis from the beginning of the attempt to the end of the step
    /// @param detail what else a reader should know; may be empty
    public record Step(String stage, String outcome, long elapsedMillis, String detail) {}
}
