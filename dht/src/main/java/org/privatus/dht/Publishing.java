package org.privatus.dht;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.DhtRequest;
import org.privatus.dht.store.DhtRecord;

/// Keeps this node's own descriptor where it belongs: put when it changes and again before it expires, and handed to every newcomer that is among
/// the k nearest, so that a network that grows around a node keeps finding it.
final class Publishing {
    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_DOUBLINGS = 6;

    /// Newcomers are served together.
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int JITTER_PARTS = 10;

    private final Parts parts;
    private final TreeSet<NodeId> holders = new TreeSet<>();
    private final TreeSet<NodeId> asked = new TreeSet<>();
    private Optional<DhtRecord> own = Optional.empty();
    private Timers.@Nullable Timer next;
    private boolean placing;
    private boolean changed;
    private boolean gathering;
    private int failures;

    Publishing(Parts parts) {
        this.parts = parts;
    }

    /// The descriptor to publish from now on, or none: others then forget it by and by.
    void publish(Optional<NodeDescriptor> descriptor, long now) {
        Optional<DhtRecord> wanted =
                parts.settings.records().publish() ? descriptor.map(DhtRecord.Descriptor::of) : Optional.empty();
        if (wanted.equals(own)) {
            return;
        }
        own = wanted;
        holders.clear();
        asked.clear();
        if (placing) {
            changed = true;
        } else {
            place(now);
        }
    }

    int holders() {
        return holders.size();
    }

    /// A node has entered the table, or a join has ended.
    void neighbourhoodChanged(long now) {
        if (own.isPresent() && !placing && !gathering) {
            gathering = true;
            parts.timers.at(now + GATHER_NANOS, this::serveNewcomers);
        }
    }

    private void place(long now) {
        cancelNext();
        if (own.isEmpty() || parts.table.size() == 0) {
            return;
        }
        placing = true;
        changed = false;
        Placement.LocalHolder nobody = (_, _, _, _) -> false;
        new Placement(own.get(), OptionalLong.empty(), parts.requests(), nobody, this::placed)
                .startVerified(parts.lookups(), now);
    }

    private void placed(Placement.Result result, long now) {
        placing = false;
        if (changed) {
            place(now);
            return;
        }
        asked.clear();
        holders.clear();
        holders.addAll(result.holders());
        asked.addAll(result.holders());
        failures = holders.isEmpty() ? failures + 1 : 0;
        long delay = holders.isEmpty()
                ? FIRST_RETRY_NANOS << Math.min(failures - 1, MOST_DOUBLINGS)
                : parts.settings.records().republish().toNanos();
        long jitter = parts.behaviour.nextLong(1 + 2 * delay / JITTER_PARTS) - delay / JITTER_PARTS;
        next = parts.timers.at(now + delay + jitter, this::place);
        if (!holders.isEmpty()) {
            neighbourhoodChanged(now);
        }
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void serveNewcomers(long now) {
        gathering = false;
        if (own.isEmpty() || placing) {
            return;
        }
        if (holders.isEmpty()) {
            place(now);
            return;
        }
        var store = new DhtRequest.Store(own.get().value(), OptionalLong.empty());
        for (Contact contact :
                parts.table.closest(parts.self, parts.settings.table().bucketSize())) {
            if (asked.add(contact.id())) {
                parts.requests().ask(new Handing(own.get()), contact, store, Request.Manner.FINISHED, now);
            }
        }
    }

    private final class Handing implements Asker {
        private final DhtRecord handed;

        private Handing(DhtRecord handed) {
            this.handed = handed;
        }

        @Override
        public void answered(Request request, DhtAnswer answer, long now) {
            if (!(answer instanceof StoreResult result)) {
                parts.requests().nonsense(request, now);
                return;
            }
            boolean current = own.filter(handed::equals).isPresent();
            if (result.status() == Status.STORED && current) {
                holders.add(request.to().id());
            } else if (result.status() == Status.BUSY) {
                asked.remove(request.to().id());
            }
        }

        @Override
        public void failed(Request request, long now) {
            asked.remove(request.to().id());
        }
    }
}
