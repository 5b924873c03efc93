package org.privatus.simulation.results;

/// What came of all messages of a run that were followed.
///
/// @param sent taken by the sender's node
/// @param delivered shown to their receiver at least once
/// @param missing sent and never shown to their receiver
/// @param repeated showings beyond a message's first
/// @param unknown showings to somebody a message was not for, or of a message nobody sent
/// @param refused not taken by the sender's own node; not among [#sent()]
/// @param acknowledged whose sender learned that they arrived
/// @param acknowledgedMissing acknowledged and nevertheless never shown: a broken promise
/// @param meanRelays on the sender's side, over acknowledged messages; 0 without any
/// @param followedOneIn 1 if all messages were followed, otherwise 2, 4, …: the numbers here are of that share
public record Messages(
        long sent,
        long delivered,
        long missing,
        long repeated,
        long unknown,
        long refused,
        long acknowledged,
        long acknowledgedMissing,
        double meanRelays,
        double followedOneIn) {
    /// Whether every message was shown exactly once, and only to its receiver.
    public boolean isExactlyOnce() {
        return missing == 0 && repeated == 0 && unknown == 0;
    }
}
