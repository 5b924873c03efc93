package org.privatus.node.actor;

import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.SplicePath;
import org.privatus.onion.splice.StepOutcome;

/// What happens on a splice, told by the [CircuitManager] to the [Messenger]. Splices that the messenger asked for bear
/// the number it chose, which is positive; those of others bear a negative one.
@SuppressWarnings("ArrayRecordComponent") // messages hand arrays over: no copy is made and none is compared
public sealed interface SpliceEvent extends Messenger.Command {
    long splice();

    /// A splice that was asked for is open.
    ///
    /// @param capacity bytes that may be sent
    record SpliceOpened(long splice, SplicePath path, int capacity) implements SpliceEvent {}

    /// Somebody opened a splice to us.
    ///
    /// @param capacity bytes that may be sent
    record SpliceIncoming(long splice, SplicePath path, int capacity) implements SpliceEvent {}

    /// The next bytes, in order; the array is the receiver's.
    record SpliceBytes(long splice, byte[] bytes) implements SpliceEvent {}

    /// So many bytes more may be sent than were allowed before.
    record SpliceWritable(long splice, int bytes) implements SpliceEvent {}

    /// The splice is over, or could not be opened.
    record SpliceClosed(long splice, SpliceEnd reason) implements SpliceEvent {}

    /// A step of the attempt to open the splice is done.
    record SpliceStep(long splice, AttemptStep step, StepOutcome outcome, long elapsedNanos) implements SpliceEvent {}
}
