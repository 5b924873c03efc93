package org.privatus.node.store;

import java.util.List;

/// What a conversation core starts from.
///
/// @param persons in the order in which they were added
/// @param sessions by ordinal
/// @param pending in the order in which they were written
/// @param received the latest marks of each person, oldest first
/// @param held texts that wait for their writer to be accepted, oldest first
public record StoredState(
        List<StoredPerson> persons,
        List<StoredSession> sessions,
        List<PendingText> pending,
        List<ReceivedMark> received,
        List<ReceivedMark> held) {
    public static final StoredState EMPTY = new StoredState(List.of(), List.of(), List.of(), List.of(), List.of());
}
