package org.privatus.dht;

import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtAnswer.Contacts;
import org.privatus.dht.message.DhtAnswer.Pong;
import org.privatus.dht.message.DhtRequest.FindNode;
import org.privatus.dht.message.DhtRequest.Ping;
import org.privatus.dht.routing.RoutingTable;

/// Keeps the routing table true: quiet buckets are refreshed, doubtful contacts asked, mentioned ones dialled before they get a place.
///
/// A refresh is one request: FIND_NODE for a random id of the bucket to the member heard from least recently. Of those it mentions, the ones that
/// the table has a place for are dialled with a finished handshake, which admits them; nobody enters by a mention.
final class Upkeep {
    /// Contacts dialled at once, and waiting to be.
    private static final int DIALS = 4;

    private static final int MOST_WAITING = 64;

    /// Up to a quarter is added to a refresh interval, so that nodes that started together do not stay together.
    private static final int JITTER_PARTS = 4;

    private final DhtSettings settings;
    private final RoutingTable table;
    private final Requests requests;
    private final Timers timers;
    private final RandomGenerator behaviour;
    private final Admitter admitter;
    private final ArrayDeque<Dial> waiting = new ArrayDeque<>();
    private final TreeSet<NodeId> dialled = new TreeSet<>();
    private final TreeSet<NodeId> rechecked = new TreeSet<>();
    private Timers.@Nullable Timer refresh;
    private int dialling;

    /// Offers a contact to the table.
    @FunctionalInterface
    interface Admitter {
        void admit(Contact proven, long rttNanos, long now);
    }

    /// @param vouched its key, puzzle and endpoint are proven already: an answer is all that is missing
    private record Dial(Contact contact, boolean vouched) {}

    Upkeep(
            DhtSettings settings,
            RoutingTable table,
            Requests requests,
            Timers timers,
            RandomGenerator behaviour,
            Admitter admitter) {
        this.settings = settings;
        this.table = table;
        this.requests = requests;
        this.timers = timers;
        this.behaviour = behaviour;
        this.admitter = admitter;
    }

    /// Dials somebody who was mentioned, if the table has a place. The finished handshake admits it.
    void dial(Contact mentioned, long now) {
        dial(new Dial(mentioned, false), now);
    }

    /// Asks somebody who has dialled this node, before it gets a place: it must answer requests, not only send them.
    void dialBack(Contact proven, long now) {
        dial(new Dial(proven, true), now);
    }

    private void dial(Dial dial, long now) {
        NodeId id = dial.contact().id();
        if (waiting.size() < MOST_WAITING && table.wants(dial.contact()) && dialled.add(id)) {
            waiting.add(dial);
            dialNext(now);
        }
    }

    private void dialNext(long now) {
        while (dialling < DIALS && !waiting.isEmpty()) {
            Dial next = waiting.remove();
            dialling++;
            requests.ask(asking(next), next.contact(), new Ping(), patient(), now);
        }
    }

    private Request.Manner patient() {
        return Request.Manner.patient(settings.join().patience().toNanos());
    }

    private Asker asking(Dial dial) {
        return new Asker() {
            @Override
            public void answered(Request request, DhtAnswer answer, long now) {
                if (!(answer instanceof Pong)) {
                    requests.nonsense(request, now);
                    return;
                }
                if (dial.vouched()) {
                    admitter.admit(dial.contact(), now - request.sentNanos(), now);
                }
                done(dial, now);
            }

            @Override
            public void failed(Request request, long now) {
                done(dial, now);
            }
        };
    }

    private void done(Dial dial, long now) {
        dialling--;
        dialled.remove(dial.contact().id());
        dialNext(now);
    }

    /// Asks whether a contact is still there; the table learns it from the answer, or from there being none.
    void ask(Contact doubtful, long now) {
        requests.ask(new Check(), doubtful, new Ping(), patient(), now);
    }

    /// Asks again after a while.
    void askLater(Contact demoted, long delayNanos, long now) {
        if (rechecked.add(demoted.id())) {
            timers.at(now + delayNanos, t -> {
                rechecked.remove(demoted.id());
                if (table.contains(demoted.id())) {
                    ask(demoted, t);
                }
            });
        }
    }

    private final class Check implements Asker {
        @Override
        public void answered(Request request, DhtAnswer answer, long now) {
            if (!(answer instanceof Pong)) {
                requests.nonsense(request, now);
            }
        }

        @Override
        public void failed(Request request, long now) {}
    }

    /// Arms the next refresh if none is: call it when the table has got a contact. An empty table needs none.
    void arm(long now) {
        if (refresh != null || table.size() == 0) {
            return;
        }
        long interval = settings.table().refresh().toNanos();
        long quietest = Long.MAX_VALUE;
        for (int depth = 0; depth < table.depth(); depth++) {
            quietest = Math.min(quietest, table.touchedNanos(depth));
        }
        long due = Math.max(now, quietest + interval) + behaviour.nextLong(1 + interval / JITTER_PARTS);
        refresh = timers.at(due, this::refreshQuiet);
    }

    private void refreshQuiet(long now) {
        refresh = null;
        long interval = settings.table().refresh().toNanos();
        for (int depth = 0; depth < table.depth(); depth++) {
            if (now - table.touchedNanos(depth) >= interval) {
                table.touch(depth, now);
                refresh(depth, now);
            }
        }
        arm(now);
    }

    private void refresh(int depth, long now) {
        NodeId target = table.randomIdIn(depth);
        Contact asked = table.quietest(depth)
                .or(() -> table.closestToAsk(target, 1).stream().findFirst())
                .orElse(null);
        if (asked != null) {
            requests.ask(new Refresh(), asked, new FindNode(target), Request.Manner.FINISHED, now);
        }
    }

    private final class Refresh implements Asker {
        @Override
        public void answered(Request request, DhtAnswer answer, long now) {
            if (!(answer instanceof Contacts(List<Contact> mentions))) {
                requests.nonsense(request, now);
                return;
            }
            mentions.forEach(mention -> dial(mention, now));
        }

        @Override
        public void failed(Request request, long now) {}
    }
}
