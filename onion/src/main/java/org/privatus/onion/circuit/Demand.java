package org.privatus.onion.circuit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.path.PathHop;
import org.privatus.onion.path.PathWish;

/// Somebody who needs a circuit, and owns it once it is given.
abstract class Demand implements CircuitOwner {
    private @Nullable Circuit planned;
    private int failures;

    /// What the circuit must be like, asked anew for every attempt.
    abstract PathWish wish();

    /// The path, if it is not to be chosen; then there is one attempt.
    Optional<List<PathHop>> givenPath() {
        return Optional.empty();
    }

    /// Here it is. The demand owns it now.
    ///
    /// @param spare whether it was there already
    abstract void given(Circuit circuit, boolean spare, Moment now);

    /// Several circuits in a row could not be built.
    abstract void unmet(Moment now);

    void plan(@Nullable Circuit circuit) {
        planned = circuit;
    }

    /// The circuit that is given or being built.
    Optional<Circuit> planned() {
        return Optional.ofNullable(planned).filter(circuit -> !circuit.isClosed());
    }

    /// The keys of its hops; none if there is no circuit.
    List<NodeKey> plannedHops() {
        return planned()
                .map(circuit ->
                        circuit.path().stream().map(hop -> hop.contact().key()).toList())
                .orElse(List.of());
    }

    int countFailure() {
        return ++failures;
    }

    void resetFailures() {
        failures = 0;
    }
}
