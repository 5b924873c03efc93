package org.privatus.node.control;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A running node, as whoever serves its user sees it. Safe for use by many threads; no call blocks.
public interface ControlPort {
    /// Every request is answered, with [ControlReply.Failed] where it could not be done; the stage itself fails only
    /// by a defect.
    ///
    /// [ControlRequest.Send] is answered when the text was acknowledged, or when its time is over and it stays queued.
    /// [ControlRequest.Follow] is no question: see [#follow].
    CompletionStage<ControlReply> ask(ControlRequest request);

    /// Hands over every incoming message with a sequence above `afterSequence`: those in the store, then each as it
    /// arrives, in
    /// order, none left out. The sink is called by one thread at a time and must not block.
    Following follow(long afterSequence, Consumer<MessageView> sink);

    /// Ends when closed; the sink may see one more message then.
    @FunctionalInterface
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
