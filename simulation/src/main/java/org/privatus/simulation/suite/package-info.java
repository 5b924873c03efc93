/// Cryptographic primitives that keep their sizes and their manners at a fraction of the cost. Read [StubSuite] first;
/// [TappedSuite] shows what any suite is about to seal.
///
/// Nothing here is secret from anybody who wants to know: it stands in for the real suite in simulations and nowhere else.
@NullMarked
package org.privatus.simulation.suite;

import org.jspecify.annotations.NullMarked;
