package org.privatus.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.message.DhtAnswer.Held;
import org.privatus.dht.message.DhtAnswer.Pong;
import org.privatus.dht.message.DhtAnswer.Status;
import org.privatus.dht.message.DhtAnswer.StoreResult;
import org.privatus.dht.message.DhtCodec;
import org.privatus.dht.message.DhtRequest;
import org.privatus.dht.message.DhtRequest.FindNode;
import org.privatus.dht.message.DhtRequest.FindValue;
import org.privatus.dht.message.DhtRequest.Ping;
import org.privatus.dht.message.DhtRequest.Store;
import org.privatus.dht.store.DhtRecord;
import org.privatus.dht.store.Offer;

/// Answers what others ask. Each request gets one answer or none; what cannot be read gets none.
final class Responder {
    private final Parts parts;
    private int verifying;

    Responder(Parts parts) {
        this.parts = parts;
    }

    /// @param asker who asks, when the link is finished
    void respond(long handle, Optional<Contact> asker, Endpoint from, byte[] body, long now) {
        DhtRequest request;
        try {
            request = DhtCodec.readRequest(body);
        } catch (MalformedPacketException e) {
            parts.tally.malformed++;
            return;
        }
        switch (request) {
            case Ping() -> answer(handle, DhtCodec.encode(new Pong()));
            case FindNode(var target) -> answer(handle, contacts(target, asker));
            case FindValue(var target) -> answer(handle, heldOrContacts(target, asker, now));
            case Store wanted when asker.isPresent() -> store(handle, wanted, from, now);
            case Store _ -> parts.tally.malformed++;
        }
    }

    private void answer(long handle, byte[] body) {
        parts.tally.served++;
        parts.effects.answer(handle, body);
    }

    /// A node's own descriptor is never in its store: see {@link Placement.LocalHolder} and {@link #store}.
    private byte[] heldOrContacts(NodeId target, Optional<Contact> asker, long now) {
        return parts.store()
                .get(target, now)
                .map(value -> DhtCodec.encode(new Held(value)))
                .orElseGet(() -> contacts(target, asker));
    }

    private byte[] contacts(NodeId target, Optional<Contact> asker) {
        int count = parts.settings.table().bucketSize();
        if (asker.isEmpty()) {
            return DhtCodec.encodeContacts(parts.table.closest(target, count));
        }
        NodeKey its = asker.get().key();
        List<Contact> others = new ArrayList<>(parts.table.closest(target, count + 1));
        others.removeIf(contact -> contact.key().equals(its));
        return DhtCodec.encodeContacts(others.subList(0, Math.min(count, others.size())));
    }

    private void store(long handle, Store wanted, Endpoint from, long now) {
        DhtRecord record;
        try {
            record = DhtRecord.parse(wanted.value());
        } catch (MalformedPacketException e) {
            refuse(handle, new StoreResult(Status.INVALID, 0));
            return;
        }
        boolean sound = !record.target().equals(parts.self) && record.lifetimeNanos(parts.dates.epochMillis(now)) > 0;
        if (!sound) {
            refuse(handle, new StoreResult(Status.INVALID, 0));
            return;
        }
        Optional<StoreResult> judged =
                parts.store().judge(record.target(), record.value(), record.seq(), wanted.expected(), now);
        if (judged.isPresent()) {
            conclude(handle, judged.get());
        } else if (verifying >= parts.settings.records().verifying()) {
            refuse(handle, new StoreResult(Status.BUSY, 0));
        } else {
            verifying++;
            parts.verifier()
                    .verify(record, (genuine, t) -> verified(handle, record, wanted.expected(), from, genuine, t));
        }
    }

    private void verified(
            long handle, DhtRecord record, OptionalLong expected, Endpoint from, boolean genuine, long now) {
        verifying--;
        conclude(handle, genuine ? hold(record, expected, sourceOf(from), now) : new StoreResult(Status.INVALID, 0));
    }

    /// Holds a verified record.
    StoreResult hold(DhtRecord record, OptionalLong expected, OptionalLong source, long now) {
        long lifetime = record.lifetimeNanos(parts.dates.epochMillis(now));
        return parts.store()
                .put(new Offer(record.target(), record.value(), record.seq(), lifetime, source, expected), now);
    }

    private OptionalLong sourceOf(Endpoint from) {
        boolean exempt = parts.settings.table().localAddresses() && from.isPrivate();
        return exempt ? OptionalLong.empty() : OptionalLong.of(from.group());
    }

    private void conclude(long handle, StoreResult result) {
        if (result.status() == Status.STORED) {
            answer(handle, DhtCodec.encode(result));
        } else {
            refuse(handle, result);
        }
    }

    private void refuse(long handle, StoreResult result) {
        parts.tally.refused++;
        answer(handle, DhtCodec.encode(result));
    }
}
