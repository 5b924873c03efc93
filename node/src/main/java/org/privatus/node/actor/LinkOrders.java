package org.privatus.node.actor;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.crypto.identity.Contact;

/// What an owner of channels wants of the links while it takes one message: gathered, and told as one message at the end of the turn, so that what belongs
/// together leaves together.
final class LinkOrders {
    private final ActorRef<LinkManager.Command> links;
    private List<LinkManager.ChannelOrder> gathered = new ArrayList<>(1);

    LinkOrders(ActorRef<LinkManager.Command> links) {
        this.links = links;
    }

    void openChannel(long channel, Contact to) {
        gathered.add(new LinkManager.OpenChannel(channel, to));
    }

    void sendCells(long channel, byte[] run) {
        gathered.add(new LinkManager.SendCells(channel, run));
    }

    void consumed(long channel, int cells) {
        gathered.add(new LinkManager.Consumed(channel, cells));
    }

    void closeChannel(long channel) {
        gathered.add(new LinkManager.CloseChannel(channel));
    }

    /// The turn is over.
    void tell() {
        if (gathered.isEmpty()) {
            return;
        }
        if (gathered.size() == 1) {
            links.tell(gathered.getFirst());
            gathered.clear();
        } else {
            links.tell(new LinkManager.Together(gathered));
            gathered = new ArrayList<>();
        }
    }
}
