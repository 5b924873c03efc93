package org.privatus.dht;

import java.util.function.BiConsumer;
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
/// - *Give up*: twice that, so that one loss and its repetition by the link fit in. The contact is demoted.
final class Requests {
    private final LookupSettings settings;
    private final RoutingTable table;
    private final RoundTrips roundTrips;
    private final Timers timers;
    private final KademliaEffects effects;
    private final Tally tally;
    private final BiConsumer<Failure, Long> onFailure;
    private final Long2ObjectHashMap<Pending> open = new Long2ObjectHashMap<>();
    private long lastId;

    private static final class Pending {
        private final Request request;
        private Timers.@Nullable Timer timer;

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
            BiConsumer<Failure, Long> onFailure) {
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
        pending.timer = timers.at(request.sentNanos() + Math.max(2 * stallNanos, giveUp), t -> giveUp(request, t));
        tally.stalled++;
        request.asker().stalled(request, now);
    }

    private void giveUp(Request request, long now) {
        effects.abandon(request.id());
        fail(request.id(), now);
    }

    /// The link could not deliver it. Unknown ids are old ones.
    void fail(long id, long now) {
        Pending pending = remove(id);
        if (pending != null) {
            tally.givenUp++;
            demote(pending.request.to(), now);
            pending.request.asker().failed(pending.request, now);
        }
    }

    /// A contact did what no honest one does; it counts like an answer that did not come.
    void demote(Contact contact, long now) {
        onFailure.accept(table.failed(contact.id(), contact.endpoint(), now), now);
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
            nonsense(request, now);
            return;
        }
        tally.answered++;
        heard(request, rttNanos, now);
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
        return pending;
    }

    int open() {
        return open.size();
    }
}
