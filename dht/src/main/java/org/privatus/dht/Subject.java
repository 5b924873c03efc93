package org.privatus.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtAnswer.Contacts;
import org.privatus.dht.message.DhtAnswer.Held;
import org.privatus.dht.message.DhtRequest.FindValue;
import org.privatus.dht.message.Value;
import org.privatus.dht.store.DhtRecord;

/// A node whose descriptor is wanted. It is asked of two others near it, never of the node itself, so that nobody shows different faces to
/// different askers.
final class Subject implements Asker {
    /// Of the nodes known near the subject, those nearest to it are the likely holders.
    private static final int LIKELY_HOLDERS = 8;

    private static final int ASKED_OF = 2;

    private final NodeId id;
    private final List<Contact> around;
    private final Requests requests;
    private final Verifier verifier;
    private final Completion completion;
    private final ArrayList<Held> answers = new ArrayList<>(ASKED_OF);
    private Optional<DhtRecord.Descriptor> best = Optional.empty();
    private int open;
    private int attempts;

    /// Told once after each {@link #fetch}.
    @FunctionalInterface
    interface Completion {
        /// The descriptor is verified; empty: neither of the two had it.
        void fetched(Subject subject, Optional<DhtRecord.Descriptor> descriptor, long now);
    }

    /// @param around others near the subject
    Subject(NodeId id, List<Contact> around, Requests requests, Verifier verifier, Completion completion) {
        this.id = id;
        this.around = around.stream()
                .filter(contact -> !contact.id().equals(id))
                .sorted((a, b) -> id.compareDistance(a.id(), b.id()))
                .limit(LIKELY_HOLDERS)
                .toList();
        this.requests = requests;
        this.verifier = verifier;
        this.completion = completion;
    }

    NodeId id() {
        return id;
    }

    int attempts() {
        return attempts;
    }

    void fetch(RandomGenerator behaviour, long now) {
        attempts++;
        answers.clear();
        best = Optional.empty();
        var others = new ArrayList<>(around);
        var asked = new ArrayList<Contact>(ASKED_OF);
        while (asked.size() < ASKED_OF && !others.isEmpty()) {
            asked.add(others.remove(behaviour.nextInt(others.size())));
        }
        open = asked.size();
        for (Contact other : asked) {
            requests.ask(this, other, new FindValue(id), Request.Manner.EARLY, now);
        }
        if (open == 0) {
            completion.fetched(this, Optional.empty(), now);
        }
    }

    @Override
    public void answered(Request request, DhtAnswer answer, long now) {
        switch (answer) {
            case Held held when answers.contains(held) -> closed(now);
            case Held held -> {
                answers.add(held);
                check(held.value(), request, now);
            }
            case Contacts _ -> closed(now);
            case DhtAnswer.Pong _, DhtAnswer.StoreResult _ -> requests.nonsense(request, now);
        }
    }

    private void check(Value value, Request request, long now) {
        try {
            DhtRecord record = DhtRecord.parse(value);
            if (record.target().equals(id)) {
                verifier.verify(record, (genuine, t) -> verified(record, genuine, request, t));
                return;
            }
        } catch (MalformedPacketException e) {
            // as good as a descriptor of somebody else
        }
        requests.demote(request.to(), now);
        closed(now);
    }

    private void verified(DhtRecord record, boolean genuine, Request request, long now) {
        if (!genuine) {
            requests.demote(request.to(), now);
        } else if (record instanceof DhtRecord.Descriptor descriptor) {
            boolean newer = best.isEmpty() || descriptor.supersedes(best.get());
            best = newer ? Optional.of(descriptor) : best;
        }
        closed(now);
    }

    @Override
    public void failed(Request request, long now) {
        closed(now);
    }

    private void closed(long now) {
        if (--open == 0) {
            completion.fetched(this, best, now);
        }
    }
}
