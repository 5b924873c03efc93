package org.privatus.node.actor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.privatus.node.control.MessageView;
import org.privatus.node.store.StoredMessage;

/// Those who watch the inbox. Each reads the store page by page from where it is, one page at a time, and again when
/// something has arrived: so nothing is left out and nothing comes twice.
final class Followers {
    private static final int PAGE = 64;
    private static final int FOLLOWERS_MAX = 32;

    private final ActorRef<StoreActor.Command> store;
    private final ActorRef<Messenger.Command> messenger;
    private final Function<StoredMessage, MessageView> shown;
    private final Map<Long, Follower> followers = new LinkedHashMap<>();

    Followers(
            ActorRef<StoreActor.Command> store,
            ActorRef<Messenger.Command> messenger,
            Function<StoredMessage, MessageView> shown) {
        this.store = store;
        this.messenger = messenger;
        this.shown = shown;
    }

    /// Beyond [#FOLLOWERS_MAX] the longest follower is dropped.
    void add(long number, long afterSequence, Consumer<MessageView> sink) {
        if (followers.size() >= FOLLOWERS_MAX) {
            followers.remove(followers.keySet().iterator().next());
        }
        var follower = new Follower(Math.max(0, afterSequence), sink);
        followers.put(number, follower);
        read(number, follower);
    }

    void remove(long number) {
        followers.remove(number);
    }

    void received() {
        followers.forEach(this::read);
    }

    private void read(long number, Follower follower) {
        if (follower.reading) {
            follower.again = true;
            return;
        }
        follower.reading = true;
        follower.again = false;
        store.tell(
                new StoreActor.Inbox<>(follower.last, PAGE, reply -> new Messenger.PageRead(number, reply), messenger));
    }

    void pageRead(long number, List<StoredMessage> page) {
        Follower follower = followers.get(number);
        if (follower == null) {
            return;
        }
        for (StoredMessage message : page) {
            follower.last = message.position();
            follower.sink.accept(shown.apply(message));
        }
        follower.reading = false;
        if (follower.again || page.size() == PAGE) {
            read(number, follower);
        }
    }

    private static final class Follower {
        final Consumer<MessageView> sink;
        long last;
        boolean reading;
        boolean again;

        Follower(long last, Consumer<MessageView> sink) {
            this.last = last;
            this.sink = sink;
        }
    }
}
