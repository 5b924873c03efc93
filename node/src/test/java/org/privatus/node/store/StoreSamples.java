package org.privatus.node.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.privatus.crypto.identity.AddressSecret;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.AttemptStep.Outcome;
import org.privatus.node.store.AttemptStep.Stage;

/// Values to fill a store with.
final class StoreSamples {
    private StoreSamples() {}

    static StoredPerson person(int number, Standing standing) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        var address = new PersonAddress(NetworkId.DEV, PersonKey.of(bytes), AddressSecret.of(bytes));
        return new StoredPerson(address, "person " + number, standing, false, false, 1_000 + number, 0);
    }

    static PersonKey key(int number) {
        return person(number, Standing.CONTACT).key();
    }

    static MessageId id(long number) {
        return new MessageId(number, ~number);
    }

    static EnvelopeDigest digest(long number) {
        return new EnvelopeDigest(number, number * 31);
    }

    static SealedText sealed(int number) {
        return new SealedText(new SessionId(number, 7), digest(number), Blob.of(new byte[] {1, 2, (byte) number}));
    }

    static StoredSession session(int person, int number) {
        return new StoredSession(
                key(person),
                new SessionId(person, number),
                number,
                number % 2 == 0,
                false,
                Blob.of(new byte[] {9, 9}),
                Blob.of(new byte[] {5, (byte) number}));
    }

    static StoreChange incoming(int person, long id, boolean held) {
        return new StoreChange.AddIncoming(key(person), id(id), digest(id), 5_000 + id, 4_000 + id, "text " + id, held);
    }

    static StoreChange outgoing(int person, long id, Optional<SealedText> sealed) {
        return new StoreChange.AddOutgoing(new PendingText(key(person), id(id), 6_000 + id, "text " + id, sealed));
    }

    static StoreChange put(int person, Standing standing) {
        return new StoreChange.PutPerson(person(person, standing));
    }

    static Attempt attempt(long startedAt) {
        return new Attempt(
                startedAt,
                List.of(
                        new AttemptStep(Stage.LEASE_LOOKUP, Outcome.OK, 120, ""),
                        new AttemptStep(Stage.SPLICE, Outcome.TIMED_OUT, 5_120, "gateway 2 of 2")),
                Outcome.TIMED_OUT,
                5_120);
    }
}
