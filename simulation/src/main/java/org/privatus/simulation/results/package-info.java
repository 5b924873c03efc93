/// What a run showed: recorded where it happens, merged, and written down. Read [Recording] first, then [RunResult].
///
/// A shard fills its own [Recording]; the recordings of all shards merge into one, whatever their number and order, and
/// [Recording#measurements()] joins what was sent on one with what was seen on another. [ResultDirectory] writes a result as files
/// and reads it again.
///
/// Not here: what is worth recording (the scenario and the workloads decide), and how a run is made.
@NullMarked
package org.privatus.simulation.results;

import org.jspecify.annotations.NullMarked;
