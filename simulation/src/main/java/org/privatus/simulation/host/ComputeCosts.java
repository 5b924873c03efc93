package org.privatus.simulation.host;

import org.privatus.crypto.compute.Cost;

/// What heavy work takes in virtual time. Configured, never measured: a run must not depend on the machine it runs on.
///
/// @param workers how many jobs a node works on at once
public record ComputeCosts(
        long agreementNanos,
        long signatureNanos,
        long verificationNanos,
        long kemNanos,
        long argonKibNanos,
        long cellNanos,
        int workers) {
    /// A core of a current server (the measured costs of the real suite, in hot code).
    public static final ComputeCosts SERVER = new ComputeCosts(85_000, 34_000, 82_000, 50_000, 1_220, 270, 2);

    /// Work takes no time.
    public static final ComputeCosts FREE = new ComputeCosts(0, 0, 0, 0, 0, 0, 1);

    public ComputeCosts {
        if (workers < 1) {
            throw new IllegalArgumentException("workers is " + workers + "; at least 1");
        }
    }

    long nanos(Cost cost) {
        return agreementNanos * cost.agreements()
                + signatureNanos * cost.signatures()
                + verificationNanos * cost.verifications()
                + kemNanos * cost.kems()
                + argonKibNanos * cost.argonKib()
                + cellNanos * cost.cells();
    }
}
