/// One thread, one clock, one order: the loop that Pekko's dispatchers and scheduler run on in a simulation.
///
/// Read [EventLoop] first, then [LoopSystem], which starts an actor system on it. The order of events is (time, node that
/// caused it, that node's counter), so it is the same however the nodes are spread. Not here: networks, nodes, scenarios.
@NullMarked
package org.privatus.simulation.engine;

import org.jspecify.annotations.NullMarked;
