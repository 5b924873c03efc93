package org.privatus.simulation.churn;

/// How nodes come and go.
///
/// @param sessions how long a node stays
/// @param absences how long it is away after a session
/// @param correlation of two sessions, and of two absences, of one node, 0–1: at 0 a node's next session has nothing to do with its
///     last, at 1 all are as long; the lengths of all nodes together follow the distribution whatever it is
public record ChurnSettings(Lengths sessions, Lengths absences, double correlation) {
    /// Measured sessions, an hour away on average; a node is much like it was before.
    public static final ChurnSettings MEASURED =
            new ChurnSettings(Lengths.Weibull.MEASURED, new Lengths.Exponential(3_600), 0.5);

    public ChurnSettings {
        if (!(correlation >= 0 && correlation <= 1)) {
            throw new IllegalArgumentException("correlation is " + correlation + "; allowed is 0 to 1");
        }
    }
}
