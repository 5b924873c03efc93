package org.privatus.node.actor;

import java.util.List;

/// What happened on several channels of one owner, in order: the links say once per turn what there is.
public record ChannelEvents(List<ChannelEvent> events)
        implements CircuitManager.Command, RelayActor.Command, DirectActor.Command {}
