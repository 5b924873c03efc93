/// Randomness that is a function of (seed, node, purpose, count): no stream disturbs another.
@NullMarked
package org.privatus.simulation.random;

import org.jspecify.annotations.NullMarked;
