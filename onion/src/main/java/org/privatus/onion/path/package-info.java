/// Which relays a circuit goes through: {@link org.privatus.onion.path.RelayPool} holds what may be chosen,
/// {@link org.privatus.onion.path.PathSelector} chooses (read it first), some hops stay for weeks or days
/// ({@link org.privatus.onion.path.KeptGuard}), and what is worth keeping over restarts is one
/// {@link org.privatus.onion.path.PathMemory}. A relay is never looked up for a path.
///
/// Not here: what relays state of each other. Weights rest on what this node has measured itself, and on claims that lower.
@NullMarked
package org.privatus.onion.path;

import org.jspecify.annotations.NullMarked;
