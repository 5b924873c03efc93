/// `bench onion`: circuits and splices through real nodes, each in a process of its own. Read {@link org.privatus.simulation.bench.onion.OnionBench} first.
@NullMarked
package org.privatus.simulation.bench.onion;

import org.jspecify.annotations.NullMarked;
