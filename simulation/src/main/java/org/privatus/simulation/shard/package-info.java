/// One run on several loops: each shard has its own world, thread and clock, and they meet after each window of virtual time.
/// Read [ShardedRun] first, then [Shard] for what a window is, and [Exchange] for how shards meet.
///
/// Windows are conservative (Chandy, Misra 1979; the barrier form is Nicol's YAWNS, 1993): nothing that a node does can reach
/// another node sooner than the network's smallest latency, so every shard may take all steps earlier than the earliest pending
/// event of the whole run plus that latency. Nothing is ever undone. The order of events does not know of shards, so the hash
/// of a run is the same for any number of them.
///
/// Not here: other processes (package `cluster`), what happens in a run ([Program]).
@NullMarked
package org.privatus.simulation.shard;

import org.jspecify.annotations.NullMarked;
