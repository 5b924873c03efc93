package org.privatus.node.store;

import java.util.List;

/// What a transaction did beyond what it was told.
///
/// @param appeared texts that are now in the inbox and were not before, in order of position
public record Committed(List<StoredMessage> appeared) {
    public static final Committed NOTHING_NEW = new Committed(List.of());

    public Committed {
        appeared = List.copyOf(appeared);
    }
}
