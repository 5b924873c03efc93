package org.privatus.node.link.core;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.KemCapsule;
import org.privatus.crypto.suite.KemKeyPair;
import org.privatus.crypto.wire.MalformedPacketException;

/// The ML-KEM-768 exchange of a link that carries channels, after its handshake. Begun by whoever opens a channel:
/// ```
///   offering                              answering
///     -- KEM_KEY (number, key) -->          encapsulates, expects the secret in the peer's next key
///     <-- KEM_CIPHERTEXT (number, ...) --
///   puts the secret into its sending key, expects it in the peer's
///     -- any packet under that key -->      puts the secret into its sending key: done
///   done  <-- any packet under that key --
/// ```
/// KEM_KEY is repeated, and KEM_CIPHERTEXT answers each repeat. Whatever is lost, delayed or dropped, both sides go on with the keys they have: nobody
/// changes to a key that the other is not known to have. An exchange that leads nowhere is over after {@link #PATIENCE_NANOS}, which
/// {@link LinkView} shows; whoever began it begins another, of a higher number, with the next packets that are sent after {@link #PAUSE_NANOS}.
///
/// What goes into the keys is `SHA-256("privatus link post-quantum" ‖ shared secret ‖ key ‖ ciphertext)`.
///
/// Of two that are begun at once the one of the link's initiator goes on: its side does not answer the other.
final class PostQuantum {
    static final long PATIENCE_NANOS = 10_000_000_000L;

    static final long PAUSE_NANOS = 60_000_000_000L;

    /// Exchanges that each side may begin on one link: nobody can ask for encapsulations without end.
    static final int NUMBERS = 64;

    private static final byte[] LABEL = "privatus link post-quantum".getBytes(StandardCharsets.US_ASCII);

    private static final long FIRST_REPEAT_NANOS = 500_000_000;

    /// What the link does for it.
    interface Carrying {
        void sendKemKey(int number, byte[] publicKey);

        void sendKemCiphertext(int number, byte[] ciphertext);

        /// The peer may put the secret into its next key.
        void expect(byte[] secret);

        /// Our next key is to hold the secret.
        void mixIn(byte[] secret);

        /// Both keys hold the secret, or will as soon as a packet is sent.
        void secured(long now);

        /// The exchange led nowhere.
        void notSecured();

        /// Something may be owed.
        void flush(long now);
    }

    enum Step {
        NOTHING,
        GENERATING,
        OFFERED,
        ENCAPSULATING,
        ANSWERED,
        DECAPSULATING,
        MIXING,
        DONE,
    }

    private final LinkContext context;
    private final Carrying link;
    private final boolean prevails;

    private Step step = Step.NOTHING;

    /// Of our exchanges, and of the peer's: the last.
    private int ownNumber;

    private int peerNumber;
    private @Nullable KemKeyPair pair;
    private byte @Nullable [] publicKey;
    private byte @Nullable [] ciphertext;

    /// What the peer may put into its key, and we into ours then.
    private byte @Nullable [] secret;

    private long repeatAt = Timed.NEVER;
    private long overAt = Timed.NEVER;
    private long notBefore = Long.MIN_VALUE;
    private long pauseNanos;
    private boolean wanted;
    private boolean ended;

    /// @param prevails whether our exchange goes on if the peer begins one at the same time
    PostQuantum(LinkContext context, Carrying link, boolean prevails) {
        this.context = context;
        this.link = link;
        this.prevails = prevails;
    }

    Secrecy secrecy() {
        return switch (step) {
            case NOTHING -> Secrecy.CLASSICAL;
            case DONE -> Secrecy.POST_QUANTUM;
            case GENERATING, OFFERED, ENCAPSULATING, ANSWERED, DECAPSULATING, MIXING -> Secrecy.EXCHANGING;
        };
    }

    /// We have a channel to carry.
    void want() {
        wanted = true;
    }

    /// Begins what is wanted, if it is time. To be called when the peer is known to have the link.
    void begin(long now) {
        if (!wanted || step != Step.NOTHING || now < notBefore || ownNumber == NUMBERS) {
            return;
        }
        ownNumber++;
        enter(Step.GENERATING, now);
        context.effects.compute(new Generate(this));
    }

    private void enter(Step next, long now) {
        step = next;
        overAt = now + PATIENCE_NANOS;
        repeatAt = Timed.NEVER;
    }

    /// The peer offers a key, an array that belongs to us.
    void onKey(int number, byte[] key, long now) {
        if (step == Step.ANSWERED && number == peerNumber) {
            sendCiphertext();
            return;
        }
        boolean free = step == Step.NOTHING || step == Step.ANSWERED || (step == Step.OFFERED && !prevails);
        if (!free || number <= peerNumber || number > NUMBERS) {
            return;
        }
        forgetOffer();
        peerNumber = number;
        enter(Step.ENCAPSULATING, now);
        context.effects.compute(new Encapsulate(this, key));
    }

    /// The peer answers our key with an array that belongs to us.
    void onCiphertext(int number, byte[] sealed, long now) {
        KemKeyPair own = pair;
        byte[] ownPublic = publicKey;
        if (step != Step.OFFERED || number != ownNumber || own == null || ownPublic == null) {
            return;
        }
        pair = null;
        enter(Step.DECAPSULATING, now);
        context.effects.compute(new Decapsulate(this, own, ownPublic, sealed));
    }

    /// A packet came whose key holds the secret: the peer has it.
    void onSecretReceived(long now) {
        if (step == Step.DONE) {
            return;
        }
        if (secret != null) {
            link.mixIn(secret);
            secret = null;
        }
        forgetOffer();
        ciphertext = null;
        step = Step.DONE;
        repeatAt = Timed.NEVER;
        overAt = Timed.NEVER;
        link.secured(now);
    }

    long deadlineNanos() {
        return Math.min(repeatAt, overAt);
    }

    void onDeadline(long now) {
        if (overAt <= now) {
            giveUp(now);
        } else if (repeatAt <= now && publicKey != null) {
            pauseNanos *= 2;
            repeatAt = now + pauseNanos;
            link.sendKemKey(ownNumber, publicKey);
        }
    }

    /// What the peer may have put into its key stays expected, and its secret is kept for ours.
    private void giveUp(long now) {
        overAt = Timed.NEVER;
        repeatAt = Timed.NEVER;
        notBefore = now + PAUSE_NANOS;
        forgetOffer();
        ciphertext = null;
        step = Step.NOTHING;
        link.notSecured();
    }

    private void sendCiphertext() {
        if (ciphertext != null) {
            link.sendKemCiphertext(peerNumber, ciphertext);
        }
    }

    private void offer(KemKeyPair made, byte[] madePublic, long now) {
        pair = made;
        publicKey = madePublic;
        enter(Step.OFFERED, now);
        pauseNanos = FIRST_REPEAT_NANOS;
        repeatAt = now + pauseNanos;
        link.sendKemKey(ownNumber, madePublic);
    }

    private void answer(byte[] shared, byte[] sealed, long now) {
        forgetSecret();
        secret = shared;
        ciphertext = sealed;
        link.expect(shared);
        enter(Step.ANSWERED, now);
        sendCiphertext();
    }

    /// From here on nothing is given up: the peer has the secret, and expects it.
    private void mix(byte[] shared, long now) {
        forgetSecret();
        forgetOffer();
        enter(Step.MIXING, now);
        overAt = Timed.NEVER;
        link.expect(shared);
        link.mixIn(shared);
    }

    private void fail(long now) {
        context.counters.drop(DropReason.VIOLATION);
        giveUp(now);
    }

    private void forgetOffer() {
        if (pair != null) {
            pair.erase();
            pair = null;
        }
        publicKey = null;
    }

    private void forgetSecret() {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
            secret = null;
        }
    }

    /// The link is no more: erases what is secret; what a job has is erased when it comes back.
    void end() {
        ended = true;
        forgetOffer();
        forgetSecret();
    }

    /// A job of an exchange, which may be over when it comes back.
    abstract static class KemJob extends Job {
        private static final Cost COST = Cost.kems(1);

        final PostQuantum exchange;
        final CryptoSuite suite;
        final SecureRandom keys;

        KemJob(PostQuantum exchange) {
            this.exchange = exchange;
            this.suite = exchange.context.suite;
            this.keys = exchange.context.keys;
        }

        /// It has run.
        final void computed(long now) {
            if (exchange.ended || exchange.step != during()) {
                erase();
            } else {
                finish(now);
                exchange.link.flush(now);
            }
        }

        abstract Step during();

        abstract void finish(long now);

        /// What goes into the keys; erases the KEM's secret.
        final byte[] mixed(byte[] shared, byte[] publicKey, byte[] ciphertext) {
            byte[] mixed = suite.sha256(LABEL, shared, publicKey, ciphertext);
            Arrays.fill(shared, (byte) 0);
            return mixed;
        }

        @Override
        public final Cost cost() {
            return COST;
        }
    }

    private static final class Generate extends KemJob {
        private Optional<KemKeyPair> made = Optional.empty();

        Generate(PostQuantum exchange) {
            super(exchange);
        }

        @Override
        public void run() {
            made = Optional.of(suite.kemGenerate(keys));
        }

        @Override
        Step during() {
            return Step.GENERATING;
        }

        @Override
        void finish(long now) {
            KemKeyPair pair = made.orElseThrow();
            exchange.offer(pair, pair.publicKey(), now);
        }

        @Override
        public void erase() {
            made.ifPresent(KemKeyPair::erase);
        }
    }

    private static final class Encapsulate extends KemJob {
        private final byte[] key;
        private byte @Nullable [] mixed;
        private byte[] ciphertext = {};

        Encapsulate(PostQuantum exchange, byte[] key) {
            super(exchange);
            this.key = key;
        }

        @Override
        public void run() {
            try {
                KemCapsule capsule = suite.kemEncapsulate(key, keys);
                ciphertext = capsule.ciphertext();
                mixed = mixed(capsule.secret(), key, ciphertext);
            } catch (MalformedPacketException unusableKey) {
                mixed = null;
            }
        }

        @Override
        Step during() {
            return Step.ENCAPSULATING;
        }

        @Override
        void finish(long now) {
            if (mixed == null) {
                exchange.fail(now);
            } else {
                exchange.answer(mixed, ciphertext, now);
            }
        }

        @Override
        public void erase() {
            if (mixed != null) {
                Arrays.fill(mixed, (byte) 0);
            }
        }
    }

    private static final class Decapsulate extends KemJob {
        private final KemKeyPair pair;
        private final byte[] publicKey;
        private final byte[] ciphertext;
        private byte @Nullable [] mixed;

        Decapsulate(PostQuantum exchange, KemKeyPair pair, byte[] publicKey, byte[] ciphertext) {
            super(exchange);
            this.pair = pair;
            this.publicKey = publicKey;
            this.ciphertext = ciphertext;
        }

        @Override
        public void run() {
            try {
                mixed = mixed(suite.kemDecapsulate(pair, ciphertext), publicKey, ciphertext);
            } catch (MalformedPacketException unusable) {
                mixed = null;
            } finally {
                pair.erase();
            }
        }

        @Override
        Step during() {
            return Step.DECAPSULATING;
        }

        @Override
        void finish(long now) {
            if (mixed == null) {
                exchange.fail(now);
            } else {
                exchange.mix(mixed, now);
            }
        }

        @Override
        public void erase() {
            if (mixed != null) {
                Arrays.fill(mixed, (byte) 0);
            }
        }
    }
}
