/// What the world gives a node: datagrams, time, heavy work, randomness, primitives, storage and gauges.
///
/// Read [NodeHost] first. A real process implements these ports once with Netty, threads and the system clock; the
/// simulator
/// implements them per node on its virtual clock. Actors and cores reach the world through nothing else. Not here: any
/// implementation.
@NullMarked
package org.privatus.node.host;

import org.jspecify.annotations.NullMarked;
