package org.privatus.node.messaging.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.store.Blob;

/// Finds out whose the first envelope on a splice is, by trying its header. One HMAC and one block of AES-GCM for each
/// header key: a few per session.
final class RecogniseJob extends MessagingJob {
    final Line line;
    final Blob envelope;
    private final Surroundings around;
    private final List<Candidate> candidates = new ArrayList<>();
    private @Nullable Conversation found;

    private record Candidate(Conversation conversation, List<byte[]> headerKeys) {
        boolean fits(CryptoSuite suite, byte[] envelope) {
            return headerKeys.stream().anyMatch(key -> DoubleRatchet.fits(suite, key, envelope));
        }
    }

    RecogniseJob(Surroundings around, Line line, Blob envelope) {
        this.around = around;
        this.line = line;
        this.envelope = envelope;
    }

    /// Copies the keys.
    void add(Conversation conversation, List<byte[]> headerKeys) {
        candidates.add(new Candidate(
                conversation, headerKeys.stream().map(byte[]::clone).toList()));
    }

    @Override
    public void run() {
        byte[] bytes = envelope.toBytes();
        for (Candidate candidate : candidates) {
            if (found == null && candidate.fits(around.suite(), bytes)) {
                found = candidate.conversation();
            }
        }
        erase();
    }

    Optional<Conversation> found() {
        return Optional.ofNullable(found);
    }

    @Override
    public Cost cost() {
        return Cost.NONE;
    }

    @Override
    public void erase() {
        for (Candidate candidate : candidates) {
            candidate.headerKeys().forEach(key -> Arrays.fill(key, (byte) 0));
        }
        candidates.clear();
    }
}
