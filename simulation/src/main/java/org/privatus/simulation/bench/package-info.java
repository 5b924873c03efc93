/// Measurements of the whole with a fixed amount of work: `privatus bench simulation` runs KAD-1 in several sizes and prints what it took beside
/// what other simulators took. Read [SimulationBench] first, then [Kad1Round], which is what each process does. Times are CPU times of the thread that
/// runs the loop; what the collector's threads did stands beside them. `bench link` and `bench onion` measure real nodes in processes of their own: see the
/// packages `harness`, `work`, `node`, `link`, `onion` and `tor`.
@NullMarked
package org.privatus.simulation.bench;

import org.jspecify.annotations.NullMarked;
