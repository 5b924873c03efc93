package org.privatus.node.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What happened on an owner's channels in one turn of the links: told at its end, as one message.
final class ChannelNews {
    private List<ChannelEvent> gathered = List.of();

    void add(ChannelEvent event) {
        if (gathered.isEmpty()) {
            gathered = new ArrayList<>();
        }
        gathered.add(event);
    }

    /// The turn is over.
    void tell(Consumer<ChannelEvent> one, Consumer<ChannelEvents> several) {
        List<ChannelEvent> events = gathered;
        gathered = List.of();
        if (events.size() == 1) {
            one.accept(events.getFirst());
        } else if (!events.isEmpty()) {
            several.accept(new ChannelEvents(events));
        }
    }
}
