package org.privatus.dht;

import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.lookup.RoundTrips;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtCodec;
import org.privatus.dht.message.DhtRequest;
import org.privatus.dht.routing.Failure;
import org.privatus.dht.routing.RoutingTable;
import org.privatus.dht.settings.LookupSettings;

/// Requests on their way: each has two timers, and each outcome reaches the routing table before whoever asked.
///
/// - *Stall*: round trip + 4 deviations of a measured contact; for strangers the 90th percentile of this node's round trips, or a setting while
///   there are too few. The asker may ask somebody else meanwhile.
/// - *Give up*: twice that, so that one loss and its repetition by the link fit in. The contact is demoted. An answer is still listened for, for a
///   while: it helps nobody any more, but it says that the contact lives, and how long an answer takes here. Without it a network that grew slow
///   at once would look dead for ever.
final class Requests {
    private static final long LISTENING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LookupSettings settings;
    private final RoutingTable table;
    private final RoundTrips roundTrips;
    private final Timers timers;
    private final KademliaEffects effects;
    private final Tally tally;
    private final ObjLongConsumer<Failure> onFailure;
    private final Long2ObjectHashMap<Pending> open = new Long2ObjectHashMap<>();
    private int listening;
    private long lastId;

    private static final class Pending {
        private final Request request;
        private Timers.@Nullable Timer timer;
        private boolean givenUp;

        private Pending(Request request) {
            this.request = request;
        }
    }

    /// @param onFailure told what the table did about a contact that failed, and when
    Requests(
            LookupSettings settings,
            RoutingTable table,
            RoundTrips roundTrips,
            Timers timers,
            KademliaEffects effects,
            Tally tally,
            ObjLongConsumer<Failure> onFailure) {
        this.settings = settings;
        this.table = table;
        this.roundTrips = roundTrips;
        this.timers = timers;
        this.effects = effects;
        this.tally = tally;
        this.onFailure = onFailure;
    }

    Request ask(Asker asker, Contact to, DhtRequest message, Request.Manner manner, long now) {
        var request = new Request(++lastId, to, asker, manner, now);
        var pending = new Pending(request);
        open.put(request.id(), pending);
        long stall = stallNanos(request);
        pending.timer = timers.at(now + stall, t -> stall(pending, stall, t));
        tally.asked++;
        effects.ask(request.id(), to, DhtCodec.encode(message), manner.finishHandshake());
        return request;
    }

    private long stallNanos(Request request) {
        long stranger = roundTrips.p90Nanos().orElse(settings.strangerStall().toNanos());
        long expected = table.patienceNanos(request.to().id()).orElse(stranger);
        return Math.max(expected, settings.stallFloor().toNanos())
                * request.manner().roundTrips();
    }

    private void stall(Pending pending, long stallNanos, long now) {
        Request request = pending.request;
        long giveUp =
                Math.max(settings.giveUpFloor().toNanos(), request.manner().patienceNanos());
        pending.timer = timers.at(request.sentNanos() + Math.max(2 * stallNanos, giveUp), t -> giveUp(pending, t));
        tally.stalled++;
        request.asker().stalled(request, now);
    }

    private void giveUp(Pending pending, long now) {
        Request request = pending.request;
        pending.givenUp = true;
        listening++;
        pending.timer = timers.at(now + LISTENING_NANOS, _ -> {
            remove(request.id());
            effects.abandon(request.id());
        });
        boolean definite = request.manner().patienceNanos() > 0;
        failed(request, definite, now);
    }

    /// The link could not deliver it. Unknown ids are old ones.
    void fail(long id, long now) {
        Pending pending = remove(id);
        if (pending != null && !pending.givenUp) {
            failed(pending.request, true, now);
        }
    }

    private void failed(Request request, boolean definite, long now) {
        tally.givenUp++;
        Contact to = request.to();
        onFailure.accept(table.failed(to.id(), to.endpoint(), definite, now), now);
        request.asker().failed(request, now);
    }

    /// A contact did what no honest one does; it counts like an answer that did not come.
    void demote(Contact contact, long now) {
        onFailure.accept(table.failed(contact.id(), contact.endpoint(), true, now), now);
    }

    void answered(long id, byte[] body, long rttNanos, long now) {
        Pending pending = remove(id);
        if (pending == null) {
            tally.late++;
            return;
        }
        Request request = pending.request;
        DhtAnswer answer;
        try {
            answer = DhtCodec.readAnswer(body);
        } catch (MalformedPacketException e) {
            if (!pending.givenUp) {
                nonsense(request, now);
            }
            return;
        }
        heard(request, rttNanos, now);
        if (pending.givenUp) {
            tally.late++;
            return;
        }
        tally.answered++;
        request.asker().answered(request, answer, now);
    }

    private void heard(Request request, long rttNanos, long now) {
        boolean measures = request.manner().roundTrips() == 1;
        if (measures) {
            roundTrips.add(rttNanos);
        }
        Contact from = request.to();
        table.answered(from.id(), from.endpoint(), measures ? rttNanos : 0, now);
    }

    /// An answer that could not be read, or is none to what was asked.
    void nonsense(Request request, long now) {
        tally.malformed++;
        demote(request.to(), now);
        request.asker().failed(request, now);
    }

    /// Nobody waits for it any more; nothing is held against the contact.
    void abandon(Request request) {
        if (remove(request.id()) != null) {
            effects.abandon(request.id());
        }
    }

    private @Nullable Pending remove(long id) {
        Pending pending = open.remove(id);
        if (pending != null && pending.timer != null) {
            pending.timer.cancel();
        }
        if (pending != null && pending.givenUp) {
            listening--;
        }
        return pending;
    }

    int open() {
        return open.size() - listening;
    }
}
