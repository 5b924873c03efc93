/// A node's world in a simulation: the ports of `org.privatus.node.host` on virtual time. Read [SimulatedHost] first.
@NullMarked
package org.privatus.simulation.host;

import org.jspecify.annotations.NullMarked;
