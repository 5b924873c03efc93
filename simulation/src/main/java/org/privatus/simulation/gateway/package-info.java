/// A simulated network that real nodes join: the virtual clock follows the wall clock, every simulated node has a socket on
/// loopback, and what a real node sends to one crosses the simulated network as if it came from one of its nodes. Read
/// [PacedLoop] first, then [Guests].
///
/// Two threads: the loop's, and one that reads all sockets ([GatewaySockets]). They share the bounded [Inbox] and nothing else.
/// A third answers those who ask over TCP whom to join ([JoinDesk]).
///
/// Not here: what a node or a network does. A run is not repeatable: real nodes and the wall clock are in it.
@NullMarked
package org.privatus.simulation.gateway;

import org.jspecify.annotations.NullMarked;
