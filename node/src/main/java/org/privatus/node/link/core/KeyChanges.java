package org.privatus.node.link.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.privatus.node.link.core.packet.PacketProtection;

/// When the keys of one link change. Its sending key does after so many packets, after so long, or because a secret is to go into it, and never before a
/// packet under it was acknowledged, since the peer follows one step at a time. The peer's last key is forgotten a while after it was replaced.
///
/// Nothing happens without traffic: only the key that is to be forgotten has a deadline.
final class KeyChanges {
    /// How long packets that were overtaken by a change of the peer's key still open.
    static final long GRACE_NANOS = 10_000_000_000L;

    private final LinkSettings settings;
    private final LinkCounters counters;
    private final PacketProtection protection;
    private long keySinceNanos;
    private long changesSeen;
    private long forgetAt = Timed.NEVER;
    private long pingedFor = -1;
    private byte @Nullable [] secret;

    KeyChanges(LinkSettings settings, LinkCounters counters, PacketProtection protection, long now) {
        this.settings = settings;
        this.counters = counters;
        this.protection = protection;
        this.keySinceNanos = now;
    }

    /// The next sending key is to hold this secret, which is erased then.
    void mixIn(byte[] shared) {
        secret = shared;
    }

    /// Changes the sending key if it is due. Returns whether a packet is wanted that the peer acknowledges: because nothing under this key was yet, or
    /// because the new key holds a secret that the peer waits to see.
    boolean advance(long largestAcked, long now) {
        if (!isDue(now)) {
            return false;
        }
        if (largestAcked < protection.keyStart()) {
            boolean first = pingedFor != protection.keyStart();
            pingedFor = protection.keyStart();
            return first;
        }
        boolean isMixed = secret != null;
        change(now);
        return isMixed;
    }

    private boolean isDue(long now) {
        long packets = protection.nextNumber() - protection.keyStart();
        return secret != null
                || packets >= settings.packetsPerKey()
                || (packets > 0 && now - keySinceNanos >= settings.rekeyAfterNanos());
    }

    private void change(long now) {
        byte[] mixed = secret;
        if (mixed == null) {
            protection.changeKey();
        } else {
            protection.changeKey(mixed);
            forgetSecret();
        }
        keySinceNanos = now;
        counters.keyChanges++;
    }

    /// A packet was opened, maybe the first under another key of the peer's.
    void onOpened(long now) {
        if (protection.receiveKeyChanges() != changesSeen) {
            changesSeen = protection.receiveKeyChanges();
            forgetAt = now + GRACE_NANOS;
        }
    }

    long deadlineNanos() {
        return forgetAt;
    }

    void onDeadline(long now) {
        if (forgetAt <= now) {
            forgetAt = Timed.NEVER;
            protection.forgetPreviousKey();
        }
    }

    void forgetSecret() {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
            secret = null;
        }
    }
}
