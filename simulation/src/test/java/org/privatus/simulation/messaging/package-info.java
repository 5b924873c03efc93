/// Conversations of few persons, without a network: only the messaging core, its store, and splices that this world makes and
/// breaks.
@NullMarked
package org.privatus.simulation.messaging;

import org.jspecify.annotations.NullMarked;
