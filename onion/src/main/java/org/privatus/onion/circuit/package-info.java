/// Everything a node does with circuits of its own: {@link org.privatus.onion.circuit.Circuits} is the core and the type
/// to read first. Circuits of others are not here.
@NullMarked
package org.privatus.onion.circuit;

import org.jspecify.annotations.NullMarked;
