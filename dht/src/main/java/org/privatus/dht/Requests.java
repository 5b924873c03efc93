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

/// Requests on their way: each is armed for two times in turn, and each outcome reaches the routing table before whoever asked.
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
    private final Long2ObjectHashMap<Request> open = new Long2ObjectHashMap<>();
    private int listening;
    private long lastId;

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
        return ask(asker, to, DhtCodec.encode(message), manner, now);
    }

    /// @param body what {@link DhtCodec} makes of a request: whoever asks many the same encodes it once
    Request ask(Asker asker, Contact to, byte[] body, Request.Manner manner, long now) {
        var request = new Request(this, ++lastId, to, asker, manner, now, stallNanos(to, manner));
        open.put(request.id(), request);
        timers.arm(now + request.stallNanos(), request);
        tally.asked++;
        effects.ask(request.id(), to, body, manner.finishHandshake());
        return request;
    }

    private long stallNanos(Contact to, Request.Manner manner) {
        long stranger = roundTrips.p90Nanos().orElse(settings.strangerStall().toNanos());
        long expected = table.patienceNanos(to.id()).orElse(stranger);
        return Math.max(expected, settings.stallFloor().toNanos()) * manner.roundTrips();
    }

    void stall(Request request, long now) {
        long giveUp =
                Math.max(settings.giveUpFloor().toNanos(), request.manner().patienceNanos());
        timers.arm(request.sentNanos() + Math.max(2 * request.stallNanos(), giveUp), request);
        tally.stalled++;
        request.asker().stalled(request, now);
    }

    void giveUp(Request request, long now) {
        listening++;
        timers.arm(now + LISTENING_NANOS, request);
        boolean definite = request.manner().patienceNanos() > 0;
        failed(request, definite, now);
    }

    /// Nothing came after it was given up.
    void forget(Request request) {
        remove(request.id());
        effects.abandon(request.id());
    }

    /// The link could not deliver it. Unknown ids are old ones.
    void fail(long id, long now) {
        Request request = remove(id);
        if (request != null && !request.givenUp()) {
            failed(request, true, now);
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
        Request request = remove(id);
        if (request == null) {
            tally.late++;
            return;
        }
        DhtAnswer answer;
        try {
            answer = DhtCodec.readAnswer(body);
        } catch (MalformedPacketException e) {
            if (!request.givenUp()) {
                nonsense(request, now);
            }
            return;
        }
        heard(request, rttNanos, now);
        if (request.givenUp()) {
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

    private @Nullable Request remove(long id) {
        Request request = open.remove(id);
        if (request == null) {
            return null;
        }
        request.cancel();
        if (request.givenUp()) {
            listening--;
        }
        return request;
    }

    int open() {
        return open.size() - listening;
    }
}
