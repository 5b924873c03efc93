package org.privatus.crypto.compute;

/// Work counted in operations, never in time: what an operation takes is a setting of whoever charges for it.
///
/// @param agreements X25519 agreements and key generations
/// @param signatures Ed25519 signatures made
/// @param verifications Ed25519 signatures checked
/// @param kems ML-KEM-768 key generations, encapsulations and decapsulations
/// @param argonKib memory filled by Argon2id, in KiB times passes
/// @param cells layers of onion cells, one for each cell and hop
public record Cost(int agreements, int signatures, int verifications, int kems, int argonKib, int cells) {
    public static final Cost NONE = new Cost(0, 0, 0, 0, 0, 0);

    public static Cost agreements(int count) {
        return new Cost(count, 0, 0, 0, 0, 0);
    }

    public static Cost signatures(int count) {
        return new Cost(0, count, 0, 0, 0, 0);
    }

    public static Cost verifications(int count) {
        return new Cost(0, 0, count, 0, 0, 0);
    }

    public static Cost kems(int count) {
        return new Cost(0, 0, 0, count, 0, 0);
    }

    public static Cost argonKib(int kib) {
        return new Cost(0, 0, 0, 0, kib, 0);
    }

    public static Cost cells(int count) {
        return new Cost(0, 0, 0, 0, 0, count);
    }

    public Cost plus(Cost other) {
        return new Cost(
                agreements + other.agreements,
                signatures + other.signatures,
                verifications + other.verifications,
                kems + other.kems,
                argonKib + other.argonKib,
                cells + other.cells);
    }
}
