package org.privatus.dht;

import java.util.ArrayDeque;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.message.DhtAnswer;
import org.privatus.dht.message.DhtAnswer.Contacts;
import org.privatus.dht.message.DhtAnswer.Pong;
import org.privatus.dht.message.DhtRequest.FindNode;
import org.privatus.dht.message.DhtRequest.Ping;

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

    private final Parts parts;
    private final Admitter admitter;
    private Timers.@Nullable Timer refresh;

    /// Made with the first.
    private @Nullable Dials dials;

    /// Demoted contacts that are to be asked again; made with the first.
    private @Nullable TreeSet<NodeId> rechecked;

    /// Offers a contact to the table.
    @FunctionalInterface
    interface Admitter {
        void admit(Contact proven, long rttNanos, long now);
    }

    /// @param vouched its key, puzzle and endpoint are proven already: an answer is all that is missing
    private record Dial(Contact contact, boolean vouched) {}

    /// Those under way, and those that wait.
    private static final class Dials {
        final ArrayDeque<Dial> waiting = new ArrayDeque<>(0);
        final TreeSet<NodeId> ids = new TreeSet<>();
        int running;
    }

    Upkeep(Parts parts, Admitter admitter) {
        this.parts = parts;
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
        Dials all = dials();
        if (all.waiting.size() < MOST_WAITING && parts.table.wants(dial.contact()) && all.ids.add(id)) {
            all.waiting.add(dial);
            dialNext(all, now);
        }
    }

    private Dials dials() {
        Dials known = dials;
        if (known == null) {
            known = new Dials();
            dials = known;
        }
        return known;
    }

    private void dialNext(Dials all, long now) {
        while (all.running < DIALS && !all.waiting.isEmpty()) {
            Dial next = all.waiting.remove();
            all.running++;
            parts.requests().ask(asking(next), next.contact(), new Ping(), patient(), now);
        }
    }

    private Request.Manner patient() {
        return Request.Manner.patient(parts.settings.join().patience().toNanos());
    }

    private Asker asking(Dial dial) {
        return new Asker() {
            @Override
            public void answered(Request request, DhtAnswer answer, long now) {
                if (!(answer instanceof Pong)) {
                    parts.requests().nonsense(request, now);
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
        Dials all = dials();
        all.running--;
        all.ids.remove(dial.contact().id());
        dialNext(all, now);
    }

    /// Asks whether a contact is still there; the table learns it from the answer, or from there being none.
    void ask(Contact doubtful, long now) {
        parts.requests().ask(new Check(), doubtful, new Ping(), patient(), now);
    }

    /// Asks again after a while.
    void askLater(Contact demoted, long delayNanos, long now) {
        TreeSet<NodeId> known = rechecked == null ? new TreeSet<>() : rechecked;
        rechecked = known;
        if (known.add(demoted.id())) {
            parts.timers.at(now + delayNanos, t -> {
                known.remove(demoted.id());
                if (parts.table.contains(demoted.id())) {
                    ask(demoted, t);
                }
            });
        }
    }

    private final class Check implements Asker {
        @Override
        public void answered(Request request, DhtAnswer answer, long now) {
            if (!(answer instanceof Pong)) {
                parts.requests().nonsense(request, now);
            }
        }

        @Override
        public void failed(Request request, long now) {}
    }

    /// Arms the next refresh if none is: call it when the table has got a contact. An empty table needs none.
    void arm(long now) {
        if (refresh != null || parts.table.size() == 0) {
            return;
        }
        long interval = parts.settings.table().refresh().toNanos();
        long quietest = Long.MAX_VALUE;
        for (int depth = 0; depth < parts.table.depth(); depth++) {
            quietest = Math.min(quietest, parts.table.touchedNanos(depth));
        }
        long due = Math.max(now, quietest + interval) + parts.behaviour.nextLong(1 + interval / JITTER_PARTS);
        refresh = parts.timers.at(due, this::refreshQuiet);
    }

    private void refreshQuiet(long now) {
        refresh = null;
        long interval = parts.settings.table().refresh().toNanos();
        for (int depth = 0; depth < parts.table.depth(); depth++) {
            if (now - parts.table.touchedNanos(depth) >= interval) {
                parts.table.touch(depth, now);
                refresh(depth, now);
            }
        }
        arm(now);
    }

    private void refresh(int depth, long now) {
        NodeId target = parts.table.randomIdIn(depth);
        Contact asked = parts.table
                .quietest(depth)
                .or(() -> parts.table.closestToAsk(target, 1).stream().findFirst())
                .orElse(null);
        if (asked != null) {
            parts.requests().ask(new Refresh(), asked, new FindNode(target), Request.Manner.FINISHED, now);
        }
    }

    private final class Refresh implements Asker {
        @Override
        public void answered(Request request, DhtAnswer answer, long now) {
            if (!(answer instanceof Contacts(var mentions))) {
                parts.requests().nonsense(request, now);
                return;
            }
            mentions.forEach(mention -> dial(mention, now));
        }

        @Override
        public void failed(Request request, long now) {}
    }
}
