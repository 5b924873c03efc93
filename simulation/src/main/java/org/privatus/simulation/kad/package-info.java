/// KAD-1, the workload on which simulators of Kademlia are compared, on the shipped nodes. Read [Kad1] first.
@NullMarked
package org.privatus.simulation.kad;

import org.jspecify.annotations.NullMarked;
