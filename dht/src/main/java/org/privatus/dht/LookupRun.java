package org.privatus.dht;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.ContactList;
import org.privatus.dht.lookup.Lookup;
import org.privatus.dht.lookup.Step;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtAnswer.Contacts;
import org.privatus.dht.message.DhtAnswer.Held;
import org.privatus.dht.message.DhtCodec;
import org.privatus.dht.message.DhtRequest;
import org.privatus.dht.message.Value;
import org.privatus.dht.routing.RoutingTable;

/// Carries a {@link Lookup} out: sends what it wants sent, and tells it what came of it.
final class LookupRun implements Asker {
    private static final ContactList NOBODY = ContactList.of(List.of());

    private final Lookup lookup;
    private final byte[] question;
    private final boolean asksForValue;
    private final Request.Manner manner;
    private final Requests requests;
    private final RoutingTable table;
    private final Timers timers;
    private final Listener listener;
    private final ArrayList<Request> open = new ArrayList<>();
    private Timers.@Nullable Timer deadline;
    private boolean over;

    /// Who wanted the lookup.
    interface Listener {
        /// A node answered FIND_VALUE with a record, unverified.
        default void held(Value value, Request request, long now) {}

        /// Told once, unless the run was stopped.
        void ended(LookupRun run, boolean timedOut, long now);
    }

    LookupRun(
            Lookup lookup,
            DhtRequest question,
            Request.Manner manner,
            Requests requests,
            RoutingTable table,
            Timers timers,
            Listener listener) {
        this.lookup = lookup;
        this.question = DhtCodec.encode(question);
        this.asksForValue = question instanceof DhtRequest.FindValue;
        this.manner = manner;
        this.requests = requests;
        this.table = table;
        this.timers = timers;
        this.listener = listener;
    }

    /// May end at once, when there is nobody to ask.
    void start(long now) {
        deadline = timers.at(lookup.deadlineNanos(), this::advance);
        advance(now);
    }

    /// Ends without a word: whoever stops it knows enough.
    void stop() {
        over = true;
        if (deadline != null) {
            deadline.cancel();
        }
        open.forEach(requests::abandon);
        open.clear();
    }

    Lookup lookup() {
        return lookup;
    }

    boolean isOver() {
        return over;
    }

    private void advance(long now) {
        while (!over) {
            switch (lookup.next(now)) {
                case Step.Ask(var contact) -> open.add(requests.ask(this, contact, question, manner, now));
                case Step.Wait() -> {
                    return;
                }
                case Step.Finished() -> end(false, now);
                case Step.TimedOut() -> end(true, now);
            }
        }
    }

    private void end(boolean timedOut, long now) {
        stop();
        listener.ended(this, timedOut, now);
    }

    @Override
    public void answered(Request request, DhtAnswer answer, long now) {
        switch (answer) {
            case Contacts(var contacts) -> {
                open.remove(request);
                lookup.onSuccess(request.to(), acceptable(contacts));
                advance(now);
            }
            case Held(var value)
            when asksForValue -> {
                open.remove(request);
                lookup.onSuccess(request.to(), NOBODY);
                listener.held(value, request, now);
                advance(now);
            }
            case Held _, DhtAnswer.Pong _, DhtAnswer.StoreResult _ -> requests.nonsense(request, now);
        }
    }

    private ContactList acceptable(ContactList mentions) {
        for (int i = 0; i < mentions.size(); i++) {
            if (!table.acceptable(mentions.endpoint(i))) {
                return ContactList.of(mentions.stream()
                        .filter(other -> table.acceptable(other.endpoint()))
                        .toList());
            }
        }
        return mentions;
    }

    @Override
    public void stalled(Request request, long now) {
        lookup.onStall(request.to());
        advance(now);
    }

    @Override
    public void failed(Request request, long now) {
        open.remove(request);
        lookup.onFailure(request.to());
        advance(now);
    }
}
