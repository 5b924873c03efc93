package org.privatus.onion.circuit;

import java.util.List;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.onion.path.PathMemory;
import org.privatus.onion.splice.AttemptStep;
import org.privatus.onion.splice.SpliceEnd;
import org.privatus.onion.splice.SplicePath;
import org.privatus.onion.splice.StepOutcome;
import org.privatus.onion.stream.StreamEvent;

/// What {@link Circuits} asks of its surroundings, and tells them. An implementation records or sends and never calls
/// back.
public interface CircuitEffects {
    /// Open a channel, dialling if there is no link. Answered by `channelReady` or `channelClosed`.
    void openChannel(long channel, Contact to);

    /// Send cells, one after the other in one array, within the channel's credit. The array is the receiver's from now on.
    void sendCells(long channel, byte[] run);

    /// So many cells of those that came on this channel have been taken in: as many more may come.
    void consumed(long channel, int cells);

    void closeChannel(long channel);

    /// Run this job and return it through `computed`.
    void compute(Job job);

    /// A splice that was asked for is open.
    void spliceOpened(long splice, SplicePath path);

    /// Somebody opened a splice to a person that is served here.
    void spliceIncoming(long splice, PersonKey served, SplicePath path);

    /// The next bytes of a splice, in order. The array is the receiver's from now on.
    void spliceBytes(long splice, byte[] bytes);

    /// So many bytes may be sent, after less could.
    void spliceWritable(long splice, int bytes);

    /// A splice is over, or could not be opened. Nothing names it again. Not said of a splice that `closeSplice` closed.
    void spliceClosed(long splice, SpliceEnd reason);

    /// A circuit that was asked for is there.
    void circuitOpened(long circuit, List<NodeId> hops, long elapsedNanos);

    /// A circuit that was asked for could not be built, or is gone. Its streams have been closed. Not said of one that
    /// `closeCircuit` closed.
    void circuitClosed(long circuit);

    /// Something happened on a stream of our own.
    void stream(long stream, StreamEvent event);

    /// All hops of a circuit of our own have answered.
    ///
    /// @param elapsedNanos since its first cell
    void circuitBuilt(long elapsedNanos);

    /// A step of the attempt to open a splice is done.
    void attemptStep(long splice, AttemptStep step, StepOutcome outcome, long elapsedNanos);

    /// A lease of this person is stored.
    ///
    /// @param copies how many of the two circuits report it stored
    void leasePublished(PersonKey person, long period, long seq, int copies);

    /// Keep this, instead of what was said before, for {@link Circuits#restore} at the next start.
    void pathsChanged(PathMemory memory);

    /// A circuit could not be extended to this relay: as far as we can tell it is gone.
    void relayFailed(NodeId relay);
}
