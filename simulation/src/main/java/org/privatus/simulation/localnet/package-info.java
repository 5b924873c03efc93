/// A whole network of real nodes in one process, on loopback sockets, with two people who write to each other.
///
/// Read [Localnet] first. Nothing here is simulated: nodes, sockets, keys and databases are those of a real node.
@NullMarked
package org.privatus.simulation.localnet;

import org.jspecify.annotations.NullMarked;
