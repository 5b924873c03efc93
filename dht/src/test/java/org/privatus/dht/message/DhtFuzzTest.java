package org.privatus.dht.message;

import static org.privatus.testing.Fuzzing.BASE_BYTES;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.dht.world.Samples;
import org.privatus.testing.Fuzzing;
import org.privatus.testing.Seeded;

class DhtFuzzTest {
    private static final int SOAK_SECONDS = 60;

    @Seeded(5)
    void requests_and_answers_are_read_or_refused_and_nothing_else_happens(long seed) {
        messages().forEach(message -> message.mutations(seed, 1_000));
    }

    /// For a minute each.
    @Test
    @Tag("soak")
    void the_same_for_long() {
        messages().forEach(message -> message.mutationsFor(SOAK_SECONDS));
    }

    private static List<Fuzzing> messages() {
        var samples = new Samples(5);
        var value = new Value(Value.Kind.SIGNED, samples.bytes(200));
        List<byte[]> requests = List.of(
                DhtCodec.encode(new DhtRequest.Ping()),
                DhtCodec.encode(new DhtRequest.FindNode(samples.id())),
                DhtCodec.encode(new DhtRequest.FindValue(samples.id())),
                DhtCodec.encode(new DhtRequest.Store(value, OptionalLong.of(7))));
        var contacts = ContactList.of(List.of(samples.contact(), samples.contact("[2a00:1::2]"), samples.contact()));
        List<byte[]> answers = List.of(
                DhtCodec.encode(new DhtAnswer.Pong()),
                DhtCodec.encode(new DhtAnswer.Contacts(contacts)),
                DhtCodec.encode(new DhtAnswer.Held(value)),
                DhtCodec.encode(new DhtAnswer.StoreResult(DhtAnswer.Status.BUSY, 9)));
        return List.of(
                new Fuzzing("dht-request", BASE_BYTES, 16, requests, DhtCodec::readRequest),
                new Fuzzing("dht-answer", BASE_BYTES, 64, answers, bytes -> {
                    if (DhtCodec.readAnswer(bytes) instanceof DhtAnswer.Contacts(var read)) {
                        read.forEach(Contact::endpoint);
                    }
                }));
    }
}
