package org.privatus.node.messaging.core;

/// How conversations are, in numbers.
///
/// @param pendingTexts ours that nobody has acknowledged
/// @param splices open ones, `strangeSplices` included
/// @param strangeSplices open ones whose other end is not known yet
/// @param halfOpen handshakes that others began and did not finish
/// @param commits transactions that are on their way to the disk
/// @param malformed frames and contents that could not be, since the start
public record ConversationsView(
        int contacts,
        int requests,
        int pendingTexts,
        int splices,
        int strangeSplices,
        int halfOpen,
        int commits,
        long malformed) {}
